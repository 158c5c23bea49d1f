import assert from "node:assert/strict";
import { test } from "node:test";
import { findDone } from "../src/corrections/concerned";
import { type Correction, makeNamePattern, nameKey } from "../src/corrections/correction";
import type { Entry } from "../src/corrections/entry";
import { Ledger } from "../src/corrections/ledger";
import { LiveCorpus } from "../src/corrections/live";
import { readPoint } from "../src/corrections/options";
import { findPoint } from "../src/geodesy";
import { readEntries } from "../src/corrections/reading";
import type { Storage } from "../src/corrections/storage";
import { writeTable } from "../src/corrections/table";
import { type Corpus, Corrected } from "../src/data/corpus";
import { toCodePoints, toUnits } from "../src/data/offsets";
import { EVERYTHING } from "../src/data/filter";
import { Selector } from "../src/data/selection";
import { findUnmarked, snapToWords } from "../src/reader/missed";
import { makeCorpus } from "./made_up";

const ODESA = { placeId: "geonames:698740", name: "Odesa", latitude: 46.48, longitude: 30.73, country: "UA", admin1: "", feature: "P.PPLA" };
const LVIV = { ...ODESA, placeId: "Lviv", name: "Lviv" };

function correct(part: Partial<Correction>): Correction {
  return { name: "Kyiv", action: "is", reach: "everywhere", report: "", start: -1, target: ODESA, usage: "", note: "", date: "2026-05-04", ...part };
}

const here = (name: string, report: string, start: number, part: Partial<Correction> = {}): Correction => correct({ name, reach: "here", report, start, ...part });

/** Place and name of every mention after corrections. */
function names(...corrections: Correction[]): string[] {
  const corpus = new LiveCorpus(makeCorpus());
  corpus.correct(corrections);
  const { mentions, places, reports } = corpus;
  return Array.from(mentions.place, (place, mention) => `${reports.id[mentions.report[mention]!]}:${mentions.name(mention)}=${place < 0 ? "?" : places.name[place]}`);
}

test("the made-up names have their places", () => {
  assert.deepEqual(names(), ["a:Kyiv=Kyiv", "a:Lviv=Lviv", "b:Kyivan=Kyiv", "b:Moscow=Moscow", "c:Lviv=Lviv", "c:slept=?"]);
});

test("a name is another place: here, in the report, everywhere", () => {
  assert.deepEqual(names(here("Kyiv", "a", 8)).slice(0, 3), ["a:Kyiv=Odesa", "a:Lviv=Lviv", "b:Kyivan=Kyiv"]);
  assert.deepEqual(names(correct({ name: "Lviv", reach: "report", report: "c" })).slice(4), ["c:Lviv=Odesa", "c:slept=?"]);
  assert.deepEqual(names(correct({ name: "Lviv" })).filter((name) => name.endsWith("Odesa")), ["a:Lviv=Odesa", "c:Lviv=Odesa"]);
  assert.deepEqual(names(here("Kyiv", "a", 9)), names()); // nothing begins there
  assert.deepEqual(names(correct({ name: "kyiv" })), names()); // capitals included
});

test("the narrower correction wins, whatever the order", () => {
  const wide = correct({ name: "Lviv" });
  const narrow = correct({ name: "Lviv", reach: "report", report: "a", action: "is-not-a-place", target: null });
  for (const all of [[wide, narrow], [narrow, wide]]) assert.deepEqual(names(...all), ["a:Kyiv=Kyiv", "b:Kyivan=Kyiv", "b:Moscow=Moscow", "c:Lviv=Odesa", "c:slept=?"]);
  assert.equal(names(narrow, here("Lviv", "a", 21))[1], "a:Lviv=Odesa");
});

test("a name without a place gets one, and a name that was missed appears as a whole word", () => {
  assert.equal(names(correct({ name: "slept" })).at(-1), "c:slept=Odesa");
  const missed = correct({ name: "Sun", action: "is-a-place" });
  assert.deepEqual(names(missed).slice(0, 3), ["a:Kyiv=Kyiv", "a:Sun=Odesa", "a:Lviv=Lviv"]);
  assert.deepEqual(names({ ...missed, name: "Su" }), names());
  assert.deepEqual(names(correct({ name: "Snow", action: "is-a-place", target: null }))[2], "a:Snow=?"); // the build finds where
});

