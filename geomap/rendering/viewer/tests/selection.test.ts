import assert from "node:assert/strict";
import { test } from "node:test";
import { type Corpus, UNDATED } from "../src/data/corpus";
import { cutExcerpts } from "../src/data/cuts";
import { readDay } from "../src/data/days";
import { EVERYTHING, Selector } from "../src/data/selection";
import { KINDS } from "../src/kinds";
import { findLinks } from "../src/layers/links";

const TEXTS = ["Rain in Kyiv. Sun in Lviv. Nothing else. Snow fell. The end came.", "Kyivan crews. Moscow denied it.", "Lviv slept."];
const DATES = ["2025-03-01", "2025-03-02T12:00:00", ""];
const NAMES = ["Kyiv", "Lviv", "Moscow"];
// report, place, start, end, kind, usage, confidence
const ROWS = [
  [0, 0, 8, 12, 0, 0, 90],
  [0, 1, 21, 25, 0, 0, 40],
  [1, 0, 0, 6, 1, 0, 80],
  [1, 2, 14, 20, 0, 1, 70],
  [2, 1, 0, 4, 0, 0, 99],
  [2, -1, 5, 10, 0, 0, 0],
] as const;

function makeCorpus(): Corpus {
  const column = (at: number): number[] => ROWS.map((row) => row[at]!);
  const first = Uint32Array.from([0, 2, 4, 6]);
  return {
    title: "",
    version: "",
    counts: { reports: 3, places: 3, mentions: 5, unresolved: 1, names: 1, left_out: 0 },
    sources: ["", "Courier"],
    countries: ["RU", "UA"],
    tiles: null,
    labels: { name: [], latitude: [], longitude: [], rank: [], kind: [] },
    unresolved: [{ name: "slept", mentions: Uint32Array.from([5]) }],
    loadedTexts: () => 3,
    loadAllTexts: () => Promise.resolve(),
    onTextsLoaded: () => undefined,
    reports: {
      count: 3,
      id: ["a", "b", "c"],
      title: ["", "Denial", ""],
      source: [1, 0, 1],
      date: DATES,
      day: Int32Array.from(DATES, readDay),
      url: ["", "", ""],
      firstMention: first,
      copies: () => [],
      text: (report) => TEXTS[report]!,
      loadText: (report) => Promise.resolve(TEXTS[report]!),
      sentences: (report) => [...TEXTS[report]!.matchAll(/\S[^.]*\. ?/g)].map(({ index }) => index),
    },
    mentions: {
      count: ROWS.length,
      report: Uint32Array.from(column(0)),
      place: Int32Array.from(column(1)),
      start: Uint32Array.from(column(2)),
      end: Uint32Array.from(column(3)),
      kind: column(4),
      usage: column(5),
      confidence: Uint8Array.from(column(6)),
      corrected: new Uint8Array(ROWS.length),
      name: (mention) => NAMES[ROWS[mention]![1]] ?? "slept",
      alternatives: () => [],
      evidence: () => [],
    },
    places: {
      count: 3,
      id: NAMES,
      name: NAMES,
      kind: Uint8Array.from([KINDS.indexOf("capital"), KINDS.indexOf("city"), KINDS.indexOf("capital")]),
      country: [1, 1, 0],
      admin1: ["", "", ""],
      latitude: Float64Array.from([50.45, 49.84, 55.75]),
      longitude: Float64Array.from([30.52, 24.03, 37.62]),
      radius: new Float64Array(3),
      population: new Float64Array(3),
      feature: ["P.PPLC", "P.PPLA", "P.PPLC"],
      isArea: new Uint8Array(3),
      hasPolygon: new Uint8Array(3),
      outline: () => null,
      anchor: () => null,
      key: (place) => NAMES[place]!,
      find: (key) => NAMES.indexOf(key),
      mentions: (place) => Uint32Array.from([1, 0, 2].flatMap((report) => ROWS.flatMap((row, at) => (row[0] === report && row[1] === place ? [at] : [])))),
    },
  };
}

const corpus = makeCorpus();
const selector = new Selector(corpus, { countryName: (code) => ({ UA: "Ukraine", RU: "Russia" })[code] ?? "" });
const shown = (part: Partial<typeof EVERYTHING>): number[] =>
  [...selector.select({ ...EVERYTHING, ...part }).mentions].flatMap((is, row) => (is ? [row] : []));

