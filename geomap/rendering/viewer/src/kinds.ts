// What kind of thing a place is, from GeoNames' class and code.
import { onceFor } from "./once";

/** Kinds of places; `Places.kind` holds rows of this, texts name them. */
export const KINDS = [
  "country",
  "region",
  "district",
  "capital",
  "city",
  "town",
  "village",
  "part",
  "water",
  "area",
  "building",
  "relief",
  "road",
  "forest",
  "undersea",
  "point",
] as const;

export type Kind = (typeof KINDS)[number];

const BY_CLASS: Record<string, Kind> = {
  A: "region",
  H: "water",
  L: "area",
  P: "city",
  R: "road",
  S: "building",
  T: "relief",
  U: "undersea",
  V: "forest",
};
const CITY = 100_000;
const TOWN = 5_000;
/** Mountains, forests and the sea floor are areas from this radius in kilometres on; a peak is a point. */
const WIDE = 10;

/** The row of the kind, from GeoNames' class and code ("P.PPLC"). */
export function findKindRow(feature: string, population: number): number {
  return KINDS.indexOf(findKind(feature, population));
}

export function findKind(feature: string, population: number): Kind {
  const kind = findByCode(feature);
  return kind === "city" ? findSize(population) : kind;
}

/** Whether a place has an extent and no point of its own: a marker that looks like a pin would claim one. */
export function isAreaFeature(feature: string, radius: number): boolean {
  const featureClass = feature.charAt(0) || "-";
  return "ALH".includes(featureClass) || ("TUV".includes(featureClass) && radius >= WIDE);
}

/** Any place where people live is a city as long as nobody asks how many; there are few codes, and many places. */
const findByCode = onceFor(new Map<string, Kind>(), readCode);

function readCode(feature: string): Kind {
  const [featureClass = "", featureCode = ""] = feature.split(".");
  if (featureCode.startsWith("PCL")) return "country";
  if (/^ADM[2-5]/.test(featureCode)) return "district";
  if (featureCode === "PPLC") return "capital";
  if (featureCode === "PPLX") return "part";
  return BY_CLASS[featureClass] ?? "point";
}

function findSize(population: number): Kind {
  if (population >= CITY) return "city";
  return population >= TOWN || population === 0 ? "town" : "village";
}
