// How many mentions each value of a facet has under all other filters.
import { KINDS } from "../kinds";
import { onceFor } from "../once";
import { type Corpus, UNDATED } from "./corpus";
import { Fail } from "./failures";
import type { Filter } from "./filter";
import { findQuietUses, Use, USES } from "./uses";

/** How many mentions each value has. */
interface Values {
  /** By row of `Corpus.sources`. */
  readonly sources: Uint32Array;
  /** By row of `Corpus.countries`. */
  readonly countries: Uint32Array;
  /** By row of `KINDS`. */
  readonly kinds: Uint32Array;
}

export interface Facets extends Values {
  /** Quiet mentions, which are not counted: what has them alone can be chosen, too. */
  readonly quiet: Values;
  /** Ten bands: 0 to 9 per cent, 10 to 19, and so on; the last one reaches to 100. */
  readonly confidence: Uint32Array;
  readonly usage: { readonly literal: number; readonly quiet: number; readonly demonyms: number };
}

/** Every day on which the corpus has a report, ascending, with its mentions. */
export interface DayCounts {
  readonly day: Int32Array;
  readonly count: Uint32Array;
}

export function makeFacets(corpus: Corpus, filter: Filter, failures: Uint8Array): Facets {
  const { source: sourceOf } = corpus.reports;
  const { country: countryOf, kind: kindOf } = corpus.places;
  const { count, report: reportOf, place: placeOf, confidence: confidenceOf, kind: entity, usage: usageOf } = corpus.mentions;
  const [counted, quiet] = [makeValues(corpus), makeValues(corpus)];
  const confidence = new Uint32Array(10);
  const usage = new Uint32Array(3);
  const isQuiet = findQuietUses(filter);
  for (let mention = 0; mention < count; mention++) {
    const failed = failures[mention]!;
    if ((failed & (failed - 1)) !== 0 || (failed & (Fail.Unresolved | Fail.Query)) !== 0) continue; // more than one filter, or none that is a facet
    const place = placeOf[mention]!;
    const all = failed === 0;
    const kindAndUsage = entity[mention]! | (usageOf[mention]! << 2);
    if (all || failed === Fail.Usage) usage[USES[kindAndUsage]!]!++;
    const values = isQuiet[kindAndUsage] === 1 ? quiet : counted;
    if (all || failed === Fail.Source) values.sources[sourceOf[reportOf[mention]!]!]!++;
    if (all || failed === Fail.Country) values.countries[countryOf[place]!]!++;
    if (all || failed === Fail.Kind) values.kinds[kindOf[place]!]!++;
    if (values === counted && (all || failed === Fail.Confidence)) confidence[Math.min(9, Math.floor(confidenceOf[mention]! / 10))]!++;
  }
  return { ...counted, quiet, confidence, usage: { literal: usage[Use.Literal]!, quiet: usage[Use.Quiet]!, demonyms: usage[Use.Demonym]! } };
}

function makeValues({ sources, countries }: Corpus): Values {
  return { sources: new Uint32Array(sources.length), countries: new Uint32Array(countries.length), kinds: new Uint32Array(KINDS.length) };
}

/** How many mentions each day has under the filters other than that of days; `reportCounts` has what all filters leave. */
export function countDays({ mentions, reports }: Corpus, filter: Filter, failures: Uint8Array, reportCounts: Uint32Array): DayCounts {
  const { day, rows } = numberDays(reports.day);
  const counts = new Uint32Array(day.length + 1); // the last one: without a date
  if (filter.days === null && filter.undated) {
    for (let report = 0; report < rows.length; report++) counts[rows[report]!]! += reportCounts[report]!;
  } else {
    const { count, report, kind, usage } = mentions;
    const isQuiet = findQuietUses(filter);
    for (let mention = 0; mention < count; mention++) {
      if ((failures[mention]! | Fail.Days) === Fail.Days && isQuiet[kind[mention]! | (usage[mention]! << 2)] === 0) counts[rows[report[mention]!]!]!++;
    }
  }
  return { day, count: counts.subarray(0, day.length) };
}

/** The distinct days, ascending, and the row among them of each report's day; the row behind the last means no date. */
interface DayNumbers {
  readonly day: Int32Array;
  readonly rows: Uint32Array;
}

/** Numbered once, however often it is asked for: the days of reports do not change. */
const numberDays = onceFor(new WeakMap<Int32Array, DayNumbers>(), findDayNumbers);

function findDayNumbers(days: Int32Array): DayNumbers {
  const day = Int32Array.from(new Set(days.filter((one) => one !== UNDATED))).sort();
  const rows = new Map(Array.from(day, (one, row) => [one, row]));
  return { day, rows: Uint32Array.from(days, (one) => rows.get(one) ?? day.length) };
}
