// What a reader says about a name: a row of data/corrections.csv before it gets there.

import type { Target } from "../data/corpus";

/** "is" this place, "is-not-a-place", "is-a-place" that was missed: the words of the table. */
export type Action = "is" | "is-not-a-place" | "is-a-place";
export const ACTIONS: readonly Action[] = ["is", "is-not-a-place", "is-a-place"];

/** Where a correction holds: for one mention, for one report, for all. The narrower one wins. */
export type Reach = "here" | "report" | "everywhere";
export const REACHES: readonly Reach[] = ["here", "report", "everywhere"];

/** An id as `geomap correct` takes it. */
export const PLACE_ID = /^[a-z][a-z0-9_-]*:\S[^\n]*$/;

export interface Correction {
  /** As the report writes it. */
  readonly name: string;
  readonly action: Action;
  readonly reach: Reach;
  /** Id of the report, "" for everywhere. */
  readonly report: string;
  /** Code points before the mention; -1 unless it holds for one mention. */
  readonly start: number;
  /** Null for what is no place, and where geomap is to find it. */
  readonly target: Target | null;
  readonly note: string;
  /** ISO 8601 day. */
  readonly date: string;
}

/** What names are compared by, as in geomap/corrections: as written, but for white space and composed letters. */
export function nameKey(name: string): string {
  return /^[\x21-\x7e]+$/.test(name) ? name : name.normalize("NFC").trim().split(/\s+/).join(" ");
}

/** The scope as the table writes it. */
export function writeScope({ reach, report, start }: Pick<Correction, "reach" | "report" | "start">): string {
  if (reach === "everywhere") return "*";
  return reach === "here" ? `report:${report}@${start}` : `report:${report}`;
}

/** What no two corrections share: a later one of the same name and scope replaces the earlier. */
export function correctionKey(correction: Correction): string {
  return `${nameKey(correction.name)}\n${writeScope(correction)}`;
}

/** The reason that a corrected mention gives, in the words of geomap/corrections. */
export function describeReason({ date, note }: Correction): string {
  return `corrected${date && ` on ${date}`}${note && `: ${note}`}`;
}

/** Finds a name as a whole word, whatever the white space in it and the form of its accents. */
export function makeNamePattern(name: string): RegExp {
  const forms = new Set(["NFC", "NFD"].map((form) => name.normalize(form)));
  const choices = [...forms].sort().reverse().map((form) => form.trim().split(/\s+/).map(escape).join("\\s+"));
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${choices.join("|")})(?![\\p{L}\\p{N}_])`, "gu");
}

function escape(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}/]/g, "\\$&");
}