test("a single missed name takes the place of what it overlaps, a general one only of what it holds", () => {
  const denial = { name: "Moscow denied", action: "is-a-place" } as const;
  assert.deepEqual(names(here(denial.name, "b", 14, denial)).slice(2, 4), ["b:Kyivan=Kyiv", "b:Moscow denied=Odesa"]);
  assert.equal(names(correct(denial))[3], "b:Moscow denied=Odesa");
  assert.deepEqual(names(correct({ name: "Kyivan", action: "is-a-place" }))[2], "b:Kyivan=Odesa");
});

test("counts, facets, lists and search follow, and rows of places stay when it is undone", () => {
  const corpus = new LiveCorpus(makeCorpus());
  const selector = new Selector(corpus);
  corpus.correct([correct({ name: "Lviv", target: { ...ODESA, placeId: "", country: "MD" } })]);
  selector.renew();
  const selection = selector.select(EVERYTHING);
  assert.deepEqual([...selection.places].map((place) => corpus.places.name[place]), ["Odesa", "Kyiv", "Moscow"]);
  assert.deepEqual([...selection.facets.countries], [0, 1, 2]);
  assert.deepEqual(corpus.countries, ["RU", "UA", "MD"]);
  assert.equal(corpus.counts.places, 3);
  assert.ok(selection.isCorrected(3) && !selection.isCorrected(0));
  assert.deepEqual(selector.suggest("ode"), [3]);
  assert.deepEqual(selector.suggest("lviv"), []);
  assert.equal(selector.select({ ...EVERYTHING, query: "odesa" }).mentionCount, 2);
  assert.equal(corpus.mentions.confidence[1], 100);
  assert.deepEqual(corpus.mentions.evidence(1), ["corrected on 2026-05-04"]);
  assert.deepEqual(corpus.mentions.alternatives(1).map(({ placeId }) => placeId), ["Lviv"]);
  corpus.correct([]);
  assert.deepEqual(corpus.counts, { ...makeCorpus().counts });
  assert.equal(corpus.places.name[3], "Odesa");
});

test("a distance is measured anew from the corrected place, unless this very mention was put somewhere", () => {
  const base = makeCorpus();
  const anchor = { placeId: "Kyiv", name: "Kyiv", latitude: 50.45, longitude: 30.52, distance: 100, bearing: 180 };
  const displaced: Corpus = { ...base, places: { ...base.places, anchor: (place) => (place === 0 ? anchor : null) } };
  const corpus = new LiveCorpus(displaced);
  corpus.correct([correct({ name: "Kyiv", reach: "report", report: "a" })]);
  const place = corpus.mentions.place[0]!;
  assert.deepEqual([corpus.places.name[place], corpus.places.latitude[place]], ["100 km from Odesa", 45.58068]);
  assert.equal(corpus.places.anchor(place)?.name, "Odesa");
  corpus.correct([here("Kyiv", "a", 8)]);
  assert.equal(corpus.places.name[corpus.mentions.place[0]!], "Odesa");
  assert.deepEqual(findPoint({ latitude: 0, longitude: 179.5 }, 111.195, 90), { latitude: 0, longitude: -179.5 });
});

test("a name whose place is corrected is a place, unless the correction says that it stands for a government", () => {
  const corpus = new LiveCorpus(makeCorpus());
  const select = (part: Partial<Correction>): number[] => {
    corpus.correct([correct({ name: "Moscow", ...part })]);
    const { mentionCount, quietCount } = new Selector(corpus).select(EVERYTHING);
    return [mentionCount, quietCount, corpus.mentions.literal[3]!];
  };
  assert.deepEqual(select({}), [4, 0, 100]);
  assert.deepEqual(select({ usage: "associative" }), [3, 1, 0]);
  assert.deepEqual(select({ target: null, usage: "literal" }), [4, 0, 100]);
  assert.deepEqual(select({ target: null, action: "is-a-place" }), [3, 1, 5]);
  assert.deepEqual(select({ name: "Kyivan" }), [4, 1, 5]); // it was a nationality, which is not shown when the map opens
});

test("what was stored before usage could be corrected is still believed", () => {
  const { usage, ...older } = { ...here("Kyiv", "a", 8), progress: "new" };
  assert.deepEqual(readEntries(JSON.stringify([older])), [{ ...older, usage: "" }]);
  assert.deepEqual(readEntries(JSON.stringify([{ ...older, usage: "figurative" }])), []);
});

