// Numbers, dates and measures as the reader's locale writes them.
import { texts } from "./texts";

const regions = new Intl.DisplayNames([texts.language, "en"], { type: "region", fallback: "none" });
const whole = new Intl.NumberFormat();
const compact = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(undefined, { style: "percent" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

export function formatCount(count: number): string {
  return whole.format(count);
}

export function formatCompact(count: number): string {
  return count < 1000 ? String(count) : compact.format(count);
}

/** A share in per cent, as the mentions have it. */
export function formatPercent(value: number): string {
  return percent.format(value / 100);
}

export function countryName(code: string): string {
  try {
    return regions.of(code) ?? "";
  } catch {
    return ""; // not a code: the page stays usable without the name
  }
}

/** The day as the report wrote it, and the time of day where it has one; what is no date stays as it is. */
export function formatDate(date: string): string {
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?/.exec(date);
  if (parts === null) return date;
  const time = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return parts[4] ? `${day.format(time)}, ${parts[4]}` : day.format(time);
}

export function formatDay(time: number): string {
  return day.format(time);
}

export function formatDays(earliest: number, latest: number): string {
  return day.formatRange(earliest, latest);
}

export function formatPoint(latitude: number, longitude: number, digits = 2): string {
  const north = `${Math.abs(latitude).toFixed(digits)}° ${latitude < 0 ? "S" : "N"}`;
  return `${north}, ${Math.abs(longitude).toFixed(digits)}° ${longitude < 0 ? "W" : "E"}`;
}

export function formatBearing(bearing: number): string {
  return texts.directions[Math.round((((bearing % 360) + 360) % 360) / 45) % 8] ?? "";
}

/** A name inside a sentence of the interface: its own direction does not turn the sentence's words round. */
export function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}
