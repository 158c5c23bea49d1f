// White space as Python has it, which is not quite what browsers take for it: names and excerpts have to be the same on both sides.

const SIGNS_IN_LINE = "\\t\\x0b-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const SIGNS = `\\n${SIGNS_IN_LINE}`;
/** For regular expressions. */
export const BLANK = `[${SIGNS}]`;
export const BLANK_IN_LINE = `[${SIGNS_IN_LINE}]`;
export const NO_BLANK = `[^${SIGNS}]`;
const BLANKS = new RegExp(`${BLANK}+`);

/** What stands between white space. */
export function splitWords(text: string): string[] {
  return text.split(BLANKS).filter((word) => word !== "");
}
