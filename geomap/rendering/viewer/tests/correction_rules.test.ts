// What corrections do, by vectors that Python follows, too (tests/corrections/test_rules_of_corrections.py).
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Action, type Correction, type CorrectedUsage, PLACE_ID } from "../src/corrections/correction";
import { Ledger } from "../src/corrections/ledger";
import { LiveCorpus } from "../src/corrections/live";
import { readPoint } from "../src/corrections/options";
import { readEntries } from "../src/corrections/reading";
import type { Storage } from "../src/corrections/storage";
import { writeTable } from "../src/corrections/table";
import type { Target } from "../src/data/corpus";
import { toUnits } from "../src/data/offsets";
import { writeCell } from "../src/export/csv";
import vectors from "../../../../tests/vectors/corrections.json";
import { describeMention, readMarked, targetOf, writeMarked } from "./marked";

interface Row {
  name: string;
  scope: string;
  action: string;
  place?: string;
  usage?: string;
  point?: number[];
  note?: string;
  date?: string;
}

type Texts = Readonly<Record<string, string>>;

interface Case {
  rule: string;
  only?: string;
  associative?: boolean;
  demonym?: boolean;
  reports: Texts;
  expected: Texts;
  rows: Row[];
  details?: ({ report: string; start: number } & Record<string, unknown>)[];
}

const NOWHERE: Target = { placeId: "", name: "", latitude: 0, longitude: 0, country: "", admin1: "", feature: "" };
const cases = vectors.cases as unknown as Case[];

for (const { rule, reports, associative, demonym, expected, rows, details = [] } of cases.filter(({ only }) => only !== "python")) {
  test(`corrections: ${rule}`, () => {
    const corpus = new LiveCorpus(readMarked(reports, { associative, demonym }));
    corpus.correct(keep(rows.map((row) => readRow(row, Object.keys(reports)))));
    assert.deepEqual(writeMarked(corpus), { ...reports, ...expected });
    for (const { report, start, ...wanted } of details) {
      const found = describeMention(corpus, report, toUnits(corpus.reports.text(corpus.reports.id.indexOf(report)), start));
      for (const [name, value] of Object.entries(wanted)) assert.deepEqual(found[name], value, name);
    }
  });
}

/** As the page does: a later correction of the same name and scope takes the earlier one's place, and all are stored and read again. */
function keep(corrections: readonly Correction[]): readonly Correction[] {
  let text = "";
  const storage: Storage = { isLasting: true, read: () => text, write: (written) => (text = written), follow: () => undefined };
  const ledger = new Ledger(storage);
  for (const one of corrections) ledger.add(one);
  return new Ledger(storage).entries;
}

function readRow({ name, scope, action, place, point, usage = "", note = "", date = "" }: Row, ids: readonly string[]): Correction {
  const target = point ? { ...NOWHERE, name, latitude: point[0]!, longitude: point[1]! } : place !== undefined ? targetOf(place) : null;
  return { name, action: action as Action, ...readScope(scope, ids), target, usage: usage as CorrectedUsage, note, date };
}

function readScope(scope: string, ids: readonly string[]): Pick<Correction, "reach" | "report" | "start"> {
  if (scope === "*") return { reach: "everywhere", report: "", start: -1 };
  const whole = scope.slice("report:".length);
  const [, report, start] = /^(.+)@(\d+)$/s.exec(whole) ?? [];
  const isMention = report !== undefined && !ids.includes(whole);
  return isMention ? { reach: "here", report, start: Number(start) } : { reach: "report", report: whole, start: -1 };
}

for (const { rule, values, line } of vectors.rows) {
  test(`rows of corrections: ${rule}`, () => {
    const { name, scope, action, place, latitude, longitude, usage, note, date } = values;
    const target = latitude === null || longitude === null ? null : { ...NOWHERE, placeId: place, latitude, longitude };
    const correction = { name, action: action as Action, ...readScope(scope, []), target, usage: usage as CorrectedUsage, note, date };
    assert.equal(writeTable([correction]).split("\r\n").slice(1, -1).join("\r\n"), line);
  });
}

test("cells that a spreadsheet would run are neutralised", () => {
  const unquote = (cell: string): string => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
  for (const [text, cell] of vectors.cells) assert.equal(unquote(writeCell(text!)), cell);
});

test("ids and points are those of Python", () => {
  const stored = (target: Target): string => JSON.stringify([{ name: "Kyiv", action: "is", reach: "everywhere", report: "", start: -1, target, note: "", date: "", progress: "new" }]);
  for (const [id, isId] of vectors.ids as [string, boolean][]) {
    assert.equal(PLACE_ID.test(id), isId, id);
    assert.equal(readEntries(stored({ ...NOWHERE, placeId: id })).length, Number(isId), id);
  }
  for (const [latitude, longitude, isPoint] of vectors.points as [number, number, boolean][]) {
    assert.equal(readEntries(stored({ ...NOWHERE, latitude, longitude })).length, Number(isPoint), `${latitude}, ${longitude}`);
    assert.deepEqual(readPoint(`${latitude}, ${longitude}`), isPoint ? { latitude, longitude } : null);
  }
});
