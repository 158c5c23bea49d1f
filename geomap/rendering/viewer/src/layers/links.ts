// Which places of a report are tied to each other: those that are named one after the other.
import { type Corpus, UNRESOLVED } from "../data/corpus";
import type { Link } from "./marks";

export function findLinks({ mentions, places }: Corpus, rows: Iterable<number>): Link[] {
  const found = new Map<string, { from: number; to: number; times: number }>();
  let before: { place: number; report: number } | null = null;
  for (const mention of [...rows].sort((left, right) => left - right)) {
    const place = mentions.place[mention]!;
    const report = mentions.report[mention]!;
    if (place === UNRESOLVED) continue;
    if (before !== null && before.report === report && before.place !== place) {
      const [from, to] = before.place < place ? [before.place, place] : [place, before.place];
      const link = found.get(`${from} ${to}`);
      if (link) link.times++;
      else found.set(`${from} ${to}`, { from, to, times: 1 });
    }
    before = { place, report };
  }
  const point = (place: number): Link["from"] => ({ longitude: places.longitude[place]!, latitude: places.latitude[place]! });
  return [...found.values()].map(({ from, to, times }) => ({ from: point(from), to: point(to), times }));
}
