// Where a map opens: where most of the mentions are.
import * as L from "leaflet";
import type { ShownPlace } from "./data/view";

/** Share of the mentions on each side that may lie outside: one remote country does not shrink all the rest. */
const TAIL = 0.04;
const WORLD = L.latLngBounds([-56, -150], [72, 165]);

export function findExtent(places: readonly ShownPlace[]): L.LatLngBounds {
  if (places.length === 0) return WORLD;
  const [south, north] = trim(places, ({ place }) => place.latitude);
  const [west, east] = trim(places, ({ place }) => place.longitude);
  return L.latLngBounds([south, west], [north, east]);
}

function trim(places: readonly ShownPlace[], coordinate: (shown: ShownPlace) => number): [number, number] {
  const sorted = [...places].sort((left, right) => coordinate(left) - coordinate(right));
  const total = sorted.reduce((sum, { mentions }) => sum + mentions.length, 0);
  const at = (share: number): number => {
    let sum = 0;
    const found = sorted.find(({ mentions }) => (sum += mentions.length) > share * total) ?? sorted.at(-1);
    return found ? coordinate(found) : 0;
  };
  return [at(TAIL), at(1 - TAIL - 1e-9)];
}

/** The zoom at which one world fills the map: further out there would be nothing but repetitions. */
export function findOutermostZoom(size: L.Point): number {
  return Math.log2(Math.max(size.x, size.y * 1.1, 256) / 256);
}
