// How many mentions each value of a facet has under all other filters.
import { KINDS } from "../kinds";
import { type Corpus, MentionKind, UNDATED, Usage } from "./corpus";
import { Fail } from "./failures";

export interface Facets {
  /** Mentions by row of `Corpus.sources`. */
  readonly sources: Uint32Array;
  /** Mentions by row of `Corpus.countries`. */
  readonly countries: Uint32Array;
  /** Mentions by row of `KINDS`. */
  readonly kinds: Uint32Array;
  /** Ten bands: 0 to 9 per cent, 10 to 19, and so on; the last one reaches to 100. */
  readonly confidence: Uint32Array;
  readonly usage: { readonly literal: number; readonly associative: number; readonly demonyms: number };
  /** Every day on which the corpus has a report, ascending, with its mentions. */
  readonly days: { readonly day: Int32Array; readonly count: Uint32Array };
  readonly undated: number;
}

export function makeFacets(corpus: Corpus, failures: Uint8Array): Facets {
  const { mentions, places, reports } = corpus;
  const { day, rows } = numberDays(reports.day);
  const sources = new Uint32Array(corpus.sources.length);
  const countries = new Uint32Array(corpus.countries.length);
  const kinds = new Uint32Array(KINDS.length);
  const confidence = new Uint32Array(10);
  const usage = new Uint32Array(3);
  const counts = new Uint32Array(day.length + 1); // the last one: without a date
  for (let mention = 0; mention < mentions.count; mention++) {
    const failed = failures[mention]!;
    if ((failed & (failed - 1)) !== 0 || (failed & (Fail.Unresolved | Fail.Query)) !== 0) continue; // more than one filter, or none that is a facet
    const place = mentions.place[mention]!;
    const report = mentions.report[mention]!;
    const all = failed === 0;
    if (all || failed === Fail.Source) sources[reports.source[report]!]!++;
    if (all || failed === Fail.Days) counts[rows[report]!]!++;
    if (all || failed === Fail.Country) countries[places.country[place]!]!++;
    if (all || failed === Fail.Kind) kinds[places.kind[place]!]!++;
    if (all || failed === Fail.Confidence) confidence[Math.min(9, Math.floor(mentions.confidence[mention]! / 10))]!++;
    if (all || failed === Fail.Usage) usage[findUse(mentions.kind[mention]!, mentions.usage[mention]!)]!++;
  }
  return {
    sources,
    countries,
    kinds,
    confidence,
    usage: { literal: usage[0]!, associative: usage[1]!, demonyms: usage[2]! },
    days: { day, count: counts.subarray(0, day.length) },
    undated: counts[day.length]!,
  };
}

function findUse(kind: MentionKind, usage: Usage): number {
  if (kind === MentionKind.Demonym) return 2;
  return usage === Usage.Associative ? 1 : 0;
}

/** The distinct days, ascending, and the row among them of each report's day; the row behind the last means no date. */
function numberDays(days: Int32Array): { day: Int32Array; rows: Uint32Array } {
  const day = Int32Array.from(new Set(days.filter((one) => one !== UNDATED))).sort();
  const rows = new Map(Array.from(day, (one, row) => [one, row]));
  return { day, rows: Uint32Array.from(days, (one) => rows.get(one) ?? day.length) };
}
