// What was stored is read as if a stranger had written it: whatever is no correction is left out.
import type { Target } from "../data/corpus";
import { type Action, ACTIONS, type Correction, correctionKey, type CorrectedUsage, PLACE_ID, type Reach, REACHES, USAGES } from "./correction";
import type { Entry, Progress } from "./entry";

const MOST = 5000;
const LONGEST_STORED = 4_000_000;
const LONGEST_NAME = 300;
const LONGEST = 1000;
const DAY = /^(\d{4}-\d\d-\d\d)?$/;
const STEPS: readonly Progress[] = ["new", "downloaded", "saved"];

export function readEntries(stored: string): Entry[] {
  if (stored.length > LONGEST_STORED) return [];
  let rows: unknown;
  try {
    rows = JSON.parse(stored);
  } catch {
    return [];
  }
  const entries = Array.isArray(rows) ? rows.slice(0, MOST).flatMap((row) => readEntry(row) ?? []) : [];
  return [...new Map(entries.map((entry) => [correctionKey(entry), entry])).values()];
}

function readEntry(row: unknown): Entry | null {
  if (typeof row !== "object" || row === null) return null;
  const { name, action, reach, report, start, target, usage = "", note, date, progress } = row as Record<string, unknown>;
  const isKnown = ACTIONS.includes(action as Action) && REACHES.includes(reach as Reach) && USAGES.includes(usage as CorrectedUsage) && STEPS.includes(progress as Progress);
  if (!isKnown || !isText(name, LONGEST_NAME) || name.trim() === "" || !isText(report) || !isText(note) || !isText(date) || !DAY.test(date)) return null;
  if (!isPlaced(reach as Reach, report, start)) return null;
  const place = readTarget(target);
  if (place === undefined || (place === null && action === "is" && usage === "") || (place !== null && action === "is-not-a-place")) return null;
  return { name, action: action as Action, reach: reach as Reach, report, start, target: place, usage: usage as CorrectedUsage, note, date, progress: progress as Progress };
}

/** Whether a report and an offset are given where the reach has them, and only there. */
function isPlaced(reach: Correction["reach"], report: string, start: unknown): start is number {
  if ((reach === "everywhere") !== (report === "")) return false;
  return reach === "here" ? Number.isSafeInteger(start) && (start as number) >= 0 : start === -1;
}

/** Undefined for what is no place and not null either. */
function readTarget(value: unknown): Target | null | undefined {
  if (value === null) return null;
  if (typeof value !== "object") return undefined;
  const { placeId, name, latitude, longitude, country, admin1, feature } = value as Record<string, unknown>;
  if (!isText(placeId) || !isText(name) || !isText(country, 2) || !isText(admin1) || !isText(feature, 20)) return undefined;
  if (!isDegrees(latitude, 90) || !isDegrees(longitude, 180) || (placeId !== "" && !PLACE_ID.test(placeId))) return undefined;
  return { placeId, name, latitude, longitude, country, admin1, feature };
}

function isText(value: unknown, longest = LONGEST): value is string {
  return typeof value === "string" && value.length <= longest;
}

function isDegrees(value: unknown, most: number): value is number {
  return typeof value === "number" && Math.abs(value) <= most;
}
