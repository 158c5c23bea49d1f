// How far out a map may zoom.
import type * as L from "leaflet";

/** The zoom at which one world fills the map: further out there would be nothing but repetitions. */
export function findOutermostZoom(size: L.Point): number {
  return Math.log2(Math.max(size.x, size.y * 1.1, 256) / 256);
}