test("the table is what geomap reads, with formulas made harmless", () => {
  const rows = writeTable([
    here("=HYPERLINK(1)", "a, b.txt", 3, { note: '+"x"' }),
    correct({ action: "is-not-a-place", target: null }),
    correct({ reach: "report", report: "'=r", target: { ...ODESA, placeId: "", latitude: -46.1234567 } }),
  ]).split("\r\n");
  assert.deepEqual(rows, [
    "\ufeffname,scope,action,place,latitude,longitude,usage,note,by,date",
    `'=HYPERLINK(1),"report:a, b.txt@3",is,geonames:698740,46.48,30.73,,"'+""x""",,2026-05-04`,
    "Kyiv,*,is-not-a-place,,,,,,,2026-05-04",
    "Kyiv,report:'=r,is,,-46.123457,30.73,,,,2026-05-04",
    "",
  ]);
});

test("what is stored is believed only where it is a correction", () => {
  const good: Entry = { ...here("Kyiv", "a", 8), progress: "new" };
  const others: Entry[] = [
    { ...correct({ name: "Sun", action: "is-a-place" }), progress: "saved" },
    { ...correct({ name: "Snow", action: "is-a-place", target: null, reach: "report", report: "a" }), progress: "downloaded" },
    { ...correct({ name: "Lviv", action: "is-not-a-place", target: null }), progress: "new" },
  ];
  assert.deepEqual(readEntries(JSON.stringify([good, ...others])), [good, ...others]);
  const wrong: unknown[] = [
    ...["", "[", "{}", "null", "7"],
    ...[{ name: 5 }, { name: " " }, { action: "run" }, { reach: "world" }, { start: -1 }, { start: 1.5 }, { start: "8" }, { date: "today" }, { progress: "sent" }].map((part) => [{ ...good, ...part }]),
    ...[{ latitude: 91 }, { longitude: NaN }, { placeId: "x" }, { placeId: "a:b\nc" }, { country: "<b>" }, { name: null }].map((part) => [{ ...good, target: { ...ODESA, ...part } }]),
    ...[{ target: null }, { target: [] }, { action: "is-not-a-place" }, { report: "" }, { reach: "everywhere", start: -1 }, { name: "x".repeat(301) }, { note: "x".repeat(1001) }].map((part) => [{ ...good, ...part }]),
    [null, [], "x", 5],
    "x".repeat(5_000_000),
  ];
  for (const rows of wrong) assert.deepEqual(readEntries(typeof rows === "string" ? rows : JSON.stringify(rows)), [], JSON.stringify(rows).slice(0, 200));
  const mixed = readEntries(JSON.stringify([{ ...good, extra: 1, __proto__: { x: 1 } }, { ...good, note: "later" }]));
  assert.deepEqual(mixed, [{ ...good, note: "later" }]); // one of a name and scope, and nothing else
});

function remember(text = ""): Storage & { text: string; tell: () => void } {
  return {
    text,
    isLasting: true,
    tell: () => undefined,
    read() {
      return this.text;
    },
    write(written) {
      if (written.includes("too large")) throw new Error("quota");
      this.text = written;
    },
    follow(listener) {
      this.tell = listener;
    },
  };
}

test("the ledger keeps one correction of each name and scope, and nothing when all are undone", () => {
  const storage = remember();
  const ledger = new Ledger(storage);
  ledger.add(correct({ note: "first" }));
  ledger.add(here("Kyiv", "a", 8));
  ledger.add(correct({ note: "second" }));
  assert.deepEqual(ledger.entries.map(({ note, progress }) => [note, progress]), [["", "new"], ["second", "new"]]);
  ledger.mark(ledger.entries.slice(0, 1), "downloaded");
  assert.deepEqual(new Ledger(storage).entries.map(({ progress }) => progress), ["downloaded", "new"]);
  ledger.remove(ledger.entries);
  assert.equal(storage.text, "");
});

test("the ledger follows other windows, and goes on where nothing can be stored", () => {
  const storage = remember();
  const ledger = new Ledger(storage);
  const other = new Ledger(remember());
  let told = 0;
  ledger.follow(() => told++);
  other.add(correct({}));
  storage.text = JSON.stringify(other.entries);
  storage.tell();
  assert.deepEqual([ledger.entries.length, told, ledger.isLasting], [1, 1, true]);
  ledger.add(correct({ note: "too large" }));
  assert.deepEqual([ledger.entries.length, ledger.isLasting], [1, false]);
});

