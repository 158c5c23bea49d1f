// The name with what stands around it, on one line, as geomap/summary.py cuts it for `geomap export`.
import { splitWords } from "../blanks";
import { moveCodePoints } from "../data/offsets";

/** Code points on each side of the name. */
const REACH = 80;

/** Offsets count UTF-16 units. */
export function cutExcerpt(text: string, start: number, end: number): string {
  const [left, right] = [moveCodePoints(text, start, -REACH), moveCodePoints(text, end, REACH)];
  const [before, after] = [text.slice(left, start), text.slice(end, right)];
  const whole = [left === 0 ? before : `…${afterFirst(before)}`, text.slice(start, end), right === text.length ? after : `${beforeLast(after)}…`];
  return splitWords(whole.join("")).join(" ");
}

/** What follows the first blank, "" without one: no word is cut. */
function afterFirst(text: string): string {
  const at = text.indexOf(" ");
  return at < 0 ? "" : text.slice(at + 1);
}

function beforeLast(text: string): string {
  return text.slice(0, Math.max(0, text.lastIndexOf(" ")));
}
