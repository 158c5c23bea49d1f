// One line that says what is shown.
import { type Corpus, UNDATED } from "../data/corpus";
import type { Filter, Selection } from "../data/selection";
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

function describeDates({ reports }: Corpus, { filter }: Selection): string[] {
  const days = reports.day.filter((day) => day !== UNDATED);
  const undated = reports.count - days.length;
  const parts: string[] = [];
  if (filter.days) parts.push(formatDays(toTime(filter.days[0]), toTime(filter.days[1])));
  else if (days.length > 0) parts.push(formatDays(toTime(days.reduce((low, day) => Math.min(low, day))), toTime(days.reduce((high, day) => Math.max(high, day)))));
  if (undated > 0 && days.length > 0 && filter.undated) parts.push(texts.undated(formatCount(undated)));
  return parts;
}

/** "12 reports", or "3 of 12 reports". */
export function share(shown: number, all: number, count: Texts["reports"], part: Texts["reportsOf"]): string {
  return shown === all ? count(all, formatCount(all)) : part(formatCount(shown), formatCount(all));
}
