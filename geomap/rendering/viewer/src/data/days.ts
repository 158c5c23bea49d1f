// Dates of reports: as days for filters, as moments for the order of lists.
import { UNDATED } from "./corpus";

const DAY = 86_400_000;

/** Days since 1970-01-01 of an ISO date as it is written, whatever its time zone; `UNDATED` where it is none. */
export function readDay(date: string): number {
  const parts = /^\d{4}-\d\d-\d\d/.exec(date);
  const time = parts === null ? NaN : Date.parse(`${parts[0]}T00:00:00Z`);
  return Number.isNaN(time) ? UNDATED : Math.floor(time / DAY);
}

/** Milliseconds since 1970, -Infinity where there is no date. */
export function readTime(date: string): number {
  const hasZone = /T.*(Z|[+-]\d\d:?\d\d)$/.test(date);
  const time = Date.parse(date.includes("T") && !hasZone ? `${date}Z` : date);
  if (!Number.isNaN(time)) return time;
  const day = readDay(date);
  return day === UNDATED ? -Infinity : day * DAY;
}

const orders = new WeakMap<readonly string[], Uint32Array>();

/** Rows of reports, the newest first, those without a date last; ordered once, however often it is asked for. */
export function orderNewest(dates: readonly string[]): Uint32Array {
  const order = orders.get(dates) ?? findOrder(dates);
  orders.set(dates, order);
  return order;
}

function findOrder(dates: readonly string[]): Uint32Array {
  const times = Float64Array.from(dates, readTime);
  return Uint32Array.from(dates.keys()).sort((left, right) => (times[left] === times[right] ? left - right : times[left]! > times[right]! ? -1 : 1));
}
