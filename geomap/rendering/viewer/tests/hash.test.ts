import assert from "node:assert/strict";
import { test } from "node:test";
import type { Corpus } from "../src/data/corpus";
import { EVERYTHING } from "../src/data/filter";
import { HashFormat } from "../src/hash/format";
import { KINDS } from "../src/kinds";
import { START, type State } from "../src/state";

const keys = ["geonames:1", "geonames:1@50.65,34.8", "user:Ä b"];
const corpus = {
  reports: { id: ["a/1.txt", "b.csv#7"] },
  sources: ["", "The & Wire"],
  countries: ["UA", ""],
  places: { key: (place: number) => keys[place], find: (key: string) => (keys.includes(key) ? keys.indexOf(key) : undefined) },
} as unknown as Corpus;
const format = new HashFormat(corpus);

test("nothing chosen is an empty address", () => {
  assert.equal(format.write(START), "");
  assert.deepEqual(format.read(""), START);
});

test("everything that can be chosen comes back", () => {
  const state: State = {
    filter: {
      ...EVERYTHING,
      query: 'sirens & "at dusk" #1',
      days: [20_000, 20_010],
      undated: false,
      sources: new Set([0, 1]),
      countries: new Set([1]),
      kinds: new Set([KINDS.indexOf("city")]),
      confidence: 50,
      associative: "places",
      demonyms: true,
    },
    tab: "doubt",
    chosen: [1, 2],
    report: 1,
    view: { latitude: 50.45, longitude: 30.5, zoom: 6.25 },
  };
  assert.deepEqual(format.read(`#${format.write(state)}`), state);
});

test("what is unknown or out of range is left out", () => {
  const read = format.read("#place=nowhere&place=geonames:1&place=geonames:1&report=x&source=x&kind=__proto__&confidence=-4&tab=x&from=2025-01-02&to=2025-01-01&at=95,999,99");
  assert.deepEqual(read, { ...START, chosen: [0], view: { latitude: 85, longitude: 190, zoom: 20 } });
  assert.equal(format.read(`#q=${"x".repeat(2000)}`).filter.query.length, 500);
  assert.deepEqual(format.read(`#q=${"x".repeat(30_000)}`), START);
});

test("links of older maps raise indirect names to places, and hiding them is a choice of its own", () => {
  assert.equal(format.read("#also=associative").filter.associative, "places");
  assert.equal(format.read("#also=demonyms").filter.associative, "quiet");
  const hidden: State = { ...START, filter: { ...EVERYTHING, associative: "hidden" } };
  assert.equal(format.write(hidden), "without=associative");
  assert.deepEqual(format.read("without=associative"), hidden);
});
