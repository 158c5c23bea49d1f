// Days as numbers since 1970-01-01, and the weeks, months and years that they belong to.

export type Step = "day" | "week" | "month";
export type Unit = Step | "quarter" | "year" | "decade" | "century";
export type Days = readonly [number, number];

const MONTHS: Partial<Record<Unit, number>> = { month: 1, quarter: 3, year: 12, decade: 120, century: 1200 };
const MILLISECONDS = 86_400_000;
/** 1970-01-01 was a Thursday; weeks begin on Monday. */
const THURSDAY = 3;

/** The first day of the unit that a day lies in. */
export function startOf(day: number, unit: Unit): number {
  if (unit === "day") return day;
  if (unit === "week") return day - modulo(day + THURSDAY, 7);
  const months = MONTHS[unit] ?? 1;
  const month = monthOf(day);
  return dayOfMonth(month - modulo(month, months));
}

/** The first day of a unit that lies some units later (or earlier) than that of the day. */
export function addUnits(day: number, unit: Unit, count: number): number {
  const start = startOf(day, unit);
  if (unit === "day") return start + count;
  if (unit === "week") return start + 7 * count;
  return dayOfMonth(monthOf(start) + count * (MONTHS[unit] ?? 1));
}

/** The whole unit that a day lies in, first and last day. */
export function unitAround(day: number, unit: Unit): Days {
  return [startOf(day, unit), addUnits(day, unit, 1) - 1];
}

/** The period moved by some units; one that fills whole units goes on filling whole units. */
export function movePeriod([first, last]: Days, unit: Step, count: number): Days {
  const moved = shift(first, unit, count);
  if (startOf(first, unit) !== first || startOf(last + 1, unit) !== last + 1) return [moved, moved + last - first];
  return [moved, shift(last + 1, unit, count) - 1];
}

/** ISO 8601, for links: 2025-05-25. */
export function writeDay(day: number): string {
  return new Date(day * MILLISECONDS).toISOString().slice(0, 10);
}

/** The day of an ISO 8601 date, null for anything else. */
export function readDay(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? null : time / MILLISECONDS;
}

export function toTime(day: number): number {
  return day * MILLISECONDS;
}

/** The same day of another week or month; the last day of a month where it has fewer days. */
function shift(day: number, unit: Step, count: number): number {
  if (unit === "day") return day + count;
  if (unit === "week") return day + 7 * count;
  const month = monthOf(day) + count;
  return Math.min(dayOfMonth(month) + day - startOf(day, "month"), dayOfMonth(month + 1) - 1);
}

function monthOf(day: number): number {
  const date = new Date(day * MILLISECONDS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function dayOfMonth(month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(month / 12), modulo(month, 12), 1); // Date.UTC takes years below 100 for others
  return Math.round(date.getTime() / MILLISECONDS);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
