import assert from "node:assert/strict";
import { test } from "node:test";
import { UNDATED, Usage } from "../src/data/corpus";
import { cutExcerpts } from "../src/data/cuts";
import { readDay } from "../src/data/days";
import { EVERYTHING } from "../src/data/filter";
import { Selector } from "../src/data/selection";
import { KINDS } from "../src/kinds";
import { findLinks } from "../src/layers/links";
import { makeCorpus, TEXTS } from "./made_up";

const corpus = makeCorpus();
const selector = new Selector(corpus, { countryName: (code) => ({ UA: "Ukraine", RU: "Russia" })[code] ?? "" });
const shown = (part: Partial<typeof EVERYTHING>): number[] =>
  [...selector.select({ ...EVERYTHING, ...part }).mentions].flatMap((is, row) => (is ? [row] : []));

test("governments are quiet marks that are not counted, or hidden, or places; peoples are shown on demand", () => {
  assert.deepEqual(shown({}), [0, 1, 3, 4]);
  assert.deepEqual(shown({ associative: "hidden" }), [0, 1, 4]);
  assert.deepEqual(shown({ demonyms: true, associative: "hidden" }), [0, 1, 2, 4]);
  const counts = (part: Partial<typeof EVERYTHING>): number[][] => {
    const { mentionCount, quietCount, placeCounts, quietCounts, places, reports } = selector.select({ ...EVERYTHING, ...part });
    return [[mentionCount, quietCount], [...placeCounts], [...quietCounts], [...places], [...reports]];
  };
  assert.deepEqual(counts({}), [[3, 1], [1, 2, 0], [0, 0, 1], [1, 0, 2], [1, 0, 2]]);
  assert.deepEqual(counts({ associative: "hidden" }), [[3, 0], [1, 2, 0], [0, 0, 0], [1, 0], [0, 2]]);
  assert.deepEqual(counts({ associative: "places" }), [[4, 0], [1, 2, 1], [0, 0, 0], [1, 0, 2], [1, 0, 2]]);
});

test("a name that is less surely a government is a place", () => {
  const usage = Array.from(corpus.mentions.usage, (one) => (one === Usage.Quiet ? Usage.Associative : one));
  const less = new Selector({ ...corpus, mentions: { ...corpus.mentions, usage } }).select(EVERYTHING);
  assert.deepEqual([less.mentionCount, less.quietCount, less.isQuiet(2)], [4, 0, false]);
});

test("a place with quiet mentions alone is quiet, and the others count theirs", () => {
  const places = corpus.mentions.place.slice();
  places[3] = 1;
  const both = new Selector({ ...corpus, mentions: { ...corpus.mentions, place: places } }).select(EVERYTHING);
  assert.deepEqual([both.placeCounts[1], both.quietCounts[1], both.isQuiet(1)], [2, 1, false]);
  assert.deepEqual([selector.select(EVERYTHING).isQuiet(2), selector.select(EVERYTHING).placeConfidence[2]], [true, 70]);
});

test("dates are days, and what has none is a choice of its own", () => {
  const day = readDay("2025-03-01");
  assert.equal(readDay("yesterday"), UNDATED);
  assert.deepEqual(shown({ days: [day, day] }), [0, 1, 4]);
  assert.deepEqual(shown({ days: [day, day], undated: false }), [0, 1]);
  assert.deepEqual(shown({ days: [day + 1, day + 9], demonyms: true, undated: false }), [2, 3]);
});

test("all words have to stand in the excerpt, the title, the source, or belong to the place", () => {
  assert.deepEqual(shown({ query: "rain" }), [0, 1]); // the neighbour's sentence belongs to the excerpt
  assert.deepEqual(shown({ query: "rain ukraine courier" }), [0, 1]);
  assert.deepEqual(shown({ query: '"the end"' }), []);
  assert.deepEqual(shown({ query: "denial russia", associative: "places" }), [3]);
});

