// Mentions gathered by what they have in common.
import { once } from "../once";
import { type Mentions, type UnresolvedName, UNRESOLVED } from "./corpus";
import { orderNewest } from "./days";

/** The mentions of each place one after the other, those of the newest report first. */
export function groupByPlace(places: Int32Array, count: number, dates: readonly string[], firstMention: Uint32Array): (place: number) => Uint32Array {
  const groups = once(() => sortByPlace(places, count, dates, firstMention));
  return (place) => groups().rows.subarray(groups().offsets[place], groups().offsets[place + 1]);
}

function sortByPlace(places: Int32Array, count: number, dates: readonly string[], firstMention: Uint32Array): { rows: Uint32Array; offsets: Uint32Array } {
  const offsets = new Uint32Array(count + 1);
  for (let mention = 0; mention < places.length; mention++) if (places[mention] !== UNRESOLVED) offsets[places[mention]! + 1]!++;
  for (let place = 0; place < count; place++) offsets[place + 1]! += offsets[place]!;
  const rows = new Uint32Array(offsets[count]!);
  const next = offsets.slice();
  for (const report of orderNewest(dates)) {
    for (let mention = firstMention[report]!; mention < firstMention[report + 1]!; mention++) {
      const place = places[mention]!;
      if (place !== UNRESOLVED) rows[next[place]!++] = mention;
    }
  }
  return { rows, offsets };
}

/** Names without a place, the most frequent first. */
export function groupUnresolved({ count, place, name }: Mentions): UnresolvedName[] {
  const groups = new Map<string, number[]>();
  for (let mention = 0; mention < count; mention++) {
    if (place[mention] !== UNRESOLVED) continue;
    const group = groups.get(name(mention));
    if (group) group.push(mention);
    else groups.set(name(mention), [mention]);
  }
  const names = [...groups].map(([one, rows]) => ({ name: one, mentions: Uint32Array.from(rows) }));
  return names.sort((left, right) => right.mentions.length - left.mentions.length || (left.name < right.name ? -1 : 1));
}
