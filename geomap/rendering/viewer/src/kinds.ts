// What kind of thing a place is, from GeoNames' class and code.
import type { Place } from "./data/dataset";
import { texts } from "./texts";

type Kind = keyof typeof texts.kinds;

const BY_CLASS: Record<string, Kind> = {
  A: "region",
  H: "water",
  L: "area",
  P: "town",
  R: "road",
  S: "building",
  T: "relief",
  U: "undersea",
  V: "forest",
};
/** Kilometres round the earth. */
const EQUATOR = 40_075;
/** Kilometres that an area reaches where nobody knows how far it does. */
const USUAL_RADIUS = 60;
const CITY = 100_000;
const TOWN = 5_000;

export function kindOf(place: Place): string {
  return texts.kinds[findKind(place)];
}

/** Areas have no point of their own; a marker that looks like a pin would claim one. */
export function isArea(place: Place): boolean {
  return ["A", "L", "H"].includes(place.featureClass) && place.anchor === null;
}

/** How far to zoom in so that an area of this radius fills this many pixels. */
export function areaZoom(place: Place, pixels: number): number {
  const radius = place.radius > 0 ? place.radius : USUAL_RADIUS;
  const width = EQUATOR * Math.cos((place.latitude * Math.PI) / 180);
  return Math.min(CLOSE_ZOOM, Math.log2((pixels * width) / (2 * radius * 256)));
}

/** How far to zoom in so that a point and what is around it can be told apart. */
export const CLOSE_ZOOM = 8.5;

function findKind({ featureClass, featureCode, population }: Place): Kind {
  if (featureCode.startsWith("PCL")) return "country";
  if (/^ADM[2-5]/.test(featureCode)) return "district";
  if (featureCode === "PPLC") return "capital";
  if (featureCode === "PPLX") return "part";
  if (featureClass !== "P") return BY_CLASS[featureClass] ?? "point";
  if (population >= CITY) return "city";
  return population >= TOWN || population === 0 ? "town" : "village";
}
