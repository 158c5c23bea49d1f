import assert from "node:assert/strict";
import { test } from "node:test";
import { findKindRow, KINDS } from "../src/kinds";

const kind = (feature: string, population = 0): string => KINDS[findKindRow(feature, population)]!;

test("the kind is what the code says, and the size where people live", () => {
  assert.deepEqual(["A.PCLI", "A.ADM1", "A.ADM3", "P.PPLC", "P.PPLX", "H.STM", "T.MT", ""].map((feature) => kind(feature)), [
    "country",
    "region",
    "district",
    "capital",
    "part",
    "water",
    "relief",
    "point",
  ]);
  assert.deepEqual([2_000_000, 100_000, 99_999, 5_000, 4_999, 1].map((people) => kind("P.PPL", people)), ["city", "city", "town", "town", "village", "village"]);
  assert.equal(kind("P.PPL"), "town"); // nobody knows how many
  assert.equal(kind("P.PPLC", 500), "capital");
});
