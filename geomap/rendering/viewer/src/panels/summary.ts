// One line that says what is shown.
import type { Dataset } from "../data/dataset";
import type { View } from "../data/view";
import { formatCount, formatDays } from "../formats";
import { texts } from "../texts";

export function summarize(dataset: Dataset, view: View): string {
  const { counts } = dataset;
  if (counts.reports === 0) return texts.noReports;
  const places = texts.places(counts.places, share(view.places.length, counts.places));
  const mentions = texts.mentions(counts.mentions, share(view.mentions, counts.mentions));
  const reports = texts.inReports(texts.reports(counts.reports, formatCount(counts.reports)));
  return [`${places} · ${mentions} ${reports}`, ...describeDates(dataset)].join(" · ");
}

function share(shown: number, all: number): string {
  return shown === all ? formatCount(all) : texts.partOf(formatCount(shown), formatCount(all));
}

function describeDates({ reports }: Dataset): string[] {
  const times = reports.map(({ time }) => time).filter(Number.isFinite);
  const undated = reports.length - times.length;
  const parts: string[] = [];
  if (times.length > 0) {
    const [earliest, latest] = times.reduce(([low, high], time) => [Math.min(low, time), Math.max(high, time)], [Infinity, -Infinity]);
    parts.push(formatDays(earliest, latest));
  }
  if (undated > 0 && times.length > 0) parts.push(texts.undated(formatCount(undated)));
  return parts;
}
