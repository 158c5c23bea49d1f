// The world's land, borders and waters as paths, at two levels of detail.
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from "geojson";
import type { GeometryCollection, GeometryObject, MultiPolygon as TopoMultiPolygon, Polygon as TopoPolygon, Topology } from "topojson-specification";
import { feature, merge, mesh } from "topojson-client";
import { addUpSteps, makeShape, makeSmoothShape, type Ring, type Shape, unroll } from "./geometry";

export interface Atlas {
  readonly coarse: Level;
  readonly fine: Level;
  readonly lakes: readonly Shape[];
  readonly rivers: readonly Shape[];
  /** The outline of a country by its ISO 3166-1 alpha-3 code. */
  country(code: string): Outline | null;
}

export interface Level {
  readonly land: readonly Shape[];
  readonly borders: readonly Shape[];
  /** Borders that the United Nations do not regard as final. */
  readonly undetermined: readonly Shape[];
}

export interface Outline {
  readonly coarse: Shape;
  readonly fine: Shape;
}

interface Country {
  readonly name: string;
  readonly a3?: string;
}
type World = Topology<{ countries: GeometryCollection<Country>; land: GeometryObject }>;
type Line = readonly (readonly number[])[];

// Natural Earth cuts these off; for the United Nations they are part of the other.
const PART_OF: Record<string, string> = { CYN: "CYP", SOL: "SOM" };
const UNDETERMINED = new Set(["SRB XKX", "ESH MAR", "IND KAS", "KAS PAK", "CHN KAS"]);

export interface AtlasDocument {
  readonly coarse: World;
  readonly fine: World;
  /** Steps in thousandths of a degree. */
  readonly lakes: readonly (readonly number[])[];
  readonly rivers: readonly (readonly number[])[];
}

export function makeAtlas(document: AtlasDocument): Atlas {
  const outlines = new Map<string, Outline | null>();
  const coarse = once(() => makeLevel(document.coarse));
  const fine = once(() => makeLevel(document.fine));
  const lakes = once(() => document.lakes.map((steps) => makeSmoothShape(addUpSteps(steps), true)));
  const rivers = once(() => document.rivers.map((steps) => makeSmoothShape(addUpSteps(steps), false)));
  return {
    get coarse() {
      return coarse();
    },
    get fine() {
      return fine();
    },
    get lakes() {
      return lakes();
    },
    get rivers() {
      return rivers();
    },
    country: (code) => {
      if (!outlines.has(code)) outlines.set(code, makeOutline(document, code));
      return outlines.get(code) ?? null;
    },
  };
}

/** Made when it is first wanted: a map of the world needs no fine borders. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}

function makeOutline({ coarse, fine }: AtlasDocument, code: string): Outline | null {
  if (findParts(fine, code).length === 0) return null;
  const fineShape = once(() => makeShape(countryRings(fine, code), true));
  // small countries are on the fine level only
  const coarseShape = once(() => (findParts(coarse, code).length > 0 ? makeShape(countryRings(coarse, code), true) : fineShape()));
  return {
    get coarse() {
      return coarseShape();
    },
    get fine() {
      return fineShape();
    },
  };
}

type Part = TopoPolygon<Country> | TopoMultiPolygon<Country>;

function findParts(world: World, code: string): Part[] {
  return world.objects.countries.geometries
    .filter((part): part is Part => part.type === "Polygon" || part.type === "MultiPolygon")
    .filter(({ properties }) => sovereign(properties?.a3 ?? "") === code);
}

function countryRings(world: World, code: string): Ring[] {
  return merge(world, findParts(world, code)).coordinates.flatMap((rings) => rings.map((ring) => unroll(ring.flat())));
}

function makeLevel(world: World): Level {
  return {
    land: landRings(world).map((rings) => makeShape(rings.map((ring) => unroll(ring.flat())), true)),
    borders: borderLines(world, (pair) => !UNDETERMINED.has(pair)).map((line) => makeShape([line.flat()], false)),
    undetermined: borderLines(world, (pair) => UNDETERMINED.has(pair)).map((line) => makeShape([line.flat()], false)),
  };
}

function landRings(world: World): readonly (readonly Line[])[] {
  const found: Feature | FeatureCollection = feature(world, world.objects.land);
  return ("features" in found ? found.features : [found]).flatMap(({ geometry }) => polygonsOf(geometry as Polygon | MultiPolygon));
}

function polygonsOf(geometry: Polygon | MultiPolygon): readonly (readonly Line[])[] {
  return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [];
}

function borderLines(world: World, accepts: (pair: string) => boolean): readonly Line[] {
  const lines = mesh(world, world.objects.countries as GeometryObject, (left, right) => {
    const codes = [left, right].map((one) => sovereign((one.properties as Country).a3 ?? ""));
    return codes[0] !== codes[1] && accepts(codes.sort().join(" "));
  });
  return lines.coordinates;
}

function sovereign(code: string): string {
  return PART_OF[code] ?? code;
}
