// The world's land and borders as paths in Web Mercator, where the world is one unit wide.
import type { Feature, FeatureCollection } from "geojson";
import type { GeometryObject, GeometryCollection, Topology } from "topojson-specification";
import { feature, mesh } from "topojson-client";

export interface Atlas {
  readonly coarse: Level;
  readonly fine: Level;
}

export interface Level {
  readonly land: readonly Shape[];
  readonly borders: readonly Shape[];
  /** Borders that the United Nations do not regard as final. */
  readonly undetermined: readonly Shape[];
}

/** A path with its bounding box, so that what is out of view need not be drawn. */
export interface Shape {
  readonly path: Path2D;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
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
const NORTHERNMOST = 85.06;

export function makeAtlas(document: { coarse: World; fine: World }): Atlas {
  return { coarse: makeLevel(document.coarse), fine: makeLevel(document.fine) };
}

/** Longitude and latitude in degrees to the world's unit square, y downward. */
export function toUnit(longitude: number, latitude: number): [number, number] {
  const sine = Math.sin((Math.max(-NORTHERNMOST, Math.min(NORTHERNMOST, latitude)) * Math.PI) / 180);
  return [longitude / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** The ring without jumps from 180 to -180 degrees; one that goes round a pole is closed behind the pole. */
export function unroll(ring: Line): number[][] {
  let shift = 0;
  let before = ring[0]?.[0] ?? 0;
  const points = ring.map(([longitude = 0, latitude = 0]) => {
    if (longitude - before > 180) shift -= 360;
    else if (longitude - before < -180) shift += 360;
    before = longitude;
    return [longitude + shift, latitude];
  });
  if (shift !== 0) {
    const pole = (ring[0]?.[1] ?? 0) < 0 ? -90 : 90;
    points.push([points.at(-1)?.[0] ?? 0, pole], [points[0]?.[0] ?? 0, pole]);
  }
  return points;
}

function makeLevel(world: World): Level {
  return {
    land: landRings(world).map((rings) => makeShape(rings.map(unroll), true)),
    borders: borderLines(world, (pair) => !UNDETERMINED.has(pair)).map((line) => makeShape([line], false)),
    undetermined: borderLines(world, (pair) => UNDETERMINED.has(pair)).map((line) => makeShape([line], false)),
  };
}

function landRings(world: World): Line[][] {
  const found: Feature | FeatureCollection = feature(world, world.objects.land);
  return ("features" in found ? found.features : [found]).flatMap(({ geometry }) => {
    if (geometry.type === "Polygon") return [geometry.coordinates];
    return geometry.type === "MultiPolygon" ? geometry.coordinates : [];
  });
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

function makeShape(lines: readonly Line[], isClosed: boolean): Shape {
  const path = new Path2D();
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const line of lines) {
    for (const [index, [longitude = 0, latitude = 0]] of line.entries()) {
      const [x, y] = toUnit(longitude, latitude);
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
      if (index === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    }
    if (isClosed) path.closePath();
  }
  return { path, ...box };
}
