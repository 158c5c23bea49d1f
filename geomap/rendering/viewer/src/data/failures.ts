// Which filters each mention fails: none of them, and it is shown; only one, and that facet still counts it.
import { type Corpus, UNDATED, UNRESOLVED } from "./corpus";
import type { Filter } from "./filter";
import { Use, USES } from "./uses";

export const enum Fail {
  Unresolved = 1,
  /** Text and single reports: they are no facets. */
  Query = 2,
  Days = 4,
  Source = 8,
  Country = 16,
  Kind = 32,
  Confidence = 64,
  Usage = 128,
}

/** A set of `Fail` for each mention; `matches` is null where nothing is searched for. */
export function findFailures(corpus: Corpus, filter: Filter, matches: Uint8Array | null): Uint8Array {
  const { count, report: reports, place: places, confidence, kind, usage } = corpus.mentions;
  const byReport = judgeReports(corpus, filter);
  const byPlace = judgePlaces(corpus, filter);
  const byUse = judgeUses(filter);
  const failures = new Uint8Array(count);
  for (let mention = 0; mention < count; mention++) {
    let failed = byReport[reports[mention]!]!;
    if (matches !== null && matches[mention] === 0) failed |= Fail.Query;
    const place = places[mention]!;
    if (place === UNRESOLVED) failed |= Fail.Unresolved;
    else {
      failed |= byPlace[place]!;
      failed |= byUse[kind[mention]! | (usage[mention]! << 2)]!;
      if (confidence[mention]! < filter.confidence) failed |= Fail.Confidence;
    }
    failures[mention] = failed;
  }
  return failures;
}

/** A set of `Fail` by kind and usage, as `USES` has them. */
function judgeUses({ demonyms, associative }: Filter): Uint8Array {
  const isWanted = { [Use.Literal]: true, [Use.Quiet]: associative !== "hidden", [Use.Demonym]: demonyms };
  return USES.map((use: Use) => (isWanted[use] ? 0 : Fail.Usage));
}

/** A set of `Fail` for each report. */
export function judgeReports({ reports }: Corpus, { days, undated, sources, reports: wanted }: Filter): Uint8Array {
  const failures = new Uint8Array(reports.count);
  for (let report = 0; report < reports.count; report++) {
    const day = reports.day[report]!;
    let failed = 0;
    if (day === UNDATED ? !undated : days !== null && (day < days[0] || day > days[1])) failed |= Fail.Days;
    if (sources !== null && !sources.has(reports.source[report]!)) failed |= Fail.Source;
    if (wanted !== null && !wanted.has(report)) failed |= Fail.Query;
    failures[report] = failed;
  }
  return failures;
}

function judgePlaces({ places }: Corpus, { countries, kinds }: Filter): Uint8Array {
  const failures = new Uint8Array(places.count);
  for (let place = 0; place < places.count; place++) {
    let failed = 0;
    if (countries !== null && !countries.has(places.country[place]!)) failed |= Fail.Country;
    if (kinds !== null && !kinds.has(places.kind[place]!)) failed |= Fail.Kind;
    failures[place] = failed;
  }
  return failures;
}
