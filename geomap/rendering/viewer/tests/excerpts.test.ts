import assert from "node:assert/strict";
import { test } from "node:test";
import { toUnits } from "../src/data/offsets";
import { EVERYTHING } from "../src/data/filter";
import { Selector } from "../src/data/selection";
import { MENTION_COLUMNS } from "../src/export/columns";
import { cutExcerpt } from "../src/export/excerpts";
import { COLUMNS, makeRows } from "../src/export/rows";
import vectors from "../../../../tests/vectors/excerpts.json";
import { makeCorpus } from "./made_up";

for (const { rule, text, start, end, excerpt, title = "" } of vectors) {
  test(`excerpts: ${rule}`, () => assert.equal(cutExcerpt(text, toUnits(text, start), toUnits(text, end), title), excerpt));
}

test("a row has the columns of `geomap export` in their order, but for what a map does not carry", () => {
  const corpus = makeCorpus();
  const rows = [...makeRows(corpus, new Selector(corpus).select(EVERYTHING))];
  assert.deepEqual(rows.map(({ name, usage, usage_probability }) => [name, usage, usage_probability]), [["Moscow", "associative", 0.05], ["Kyiv", "literal", 1], ["Lviv", "literal", 1], ["Lviv", "literal", 1]]);
  for (const row of rows) assert.deepEqual(Object.keys(row), [...COLUMNS]);
});

test("what is unknown is null, as in the exports of Python", () => {
  const corpus = makeCorpus();
  const hidden = { ...corpus, countries: ["", ""], reports: { ...corpus.reports, text: () => null }, places: { ...corpus.places, feature: ["P", "", ""] } };
  const [row] = [...makeRows(hidden, new Selector(hidden).select(EVERYTHING))].filter(({ place_id }) => place_id === "Kyiv");
  assert.deepEqual([row?.country_code, row?.admin1, row?.feature_class, row?.feature_code, row?.excerpt, row?.copies], [null, null, "P", null, null, 0]);
});
