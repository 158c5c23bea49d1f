// Everything a map holds, in columns: reports, places and mentions are row numbers, and a million of them are still fast.
import type { Copy, Counts, Labels, TileServer } from "./payload";

/** `Reports.day` of a report that has no date. */
export const UNDATED = -0x8000_0000;
/** `Mentions.place` of a name without a place. */
export const UNRESOLVED = -1;

export const enum MentionKind {
  Place = 0,
  Demonym = 1,
  Coordinates = 2,
}

export const enum Usage {
  Literal = 0,
  Associative = 1,
  /** Surely associative: nothing need be or happen there. */
  Quiet = 2,
}

/** Whether a person has said what a name is. */
export const enum Corrected {
  No = 0,
  /** In corrections.csv, when the map was built. */
  ByBuild = 1,
  /** On this page, since. */
  Here = 2,
}

export interface Reports {
  readonly count: number;
  /** Stable across builds: what links and exports use. */
  readonly id: readonly string[];
  readonly title: readonly string[];
  /** Row of `Corpus.sources`. */
  readonly source: ArrayLike<number>;
  /** As the report has it, ISO 8601 or "". */
  readonly date: readonly string[];
  /** Days since 1970-01-01 of the date as written, `UNDATED` where there is none. */
  readonly day: Int32Array;
  readonly url: readonly string[];
  /** Its mentions are the rows from `firstMention[report]` up to `firstMention[report + 1]`, in the order of the text. */
  readonly firstMention: Uint32Array;
  /** Other reports that tell the same story; they do not stand among the reports. */
  copies(report: number): readonly Copy[];
  /** The text, or null where it is in a shard that is not loaded. */
  text(report: number): string | null;
  /** The text, loaded first where it has to be. Rejects where the shard's file is missing. */
  loadText(report: number): Promise<string>;
  /** Where sentences begin (UTF-16 units); the first is 0. Empty where the text is not loaded. */
  sentences(report: number): ArrayLike<number>;
}

export interface Mentions {
  readonly count: number;
  readonly report: Uint32Array;
  /** Row of `Corpus.places`, `UNRESOLVED` for a name without a place. */
  readonly place: Int32Array;
  /** UTF-16 units of the report's text. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly kind: ArrayLike<MentionKind>;
  readonly usage: ArrayLike<Usage>;
  /** Per cent: how probable it is that the name is used literally. */
  readonly literal: ArrayLike<number>;
  /** Per cent. */
  readonly confidence: Uint8Array;
  readonly corrected: Uint8Array;
  /** The name as the report writes it; the place's own name where the text is not loaded. */
  name(mention: number): string;
  alternatives(mention: number): readonly Alternative[];
  /** In words, why this place was chosen. */
  evidence(mention: number): readonly string[];
}

/** What a name may mean: a place of a gazetteer, or a point (without an id). */
export interface Target {
  /** "" for a point. */
  readonly placeId: string;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  /** ISO 3166-1 alpha-2 or "". */
  readonly country: string;
  readonly admin1: string;
  /** GeoNames' class and code, or "". */
  readonly feature: string;
}

export interface Alternative extends Target {
  /** Per cent. */
  readonly confidence: number;
}

export interface Places {
  readonly count: number;
  /** `geonames:706483`; displaced points share the id of the place that they were measured from, see `key`. */
  readonly id: readonly string[];
  readonly name: readonly string[];
  /** Row of `KINDS` in kinds.ts. */
  readonly kind: Uint8Array;
  /** Row of `Corpus.countries`. */
  readonly country: ArrayLike<number>;
  /** English name of the region, "" where there is none. */
  readonly admin1: readonly string[];
  readonly latitude: Float64Array;
  readonly longitude: Float64Array;
  /** Kilometres that the place reaches, 0 where nobody knows. */
  readonly radius: Float64Array;
  /** 1 where the point is that of its unit, because no source gives its own. */
  readonly isApproximate: Uint8Array;
  readonly population: Float64Array;
  /** GeoNames' class and code, "P.PPLC". */
  readonly feature: readonly string[];
  /** 1 where the place is an area and not a point: it is drawn as polygon or circle. */
  readonly isArea: Uint8Array;
  readonly hasPolygon: Uint8Array;
  /** Its polygon, a country's ISO alpha-3 code in the atlas, or null. */
  outline(place: number): Polygon | string | null;
  anchor(place: number): Anchor | null;
  /** Unique and stable across builds, for the URL: the id, with the point behind it where it is displaced. */
  key(place: number): string;
  find(key: string): number | undefined;
  /** All mentions of a place, the newest report first. */
  mentions(place: number): Uint32Array;
}

/** Rings: longitude, latitude, longitude ... */
export interface Polygon {
  fine(): readonly ArrayLike<number>[];
  /** With only the points that a map of the world can show; none where it is too small to be seen there. */
  coarse(): readonly ArrayLike<number>[];
}

/** What a displaced point was measured from. */
export interface Anchor {
  readonly placeId: string;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  /** Kilometres. */
  readonly distance: number;
  /** Degrees from north. */
  readonly bearing: number;
}

export interface UnresolvedName {
  readonly name: string;
  readonly mentions: Uint32Array;
}

export interface Corpus {
  readonly title: string;
  readonly version: string;
  readonly counts: Counts;
  readonly reports: Reports;
  readonly places: Places;
  readonly mentions: Mentions;
  /** Names of sources; "" is one of them where reports have none. */
  readonly sources: readonly string[];
  /** ISO 3166-1 alpha-2; "" is one of them where places lie in none. */
  readonly countries: readonly string[];
  /** The most frequent first. */
  readonly unresolved: readonly UnresolvedName[];
  readonly labels: Labels;
  /** An online base map that may be switched on; null where none was configured. */
  readonly tiles: TileServer | null;
  /** How many reports' texts are here; fewer than `counts.reports` where some are in shards. */
  loadedTexts(): number;
  /** Load what is not here yet, part by part. */
  loadAllTexts(): Promise<void>;
  /** Called after a shard has been loaded: excerpts and search know more now. */
  onTextsLoaded(listener: () => void): void;
}
