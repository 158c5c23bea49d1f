// Dates of reports: as days for filters, as moments for the order of lists.
import { onceFor } from "../once";
import { UNDATED } from "./corpus";

const SECOND = 1000;
const DAY = 86_400 * SECOND;
const DATE_ONLY = "2024-05-31";

/** Days since 1970-01-01 of an ISO date as it is written, whatever its time zone; `UNDATED` where it is none. */
export const readDay = onceFor(new Map<string, number>(), parseDay);

function parseDay(date: string): number {
  const parts = /^\d{4}-\d\d-\d\d/.exec(date);
  const time = parts === null ? NaN : Date.parse(`${parts[0]}T00:00:00Z`);
  return Number.isNaN(time) ? UNDATED : Math.floor(time / DAY);
}

/** Milliseconds since 1970, -Infinity where there is no date. */
export function readTime(date: string): number {
  if (date.length === DATE_ONLY.length) return toTime(readDay(date));
  const hasZone = /T.*(Z|[+-]\d\d:?\d\d)$/.test(date);
  const time = Date.parse(date.includes("T") && !hasZone ? `${date}Z` : date);
  if (!Number.isNaN(time)) return time;
  return toTime(readDay(date));
}

function toTime(day: number): number {
  return day === UNDATED ? -Infinity : day * DAY;
}

/** Rows of reports, the newest first, those without a date last; ordered once, however often it is asked for. */
export const orderNewest = onceFor(new WeakMap<readonly string[], Uint32Array>(), findOrder);

function findOrder(dates: readonly string[]): Uint32Array {
  const { length } = dates;
  const times = new Float64Array(length);
  let [oldest, newest] = [Infinity, 0];
  for (let report = 0; report < length; report++) {
    const time = (times[report] = readTime(dates[report]!));
    if (time > newest) newest = time;
    if (time < oldest && time > -Infinity) oldest = time;
  }
  const undated = Math.max(0, newest - oldest) + SECOND;
  // one number per report, so that the sort needs no comparison in script: its age in seconds, then its row
  const keys = times.map((time, report) => Math.floor(Math.min(newest - time, undated) / SECOND) * length + report);
  if ((undated / SECOND + 1) * length > Number.MAX_SAFE_INTEGER) return Uint32Array.from(times.keys()).sort((left, right) => times[right]! - times[left]! || left - right);
  return Uint32Array.from(keys.sort(), (key) => key % length);
}
