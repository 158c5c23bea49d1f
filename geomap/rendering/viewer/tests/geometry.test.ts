import assert from "node:assert/strict";
import { test } from "node:test";
import { addUpSteps } from "../src/data/steps";
import { makeCircle, toPixels, toUnit, unroll } from "../src/layers/geometry";

test("the middle of the map is where the equator meets Greenwich", () => {
  assert.deepEqual(toUnit(0, 0), [0.5, 0.5]);
  assert.ok(toUnit(180, 85.05)[1] < 0.001);
});

test("a ring over the antimeridian goes on without a jump", () => {
  assert.deepEqual(unroll([179, 0, -179, 0, -179, 1, 179, 1]), [179, 0, 181, 0, 181, 1, 179, 1]);
});

test("a ring round a pole is closed behind it", () => {
  const ring = unroll([-120, -70, 0, -70, 120, -70, -120, -70]);
  assert.deepEqual(ring.slice(-4), [240, -90, -120, -90]);
});

test("every point of a circle is as far from its middle", () => {
  const circle = makeCircle(34, 60, 300);
  for (let at = 0; at < circle.length; at += 2) {
    const [longitude, latitude] = [circle[at]!, circle[at + 1]!].map((degrees) => (degrees * Math.PI) / 180) as [number, number];
    const [middle, north] = [(34 * Math.PI) / 180, (60 * Math.PI) / 180];
    const cosine = Math.sin(north) * Math.sin(latitude) + Math.cos(north) * Math.cos(latitude) * Math.cos(longitude - middle);
    assert.ok(Math.abs(Math.acos(cosine) * 6371 - 300) < 2);
  }
});

test("kilometres take more pixels in the north", () => {
  assert.ok(Math.abs(toPixels(40_075, 0, 0) - 256) < 1e-9);
  assert.ok(Math.abs(toPixels(100, 60, 3) / toPixels(100, 0, 3) - 2) < 1e-9);
});

test("lines are added up from their steps", () => {
  assert.deepEqual([...addUpSteps([1000, 2000, -500, 1, 7, 7], 0, 4)], [1, 2, 0.5, 2.001]);
});
