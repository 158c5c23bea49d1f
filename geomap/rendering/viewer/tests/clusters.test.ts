import assert from "node:assert/strict";
import { test } from "node:test";
import { Clusters } from "../src/layers/clusters";

const WORLD = { left: 0, right: 1, top: 0, bottom: 1 };
const EVERYWHERE = { left: -1, right: 2, top: -1, bottom: 2 };

function gather(points: readonly [number, number, number][], zoom: number): Clusters {
  const order = points.map((_, row) => row).sort((left, right) => points[right]![2] - points[left]![2]);
  return new Clusters(
    {
      rows: order,
      longitude: points.map(([longitude]) => longitude),
      latitude: points.map(([, latitude]) => latitude),
      mentions: points.map(([, , mentions]) => mentions),
      confidence: points.map((_, row) => 10 * row),
    },
    zoom,
  );
}

test("places of one spot are one cluster at every zoom, and all of them are in it", () => {
  const clusters = gather([[36, 50, 3], [36, 50, 7], [36, 50, 1]], 13);
  const [cluster, ...others] = clusters.find(EVERYWHERE);
  assert.deepEqual(others, []);
  assert.deepEqual([cluster?.place, cluster?.size, cluster?.mentions, cluster?.confidence], [1, 3, 11, 20]);
  assert.deepEqual(clusters.members(cluster!), [1, 0, 2]);
});

test("what is far enough apart stands alone; the nearest cluster takes what lies between", () => {
  const points: [number, number, number][] = [[0, 0, 9], [60, 0, 8], [28, 0, 1]];
  assert.deepEqual(gather(points, 1).find(EVERYWHERE).map(({ place, size }) => [place, size]), [[0, 2], [1, 1]]);
  assert.equal(gather(points, 6).find(EVERYWHERE).length, 3);
});

test("no two markers stand closer than a marker is wide", () => {
  let seed = 7;
  const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  const points = Array.from({ length: 3000 }, (): [number, number, number] => [random() * 40, random() * 40, Math.ceil(random() * 9)]);
  const clusters = gather(points, 6);
  const found = clusters.find(EVERYWHERE);
  assert.equal(found.reduce((sum, { size }) => sum + size, 0), 3000);
  const size = 256 * 2 ** 6;
  const place = (row: number): [number, number] => {
    const [longitude, latitude] = points[row]!;
    const sine = Math.sin((latitude * Math.PI) / 180);
    return [(longitude / 360 + 0.5) * size, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size];
  };
  const spots = found.map((cluster) => place(cluster.place));
  const nearest = spots.reduce((least, [x, y], row) => spots.slice(row + 1).reduce((less, [otherX, otherY]) => Math.min(less, Math.hypot(x - otherX, y - otherY)), least), Infinity);
  assert.ok(nearest >= 54 - 1e-6, String(nearest));
});

test("only what stands in the box is given", () => {
  const clusters = gather([[-100, 10, 1], [100, 10, 2]], 5);
  assert.deepEqual(clusters.find({ ...WORLD, left: 0.5 }).map(({ place }) => place), [1]);
});
