// One line that says what is shown.
import { type Corpus, UNDATED } from "../data/corpus";
import type { Filter } from "../data/filter";
import type { Selection } from "../data/selection";
import { formatCount, formatDays } from "../formats";
import { texts } from "../texts";
import type { Texts } from "../texts/en";
import { toTime } from "../time/calendar";

export function summarize(corpus: Corpus, selection: Selection): string {
  const { counts } = corpus;
  if (counts.reports === 0) return texts.noReports;
  const parts = [
    share(countReports(corpus, selection), counts.reports, texts.reports, texts.reportsOf),
    share(selection.places.length, counts.places, texts.places, texts.placesOf),
    share(selection.mentionCount, counts.mentions, texts.mentions, texts.mentionsOf),
  ];
  if (selection.quietCount > 0) parts.push(texts.indirect(formatCount(selection.quietCount)));
  return [...parts, ...describeDates(corpus, selection)].join(" · ");
}

/** Reports that name no place are there as well, as long as no filter is set that would ask for one. */
function countReports({ counts }: Corpus, { filter, reports }: Selection): number {
  return isNarrowed(filter) ? reports.length : counts.reports;
}

/** Whether a search or a filter leaves less than everything. */
export function isNarrowed(filter: Filter): boolean {
  const { query, days, undated, sources, countries, kinds, confidence } = filter;
  return query !== "" || days !== null || !undated || sources !== null || countries !== null || kinds !== null || confidence > 0;
}

/** From the first to the last day of the reports that are shown, and how many of them have no date. */
function describeDates({ reports }: Corpus, { filter, reports: shown }: Selection): string[] {
  const all = isNarrowed(filter) ? Int32Array.from(shown, (report) => reports.day[report]!) : reports.day;
  const days = all.filter((day) => day !== UNDATED);
  if (days.length === 0) return [];
  const undated = all.length - days.length;
  const period = formatDays(toTime(days.reduce((low, day) => Math.min(low, day))), toTime(days.reduce((high, day) => Math.max(high, day))));
  return undated === 0 ? [period] : [period, texts.undated(formatCount(undated))];
}

/** "12 reports", or "3 of 12 reports". */
export function share(shown: number, all: number, count: Texts["reports"], part: Texts["reportsOf"]): string {
  return shown === all ? count(all, formatCount(all)) : part(formatCount(shown), formatCount(all));
}
