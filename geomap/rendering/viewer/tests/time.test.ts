import assert from "node:assert/strict";
import { test } from "node:test";
import { fillBins, findBin, makeBins } from "../src/time/bins";
import { addUnits, movePeriod, readDay, startOf, unitAround, writeDay } from "../src/time/calendar";
import { isAtEnd, stepOn } from "../src/time/player";
import { chooseTicks, Scale } from "../src/time/scale";

const day = (text: string): number => readDay(text)!;
const period = (first: string, last: string): [number, number] => [day(first), day(last)];
const write = (days: readonly [number, number] | null): string => (days ? days.map(writeDay).join(" ") : "");

test("days are read and written as ISO 8601 and as nothing else", () => {
  assert.equal(day("1970-01-02"), 1);
  assert.equal(writeDay(day("2025-02-28")), "2025-02-28");
  for (const text of ["", "2025", "2025-13-01", "25-05-2025", "2025-05-25T12:00"]) assert.equal(readDay(text), null);
});

test("weeks begin on Monday, before 1970 too", () => {
  assert.equal(writeDay(startOf(day("2025-05-25"), "week")), "2025-05-19");
  assert.equal(writeDay(startOf(day("1969-12-31"), "week")), "1969-12-29");
});

test("units know months of every length, leap years and the years below 100", () => {
  assert.equal(write(unitAround(day("2024-02-10"), "month")), "2024-02-01 2024-02-29");
  assert.equal(writeDay(addUnits(day("2025-12-31"), "quarter", 1)), "2026-01-01");
  assert.equal(write(unitAround(day("0033-04-03"), "year")), "0033-01-01 0033-12-31");
});

test("a period of whole months stays one when it moves, another keeps its length", () => {
  assert.equal(write(movePeriod(period("2025-01-01", "2025-01-31"), "month", 1)), "2025-02-01 2025-02-28");
  assert.equal(write(movePeriod(period("2025-01-31", "2025-02-02"), "month", 1)), "2025-02-28 2025-03-02");
  assert.equal(write(movePeriod(period("2025-01-01", "2025-01-03"), "day", -1)), "2024-12-31 2025-01-02");
});

test("steps begin at the end that they come from and stop at the other", () => {
  const range = period("2025-03-03", "2025-05-25");
  assert.equal(write(stepOn(null, range, "month", 1)), "2025-03-01 2025-03-31");
  assert.equal(write(stepOn(null, range, "week", -1)), "2025-05-19 2025-05-25");
  assert.equal(stepOn(period("2025-05-01", "2025-05-31"), range, "month", 1), null);
  assert.equal(isAtEnd(period("2025-05-01", "2025-05-31"), range, "month"), true);
  assert.equal(isAtEnd(period("2025-04-01", "2025-04-30"), range, "month"), false);
});

test("bars are as fine as there is room for, and hold every mention once", () => {
  const range = period("1900-01-01", "2025-05-25");
  const bins = makeBins(range, 150);
  assert.equal(bins.unit, "year");
  const days = [day("1900-01-01"), day("1999-12-31"), day("2000-01-01"), day("2025-05-25")];
  const heights = fillBins(bins, days, [1, 2, 3, 4]);
  assert.equal(heights.reduce((sum, height) => sum + height), 10);
  assert.deepEqual([heights[0], heights[99], heights[100], heights.at(-1)], [1, 2, 3, 4]);
  assert.equal(findBin(bins, day("2000-06-01")), 100);
  assert.equal(makeBins(period("2025-05-25", "2025-05-25"), 150).edges.length, 2);
});

test("a scale leads from days to pixels and back, and stays inside", () => {
  const scale = new Scale(100, 200, 500);
  assert.equal(scale.toPixel(150), 250);
  assert.equal(scale.toDay(250), 150);
  assert.deepEqual([scale.toDay(-20), scale.toDay(9999)], [100, 199]);
  assert.ok(chooseTicks(makeBins([100, 199], 150), scale).length <= 6);
});
