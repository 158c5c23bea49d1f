// The name with what stands around it, on one line, as geomap/text/excerpts.py cuts it for `geomap export`.
import { splitWords } from "../blanks";
import { findBody } from "../data/body";
import { moveCodePoints } from "../data/offsets";

/** Code points on each side of the name. */
const REACH = 80;

/** Offsets count UTF-16 units. A name in the title has nothing of the body beside it, and the other way round. */
export function cutExcerpt(text: string, start: number, end: number, title: string): string {
  const body = findBody(text, title);
  const [first, last] = start >= body ? [body, text.length] : [0, Math.max(end, body)];
  const [left, right] = [Math.max(moveCodePoints(text, start, -REACH), first), Math.min(moveCodePoints(text, end, REACH), last)];
  const [before, after] = [text.slice(left, start), text.slice(end, right)];
  const whole = [left === first ? before : `…${afterFirst(before)}`, text.slice(start, end), right === last ? after : `${beforeLast(after)}…`];
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