test("peoples and governments are shown on demand only", () => {
  assert.deepEqual(shown({}), [0, 1, 4]);
  assert.deepEqual(shown({ demonyms: true }), [0, 1, 2, 4]);
  assert.deepEqual(shown({ demonyms: true, associative: true }), [0, 1, 2, 3, 4]);
});

test("dates are days, and what has none is a choice of its own", () => {
  const day = readDay("2025-03-01");
  assert.equal(readDay("yesterday"), UNDATED);
  assert.deepEqual(shown({ days: [day, day] }), [0, 1, 4]);
  assert.deepEqual(shown({ days: [day, day], undated: false }), [0, 1]);
  assert.deepEqual(shown({ days: [day + 1, day + 9], demonyms: true, undated: false }), [2]);
});

test("all words have to stand in the excerpt, the title, the source, or belong to the place", () => {
  assert.deepEqual(shown({ query: "rain" }), [0, 1]); // the neighbour's sentence belongs to the excerpt
  assert.deepEqual(shown({ query: "rain ukraine courier" }), [0, 1]);
  assert.deepEqual(shown({ query: '"the end"' }), []);
  assert.deepEqual(shown({ query: "denial russia", associative: true }), [3]);
});

test("reports that hold the words away from any place are told apart", () => {
  const selection = selector.select({ ...EVERYTHING, query: "snow fell" });
  assert.equal(selection.mentionCount, 0);
  assert.deepEqual([...selection.elsewhere], [0]);
  assert.deepEqual([...selector.select({ ...EVERYTHING, query: "rain" }).elsewhere], []);
  assert.deepEqual([...selector.select({ ...EVERYTHING, query: "snow", sources: new Set([0]) }).elsewhere], []);
});

test("a facet counts under the other filters and not under its own", () => {
  const { facets } = selector.select({ ...EVERYTHING, countries: new Set([0]), demonyms: true, associative: true });
  assert.deepEqual([...facets.countries], [1, 4]);
  assert.deepEqual([...facets.sources], [1, 0]);
  assert.equal(facets.kinds[KINDS.indexOf("capital")], 1);
  assert.deepEqual(facets.usage, { literal: 0, associative: 1, demonyms: 0 });
  const all = selector.select(EVERYTHING).facets;
  assert.deepEqual(all.usage, { literal: 3, associative: 1, demonyms: 1 });
  assert.deepEqual([...all.days.count], [2, 0]);
  assert.equal(all.undated, 1);
  assert.deepEqual([...all.confidence], [0, 0, 0, 0, 1, 0, 0, 0, 0, 2]);
});

test("places come by mentions, reports and excerpts by date", () => {
  const selection = selector.select({ ...EVERYTHING, demonyms: true });
  assert.deepEqual([...selection.places], [0, 1]);
  assert.deepEqual([...selection.reports], [1, 0, 2]);
  assert.deepEqual([...selection.mentionsOf(0)], [2, 0]);
  assert.deepEqual([...selection.mentionsIn(0)], [0, 1]);
  assert.equal(selection.placeConfidence[1], 99);
});

test("names without a place follow the words, the dates and the sources", () => {
  assert.equal(selector.select(EVERYTHING).unresolved.length, 1);
  assert.equal(selector.select({ ...EVERYTHING, undated: false }).unresolved.length, 0);
  assert.equal(selector.select({ ...EVERYTHING, countries: new Set([0]) }).unresolved.length, 1);
});

test("mentions that share an excerpt make one", () => {
  const cuts = cutExcerpts(corpus, [0, 1]);
  assert.deepEqual(cuts.map(({ start, end, marks }) => [TEXTS[0]!.slice(start, end), marks]), [["Rain in Kyiv. Sun in Lviv. ", [0, 1]]]);
});

test("suggestions begin as what is typed does", () => {
  assert.deepEqual(selector.suggest("LV"), [1]);
  assert.deepEqual(selector.suggest("viv"), []);
});

test("links join places that follow each other, in one report", () => {
  const links = findLinks(corpus, [0, 1, 2, 3, 4]);
  assert.deepEqual(links.map(({ from, to, times }) => [from.latitude, to.latitude, times]), [[50.45, 49.84, 1], [50.45, 55.75, 1]]);
});
