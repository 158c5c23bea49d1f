// In which order lists stand, and which of their rows the map shows.
import { type Corpus, UNDATED } from "../data/corpus";
import { type Selection, Shown } from "../data/selection";

export type PlaceOrder = "byMentions" | "byName" | "byDate";
export type ReportOrder = "byDate" | "byDateUp" | "byMentions";

export function orderPlaces(corpus: Corpus, selection: Selection, order: PlaceOrder): Uint32Array {
  const { places } = selection;
  if (order === "byName") {
    const { compare } = new Intl.Collator();
    return places.slice().sort((left, right) => compare(corpus.places.name[left]!, corpus.places.name[right]!));
  }
  if (order === "byDate") {
    const newest = findNewest(corpus, selection);
    return places.slice().sort((left, right) => newest[right]! - newest[left]!);
  }
  return places;
}

export function orderReports(corpus: Corpus, selection: Selection, order: ReportOrder): Uint32Array {
  const { reports, reportCounts } = selection;
  if (order === "byMentions") return reports.slice().sort((left, right) => reportCounts[right]! - reportCounts[left]!);
  if (order === "byDate") return reports;
  const day = (report: number): number => (corpus.reports.day[report] === UNDATED ? Infinity : corpus.reports.day[report]!);
  return reports.slice().sort((left, right) => (day(left) === day(right) ? 0 : day(left) - day(right)));
}

/** By row: 1 for the reports that name one of the places that are marked with 1. */
export function markReports({ mentions, reports }: Corpus, selection: Selection, places: Uint8Array): Uint8Array {
  const named = new Uint8Array(reports.count);
  for (let mention = 0; mention < mentions.count; mention++) {
    if (selection.mentions[mention] !== Shown.No && places[mentions.place[mention]!] === 1) named[mentions.report[mention]!] = 1;
  }
  return named;
}

/** The newest day on which each place is mentioned. */
function findNewest({ mentions, places, reports }: Corpus, selection: Selection): Int32Array {
  const newest = new Int32Array(places.count).fill(UNDATED);
  for (let mention = 0; mention < mentions.count; mention++) {
    if (selection.mentions[mention] === Shown.No) continue;
    const [place, day] = [mentions.place[mention]!, reports.day[mentions.report[mention]!]!];
    if (day > newest[place]!) newest[place] = day;
  }
  return newest;
}

/** Mentions by the dates of their reports, the newest first, those without a date last. */
export function sortNewest({ mentions, reports }: Corpus, rows: ArrayLike<number>): number[] {
  const date = (mention: number): string => reports.date[mentions.report[mention]!] ?? "";
  const day = (mention: number): number => reports.day[mentions.report[mention]!]!;
  return Array.from(rows).sort((left, right) => day(right) - day(left) || (date(left) < date(right) ? 1 : date(left) > date(right) ? -1 : left - right));
}