test("what the build has followed is done, and nothing else", () => {
  const base = makeCorpus();
  const built = (rows: number[]): Corpus => ({ ...base, mentions: { ...base.mentions, corrected: Uint8Array.from(base.mentions.place, (_, row) => (rows.includes(row) ? Corrected.ByBuild : Corrected.No)) } });
  const isDone = (corpus: Corpus, correction: Correction, progress: Entry["progress"] = "new"): boolean => findDone(corpus, [{ ...correction, progress }]).length === 1;
  const everywhere = correct({ name: "Lviv", target: LVIV });
  assert.ok(!isDone(base, everywhere, "saved"));
  assert.ok(!isDone(built([1]), everywhere, "saved"));
  assert.ok(isDone(built([1, 4]), everywhere));
  assert.ok(!isDone(built([1, 4]), { ...everywhere, target: ODESA })); // corrected to something else
  assert.ok(isDone(built([1]), { ...everywhere, reach: "here", report: "a", start: 21, target: { ...LVIV, placeId: "", latitude: 49.84, longitude: 24.03 } }));
  const gone = correct({ name: "Paris", action: "is-not-a-place", target: null });
  assert.ok(!isDone(base, gone)); // not there, but not saved anywhere either
  assert.ok(isDone(base, gone, "downloaded"));
  assert.ok(!isDone(base, { ...gone, name: "Kyiv" }, "saved"));
  assert.ok(!isDone({ ...base, loadedTexts: () => 2 }, gone, "saved")); // who knows
});

test("names are found as words, whatever the blanks and the form of accents", () => {
  const found = (name: string, text: string): string[] => [...text.matchAll(makeNamePattern(name))].map(([one]) => one);
  assert.deepEqual(found("Novi Sad", "Novi\n Sad, Novi Sadovi, ANovi Sad"), ["Novi\n Sad"]);
  assert.deepEqual(found("São", "Sa\u0303o S\u00e3o"), ["Sa\u0303o", "S\u00e3o"]);
  assert.deepEqual(found("a.(b", "a.(b axb"), ["a.(b"]);
  assert.equal(nameKey(" Sa\u0303o \n Tomé"), "São Tomé");
});

test("a selection is widened to words, and a typed name is found where nothing marks it", () => {
  const text = "In «New  York» and Yorkshire 🚨.";
  const cut = (range: readonly [number, number] | null): string | null => range && text.slice(...range);
  assert.equal(cut(snapToWords(text, 5, 12)), "New  York");
  assert.equal(cut(snapToWords(text, 2, 5)), "New"); // blanks and signs before it
  assert.equal(snapToWords(text, 2, 4), null);
  assert.equal(snapToWords("x".repeat(200), 5, 9), null);
  assert.deepEqual(findUnmarked(text, "York", []), [9, 13]);
  assert.equal(findUnmarked(text, "York", [[4, 13]]), null);
  assert.equal(findUnmarked(text, " ", []), null);
});

test("offsets are code points in corrections, UTF-16 units in the page", () => {
  for (const text of ["a🚨b🚨c", "\ud800a"]) {
    for (let units = 0; units <= text.length; units++) {
      const points = toCodePoints(text, units);
      if (!(units > 0 && /[\ud800-\udbff]/.test(text[units - 1]!) && /[\udc00-\udfff]/.test(text[units] ?? ""))) assert.equal(toUnits(text, points), units);
    }
  }
  assert.equal(toCodePoints("🚨🚨 Kyiv", 5), 3);
  assert.equal(toCodePoints(null, 5), 5);
});

test("typed coordinates are a point", () => {
  assert.deepEqual(readPoint("49.98, 36.25"), { latitude: 49.98, longitude: 36.25 });
  assert.deepEqual(readPoint("-1.5 -70"), { latitude: -1.5, longitude: -70 });
  assert.deepEqual(readPoint("33.9° S, 18.4° E"), { latitude: -33.9, longitude: 18.4 });
  for (const words of ["Paris", "91, 0", "1, 181", "1", "1,2,3"]) assert.equal(readPoint(words), null, words);
});
