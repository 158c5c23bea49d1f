import assert from "node:assert/strict";
import { test } from "node:test";
import { writeCell } from "../src/export/csv";
import { escapeXml } from "../src/export/kml";
import { nameFile } from "../src/export/save";
import { findParagraphs } from "../src/reader/text";

test("what a spreadsheet would run as a formula stays text; numbers stay numbers", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(1)", "\tx", "'=1", "＝1"]) assert.ok(writeCell(text).replace(/^"/, "").startsWith("'"), text);
  assert.equal(writeCell(-95.5), "-95.5");
  assert.equal(writeCell('He said "no", twice\nor so'), '"He said ""no"", twice\nor so"');
  assert.equal(writeCell("a = b"), "a = b");
  assert.equal(writeCell(null), "");
});

test("XML holds any text, and nothing that XML 1.0 forbids", () => {
  assert.equal(escapeXml(`<a href="x">&'`), "&#60;a href=&#34;x&#34;&#62;&#38;&#39;");
  assert.equal(escapeXml("a\u0000b\ud800c\udc00d\uffff"), "a\ufffdb\ufffdc\ufffdd\ufffd");
  assert.equal(escapeXml("🚨"), "🚨");
});

test("files get names that every system takes", () => {
  assert.equal(nameFile("../../etc: <Київ> | 2025?", "csv"), "etc-Київ-2025.csv");
  assert.equal(nameFile("///", "kml"), "geomap.kml");
});

test("paragraphs are what blank lines separate; lines broken to a width are one text", () => {
  const wrapped = "A line that was broken by a program at a width of some 70 characters\nand goes on in the next line, which is as long as the one above was\nand ends.";
  const text = `  Title\n\n\n${wrapped}\n \t\n- a\n- b\n`;
  const found = findParagraphs(text).map(({ start, end, isWrapped }) => [text.slice(start, end), isWrapped]);
  assert.deepEqual(found, [["Title", false], [wrapped, true], ["- a\n- b", false]]);
  assert.deepEqual(findParagraphs(" \n "), []);
});

test("paragraphs of a megabyte of blanks are found at once", { timeout: 10_000 }, () => {
  for (const blanks of [" ".repeat(1e6), "\n \t".repeat(3e5), " \n\n".repeat(3e5)]) assert.ok(findParagraphs(`x${blanks}x`).length <= 2);
});
