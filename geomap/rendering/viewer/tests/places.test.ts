import assert from "node:assert/strict";
import test from "node:test";
import type { Block } from "../src/data/block.ts";
import type { PlaceColumns } from "../src/data/payload.ts";
import { makePlaces } from "../src/data/places.ts";
import { Outlines } from "../src/layers/outlines.ts";
import { makeCorpus } from "./made_up.ts";

const block = { numbers: () => new Uint32Array(), signed: () => new Int32Array() } as unknown as Block;
const columns: PlaceColumns = {
  id: ["geonames:692194", "geonames:706483"],
  name: ["30 km south of Sumy", "Kharkiv"],
  latitude: [50.64, 49.98],
  longitude: [34.8, 36.25],
  country: ["UA", "UA"],
  admin1: ["", ""],
  feature: ["P.PPLA", "P.PPLA"],
  population: [0, 0],
  radius: [5, 10],
  approximate: [1],
  anchor: [["geonames:692195", 30, 180], null],
  outline: [null, null],
};

test("what a point was measured from is told and found where no report names it by itself", () => {
  const anchor = makePlaces(block, columns, ["UA"], () => new Uint32Array()).anchor(0);
  assert.equal(anchor?.name, "Sumy");
  assert.ok(Math.abs(anchor.latitude - 50.91) < 0.01, "30 km to the north of the point");
  assert.ok(Math.abs(anchor.longitude - 34.8) < 0.01);
});

test("where it is named, its own name and place count", () => {
  const named = { ...columns, id: ["geonames:692194", "geonames:692195"], name: ["30 km south of it", "Sumy"], latitude: [50.64, 50.9216], longitude: [34.8, 34.8003] };
  const anchor = makePlaces(block, named, ["UA"], () => new Uint32Array()).anchor(0);
  assert.deepEqual([anchor?.name, anchor?.latitude, anchor?.longitude], ["Sumy", 50.9216, 34.8003]);
});

test("how far an area reaches stays unknown in the data, and it is drawn all the same", () => {
  const places = makePlaces(block, { ...columns, feature: ["P.PPLA", "A.ADM1"], radius: [5, 0] }, ["UA"], () => new Uint32Array());
  assert.equal(places.radius[1], 0);
  assert.ok(new Outlines({ ...makeCorpus(), places }, null).isArea(1, 8));
});

test("places that stand at the point of their unit are known as such", () => {
  const places = makePlaces(block, columns, ["UA"], () => new Uint32Array());
  assert.deepEqual([...places.isApproximate], [0, 1]);
});
