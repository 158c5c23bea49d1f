// The document that geomap/rendering/payload.py writes, in the same words. Offsets count UTF-16 units.
// Behind it stand the columns of the mentions: perReport, start, length, place, confidence, literal, flags, evidence, alternatives;
// and what is read when it is first wanted: the documents titles (string[]), reasons (string[][]) and candidates (CandidateColumns).

export const FORMAT = 4;

export interface Counts {
  reports: number;
  places: number;
  mentions: number;
  unresolved: number;
  names: number;
  /** Mentions that are older than the newest ones of their place that were asked for. */
  left_out: number;
}

/** A report that tells the same story as the one that is shown. */
export interface Copy {
  id: string;
  title: string;
  source: string;
  date: string;
  url: string;
}

export interface CandidateColumns {
  id: string[];
  name: string[];
  latitude: number[];
  longitude: number[];
  country: string[];
  admin1: string[];
  /** GeoNames' class and code, "P.PPLC". */
  feature: string[];
}

export interface PlaceColumns extends CandidateColumns {
  population: number[];
  radius: number[];
  /** Rows of places that stand at the point of their unit. */
  approximate: number[];
  /** Place id, kilometres and bearing where the point was measured from another place. */
  anchor: ([string, number, number] | null)[];
  /** Row of the polygon, alpha-3 code of a country in the atlas, or null. */
  outline: (number | string | null)[];
}

/** Names for orientation, the highest rank first. */
export interface Labels {
  name: string[];
  latitude: number[];
  longitude: number[];
  rank: number[];
  kind: LabelKind[];
}

export interface TileServer {
  url: string;
  attribution: string;
  host: string;
}

export interface Payload {
  format: number;
  version: string;
  title: string;
  counts: Counts;
  reports: {
    id: string[];
    sources: string[];
    /** Row of `sources`. */
    source: number[];
    date: string[];
    url: string[];
    /** By row of the report. */
    copies: Record<string, Copy[]>;
  };
  places: PlaceColumns;
  /** Names without a place: mentions whose place is -1 bear the first, -2 the second. */
  names: string[];
  labels: Labels;
  /** The first report of each part of the texts; `files` where the parts are in files beside the page. */
  texts: { first: number[]; files?: string[] };
  tiles?: TileServer | null;
  /** Digests of what the mentions were found by, for builds that are compared with this map; the page has no use for them. */
  versions?: Record<string, string>;
}

export type LabelKind = "country" | "region" | "city" | "water";

/** What `flags` of a mention hold: the kind in the lowest two bits. */
export const enum Flag {
  Kind = 3,
  Associative = 4,
  Corrected = 8,
  /** Surely associative: geomap/model.py says how sure that is. */
  Quiet = 16,
}