test("reports that hold the words away from any place are told apart", () => {
  const selection = selector.select({ ...EVERYTHING, query: "snow fell" });
  assert.equal(selection.mentionCount, 0);
  assert.deepEqual([...selection.elsewhere], [0]);
  assert.deepEqual([...selector.select({ ...EVERYTHING, query: "rain" }).elsewhere], []);
  assert.deepEqual([...selector.select({ ...EVERYTHING, query: "snow", sources: new Set([0]) }).elsewhere], []);
});

test("a facet counts under the other filters and not under its own", () => {
  const { facets } = selector.select({ ...EVERYTHING, countries: new Set([0]), demonyms: true, associative: "places" });
  assert.deepEqual([...facets.countries], [1, 4]);
  assert.deepEqual([...facets.sources], [1, 0]);
  assert.equal(facets.kinds[KINDS.indexOf("capital")], 1);
  assert.deepEqual(facets.usage, { literal: 0, quiet: 1, demonyms: 0 });
  const all = selector.select(EVERYTHING).facets;
  assert.deepEqual(all.usage, { literal: 3, quiet: 1, demonyms: 1 });
  assert.deepEqual([...all.countries], [0, 3]);
  assert.deepEqual([...all.quiet.countries], [1, 0]); // named quietly alone, and can be chosen
  assert.deepEqual([...selector.select({ ...EVERYTHING, countries: new Set([0]) }).places], [2]);
  assert.deepEqual([...all.confidence], [0, 0, 0, 0, 1, 0, 0, 0, 0, 2]);
});

test("days are counted under the other filters and not under their own", () => {
  const day = readDay("2025-03-01");
  const count = (part: Partial<typeof EVERYTHING>): number[] => [...selector.select({ ...EVERYTHING, ...part }).days.count];
  assert.deepEqual([...selector.select(EVERYTHING).days.day], [day, day + 1]);
  assert.deepEqual(count({}), [2, 0]);
  assert.deepEqual(count({ demonyms: true, associative: "places" }), [2, 2]);
  assert.deepEqual(count({ demonyms: true, associative: "places", days: [day, day] }), [2, 2]);
  assert.deepEqual(count({ demonyms: true, undated: false, sources: new Set([1]) }), [2, 0]);
});

test("places come by mentions, reports and excerpts by date", () => {
  const selection = selector.select({ ...EVERYTHING, demonyms: true });
  assert.deepEqual([...selection.places], [0, 1, 2]);
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

test("an excerpt keeps to the title, or to the body", () => {
  const title = "Rain in Kyiv. Sun in Lviv.";
  const text = `${title}\n\nNothing else. Snow fell in Lviv.`;
  const starts = ["Rain", "Sun", "Nothing", "Snow"].map((word) => text.indexOf(word));
  const cut = (title: string, name: string, from = 0): string => {
    const start = text.indexOf(name, from);
    const reports = { ...corpus.reports, title: [title], text: () => text, sentences: () => starts };
    const mentions = { ...corpus.mentions, report: [0], start: [start], end: [start + name.length] };
    return cutExcerpts({ ...corpus, reports, mentions } as unknown as typeof corpus, [0]).map((excerpt) => text.slice(excerpt.start, excerpt.end).trim())[0]!;
  };
  assert.equal(cut(title, "Lviv"), title);
  assert.equal(cut(title, "Kyiv"), title);
  assert.equal(cut(title, "Nothing"), "Nothing else. Snow fell in Lviv.");
  assert.equal(cut(title, "Lviv", 30), "Nothing else. Snow fell in Lviv.");
  assert.equal(cut("", "Lviv"), text.slice(0, text.indexOf(" Snow")));
});

test("suggestions begin as what is typed does", () => {
  assert.deepEqual(selector.suggest("LV"), [1]);
  assert.deepEqual(selector.suggest("viv"), []);
});

test("links join places that follow each other, in one report", () => {
  const links = findLinks(corpus, [0, 1, 2, 3, 4]);
  assert.deepEqual(links.map(({ from, to, times }) => [from.latitude, to.latitude, times]), [[50.45, 49.84, 1], [50.45, 55.75, 1]]);
});
