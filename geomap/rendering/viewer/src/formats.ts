// Numbers, dates and measures as the reader's locale writes them.
import type { Place } from "./data/dataset";
import { texts } from "./texts";

const regions = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
const whole = new Intl.NumberFormat();
const compact = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

export function formatCount(count: number): string {
  return whole.format(count);
}

export function formatCompact(count: number): string {
  return count < 1000 ? String(count) : compact.format(count);
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

export function formatDays(earliest: number, latest: number): string {
  return day.formatRange(earliest, latest);
}

export function formatPoint(place: Place): string {
  const latitude = `${Math.abs(place.latitude).toFixed(2)}° ${place.latitude < 0 ? "S" : "N"}`;
  return `${latitude}, ${Math.abs(place.longitude).toFixed(2)}° ${place.longitude < 0 ? "W" : "E"}`;
}

export function formatBearing(bearing: number): string {
  return texts.directions[Math.round((((bearing % 360) + 360) % 360) / 45) % 8] ?? "";
}
