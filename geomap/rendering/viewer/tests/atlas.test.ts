import assert from "node:assert/strict";
import { test } from "node:test";
import { type Details, makeAtlas, type World } from "../src/layers/atlas";

/** Browsers have it, Node does not. */
class Line {
  readonly points: number[] = [];
  moveTo(x: number, y: number): void {
    this.points.push(x, y);
  }
  lineTo(x: number, y: number): void {
    this.points.push(x, y);
  }
  quadraticCurveTo(): void {}
  closePath(): void {}
}
Object.assign(globalThis, { Path2D: Line });

const world = (codes: readonly string[], size: number): World => ({
  scale: [1, 1],
  translate: [0, 0],
  arcs: [[0, 0, size, 0, 0, size, -size, 0, 0, -size]],
  land: [[[0]]],
  borders: [],
  undetermined: [],
  countries: Object.fromEntries(codes.map((code) => [code, [[0]]])),
});
const details: Details = { fine: world(["FRA", "MLT"], 8), lakes: [[1000, 1000, 500, 0, 0, 500]], rivers: [] };

test("before its details are read an atlas does with the coarse level", async () => {
  let reads = 0;
  const atlas = makeAtlas(world(["FRA"], 9), () => Promise.resolve(details).finally(() => reads++));
  assert.equal(atlas.hasDetails, false);
  assert.equal(atlas.fine, atlas.coarse);
  assert.deepEqual([atlas.lakes.length, atlas.country("MLT")], [0, null]);
  assert.equal(atlas.country("FRA")?.fine.right, 9 / 360 + 0.5);
  await Promise.all([atlas.loadDetails(), atlas.loadDetails()]);
  assert.equal(reads, 1);
  assert.equal(atlas.hasDetails, true);
  assert.equal(atlas.coarse.land[0]?.right, 9 / 360 + 0.5);
  assert.equal(atlas.fine.land[0]?.right, 8 / 360 + 0.5);
  assert.equal(atlas.lakes.length, 1);
  assert.equal(atlas.country("FRA")?.coarse.right, 9 / 360 + 0.5);
  assert.equal(atlas.country("FRA")?.fine.right, 8 / 360 + 0.5);
  assert.equal(atlas.country("MLT")?.coarse.right, 8 / 360 + 0.5); // on no map of the world
  assert.equal(atlas.country("ATA"), null);
});
