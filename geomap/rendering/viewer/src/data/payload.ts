// The document that geomap/rendering/payload.py writes, in the same words. Offsets count UTF-16 units.

export interface Counts {
  reports: number;
  places: number;
  mentions: number;
  unresolved: number;
  names: number;
}

export interface Payload {
  format: number;
  version: string;
  title: string;
  counts: Counts;
  reports: {
    id: string[];
    title: string[];
    source: string[];
    date: string[];
    url: string[];
    text: string[];
    /** Where sentences begin, each as the distance from the one before. */
    sentences: number[][];
  };
  places: {
    id: string[];
    name: string[];
    latitude: number[];
    longitude: number[];
    country: string[];
    admin1: string[];
    /** GeoNames' class and code, "P.PPLC". */
    feature: string[];
    population: number[];
    radius: number[];
    /** Place id, kilometres and bearing where the point was measured from another place. */
    anchor: ([string, number, number] | null)[];
  };
  mentions: {
    /** How many mentions each report has; the other columns follow report by report. */
    count: number[];
    /** Distance from the mention before in the same report. */
    start: number[];
    length: number[];
    /** Row of the place, -1 for a name without a place. */
    place: number[];
    sense: Sense[];
    /** Per cent. */
    confidence: number[];
  };
  labels: {
    name: string[];
    latitude: number[];
    longitude: number[];
    rank: number[];
    kind: LabelKind[];
  };
}

export type LabelKind = "country" | "region" | "city" | "water";

export const enum Sense {
  Place = 0,
  Coordinates = 1,
  Associative = 2,
  Demonym = 3,
}

/** "Moscow denied" and "Russian troops" name a place without saying that anything is there. */
export function isIndirect(sense: Sense): boolean {
  return sense === Sense.Associative || sense === Sense.Demonym;
}
