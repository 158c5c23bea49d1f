import assert from "node:assert/strict";
import { test } from "node:test";
import { findMatches, findTerm, findTerms, fold } from "../src/data/search";

const has = (text: string, query: string): boolean => findTerms(query).every((term) => findTerm(fold(text), term) >= 0);

test("accents, capitals and kinds of quotes and dashes do not matter", () => {
  assert.ok(has("Réunion of São Tomé’s crews", "reunion sao tome's"));
  assert.ok(has("reunion", "RÉUNION"));
  assert.ok(has("Kharkiv–Sumy", "kharkiv-sumy"));
  assert.ok(has("Харків", "харкiв") === false);
  assert.ok(has("ХАРКІВ", "харків"));
});

test("words match where words begin, phrases match whole words", () => {
  assert.ok(has("Strikes on Kharkiv", "strik khar"));
  assert.ok(!has("the software", "war"));
  assert.ok(has("air raid sirens", '"air raid"'));
  assert.ok(!has("air raiders", '"air raid"'));
  assert.ok(!has("raid by air", '"air raid"'));
  assert.ok(has("air\nraid", "“air raid”"));
  assert.ok(has("東京都の雨", "京都"));
});

test("a query of nothing but signs finds everything", () => {
  assert.deepEqual(findTerms(' "" “” '), []);
});

test("what is found is marked where it stands in the text as it is written", () => {
  const text = "Né à São Tomé; Sao Tome!";
  assert.deepEqual(findMatches(text, "sao").map(([start, end]) => text.slice(start, end)), ["São", "Sao"]);
  assert.deepEqual(findMatches("ﬁsh", "fish"), [[0, 3]]);
  assert.deepEqual(findMatches("anything", ""), []);
  assert.deepEqual(findMatches("a 🚨 siren", "siren"), [[5, 10]]);
});
