// What a reader says about a name: a row of data/corrections.csv before it gets there.

import { BLANK, NO_BLANK, splitWords } from "../blanks";
import { type Target, Usage } from "../data/corpus";

/** "is" this place, "is-not-a-place", "is-a-place" that was missed: the words of the table. */
export type Action = "is" | "is-not-a-place" | "is-a-place";
export const ACTIONS: readonly Action[] = ["is", "is-not-a-place", "is-a-place"];

/** Something is or happens there, or the name stands for a government, people or team: the words of the table. */
export type CorrectedUsage = "" | "literal" | "associative";
export const USAGES: readonly CorrectedUsage[] = ["", "literal", "associative"];

/** Where a correction holds: for one mention, for one report, for all. The narrower one wins. */
export type Reach = "here" | "report" | "everywhere";
export const REACHES: readonly Reach[] = ["here", "report", "everywhere"];

/** An id as `geomap correct` takes it. */
export const PLACE_ID = new RegExp(`^[a-z][a-z0-9_-]*:${NO_BLANK}[^\\n]*$`);

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
  /** "" where it says nothing of it: a name whose place it gives is then literal. */
  readonly usage: CorrectedUsage;
  readonly note: string;
  /** ISO 8601 day. */
  readonly date: string;
}

/** What names are compared by, as in geomap/corrections: as written, but for white space and composed letters. */
export function nameKey(name: string): string {
  return /^[\x21-\x7e]+$/.test(name) ? name : splitWords(name.normalize("NFC")).join(" ");
}

/** The scope as the table writes it. */
export function writeScope({ reach, report, start }: Pick<Correction, "reach" | "report" | "start">): string {
  if (reach === "everywhere") return "*";
  return reach === "here" ? `report:${report}@${start}` : `report:${report}`;
}

/** The reports that the scope of a correction may mean, none for everywhere: an id may itself end like a mention's. */
export function reportsOf(correction: Correction): readonly string[] {
  const [, whole = "", report] = readScope(correction) ?? [];
  return [whole, report].filter((id) => id !== undefined && id !== "") as string[];
}

/** How many code points stand before the mention that is meant in this report; null for all of the report. */
export function startIn(correction: Correction, id: string): number | null {
  const [, whole, report, start] = readScope(correction) ?? [];
  return whole !== id && report === id ? Number(start) : null;
}

/** All that follows "report:", and where it may be a mention's id, the report's id and the start; null for everywhere. */
function readScope(correction: Correction): RegExpExecArray | null {
  return /^report:((.+)@(\d+)|.+)$/s.exec(writeScope(correction));
}

/** What no two corrections share: a later one of the same name and scope replaces the earlier. */
export function correctionKey(correction: Correction): string {
  return `${nameKey(correction.name)}\n${writeScope(correction)}`;
}

/** How a name is used after a correction, null where that stays as it was. */
export function usageAfter({ target, usage }: Pick<Correction, "target" | "usage">): Usage | null {
  if (usage === "associative") return Usage.Quiet;
  return usage === "literal" || target !== null ? Usage.Literal : null;
}

/** The reason that a corrected mention gives, in the words of geomap/corrections. */
export function describeReason({ date, note }: Correction): string {
  return `corrected${date && ` on ${date}`}${note && `: ${note}`}`;
}

/** Finds a name as a whole word, whatever the white space in it and the form of its accents. */
export function makeNamePattern(name: string): RegExp {
  const forms = new Set(["NFC", "NFD"].map((form) => name.normalize(form)));
  const choices = [...forms].sort().reverse().map((form) => splitWords(form).map(escape).join(`${BLANK}+`));
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${choices.join("|")})(?![\\p{L}\\p{N}_])`, "gu");
}

/** What the first word of a name begins with in whatever form its accents are, also some in one and some in the other; "" for nothing. */
export function findSteadyBeginning(name: string): string {
  const [word = ""] = splitWords(name.normalize("NFC"));
  const signs = [...word];
  const changing = signs.findIndex((sign) => /\p{M}/u.test(sign) || sign.normalize("NFD") !== sign);
  return signs.slice(0, changing < 0 ? signs.length : changing).join("");
}

function escape(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}/]/g, "\\$&");
}
