// A table that opens in spreadsheets as well as in scripts.
import { COLUMNS, type Row } from "./rows";

/** Pieces of the file: UTF-8 with a byte order mark, without which spreadsheets take it for something else. */
export function* writeCsv(rows: Iterable<Row>): Generator<string> {
  yield `\ufeff${COLUMNS.join(",")}\r\n`;
  for (const row of rows) yield `${COLUMNS.map((column) => writeCell(row[column])).join(",")}\r\n`;
}

/** Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers. */
export function writeCell(value: string | number | boolean | null): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const safe = /^'*[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
