import assert from "node:assert/strict";
import { test } from "node:test";
import { orderNewest, readTime } from "../src/data/days";

test("the newest report comes first, those of one moment as they stand, those without a date last", () => {
  const dates = ["2025-03-01", "", "2025-03-02T12:00:00", "2025-03-02", "soon", "2025-03-02T14:00:00+03:00", "1861-04-12", "2025-03-02"];
  assert.deepEqual([...orderNewest(dates)], [2, 5, 3, 7, 0, 6, 1, 4]);
});

test("a day is the moment in which it begins, wherever the reader is", () => {
  assert.equal(readTime("2025-03-01"), Date.UTC(2025, 2, 1));
  assert.equal(readTime("2025-03-01T10:00:00"), Date.UTC(2025, 2, 1, 10));
  assert.equal(readTime(""), -Infinity);
});

test("dates too far apart for their age to be one number are still in order", () => {
  const dates = ["+275760-09-13T00:00:00Z", "-271821-04-20T00:00:00Z", ...Array.from({ length: 2000 }, (_, day) => new Date(day * 86_400_000).toISOString())];
  const order = [...orderNewest(dates)];
  assert.deepEqual([order[0], order[1], order.at(-2), order.at(-1)], [0, 2001, 2, 1]);
});
