// Three made-up reports with six names: what the tests of the data share.
import { type Corpus } from "../src/data/corpus";
import { readDay } from "../src/data/days";
import { KINDS } from "../src/kinds";

export const TEXTS = ["Rain in Kyiv. Sun in Lviv. Nothing else. Snow fell. The end came.", "Kyivan crews. Moscow denied it.", "Lviv slept."];
const DATES = ["2025-03-01", "2025-03-02T12:00:00", ""];
const NAMES = ["Kyiv", "Lviv", "Moscow"];
// report, place, start, end, kind, usage, confidence
const ROWS = [
  [0, 0, 8, 12, 0, 0, 90],
  [0, 1, 21, 25, 0, 0, 40],
  [1, 0, 0, 6, 1, 0, 80],
  [1, 2, 14, 20, 0, 2, 70],
  [2, 1, 0, 4, 0, 0, 99],
  [2, -1, 5, 10, 0, 0, 0],
] as const;

export function makeCorpus(): Corpus {
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
      literal: column(5).map((usage) => (usage === 0 ? 100 : 5)),
      confidence: Uint8Array.from(column(6)),
      corrected: new Uint8Array(ROWS.length),
      name: (mention) => TEXTS[ROWS[mention]![0]]!.slice(ROWS[mention]![2], ROWS[mention]![3]),
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
      isApproximate: new Uint8Array(3),
      population: new Float64Array(3),
      feature: ["P.PPLC", "P.PPLA", "P.PPLC"],
      isArea: new Uint8Array(3),
      hasPolygon: new Uint8Array(3),
      outline: () => null,
      anchor: () => null,
      key: (place) => NAMES[place]!,
      find: (key) => (NAMES.includes(key) ? NAMES.indexOf(key) : undefined),
      mentions: (place) => Uint32Array.from([1, 0, 2].flatMap((report) => ROWS.flatMap((row, at) => (row[0] === report && row[1] === place ? [at] : [])))),
    },
  };
}
