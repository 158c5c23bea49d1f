// Where the body begins in a text that is the title, a blank line and a body, as geomap/text/excerpts.py finds it.
import { BLANK, BLANK_IN_LINE } from "../blanks";

const BLANK_LINE = new RegExp(`${BLANK_IN_LINE}*\\n${BLANK_IN_LINE}*\\n${BLANK}*`, "y");

/** 0 for a text that does not begin so. */
export function findBody(text: string, title: string): number {
  if (title === "" || !text.startsWith(title)) return 0;
  BLANK_LINE.lastIndex = title.length;
  return BLANK_LINE.test(text) ? BLANK_LINE.lastIndex : 0;
}
