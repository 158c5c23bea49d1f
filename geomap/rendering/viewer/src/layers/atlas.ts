// The world's land, borders and waters as paths, at two levels of detail.
import { addUpSteps, makeShape, makeSmoothShape, type Shape, unroll } from "./geometry";

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

/** Numbers of arcs, one after the other; ~number where an arc runs backwards. */
type Arcs = readonly number[];

/** What build.mjs makes of a topology: each line is stored once, whatever it is part of. */
export interface World {
  readonly scale: readonly [number, number];
  readonly translate: readonly [number, number];
  /** Steps, in units of `scale`. */
  readonly arcs: readonly (readonly number[])[];
  /** Polygons as rings. */
  readonly land: readonly (readonly Arcs[])[];
  readonly borders: readonly Arcs[];
  readonly undetermined: readonly Arcs[];
  /** Rings by ISO 3166-1 alpha-3 code. */
  readonly countries: Readonly<Record<string, readonly Arcs[]>>;
}

export interface AtlasDocument {
  readonly coarse: World;
  /** JSON inside JSON, for a map of the world needs none of this: a `World`, and lines as steps in thousandths of a degree. */
  readonly fine: string;
  readonly lakes: string;
  readonly rivers: string;
}

export function makeAtlas(document: AtlasDocument): Atlas {
  const outlines = new Map<string, Outline | null>();
  const fineWorld = once(() => JSON.parse(document.fine) as World);
  const coarse = once(() => makeLevel(document.coarse));
  const fine = once(() => makeLevel(fineWorld()));
  const lakes = once(() => readWaters(document.lakes, true));
  const rivers = once(() => readWaters(document.rivers, false));
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
      if (!outlines.has(code)) outlines.set(code, makeOutline(document.coarse, fineWorld, code));
      return outlines.get(code) ?? null;
    },
  };
}

/** Made when it is first wanted: a map of the world needs no fine borders. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}

function readWaters(json: string, isClosed: boolean): Shape[] {
  return (JSON.parse(json) as number[][]).map((steps) => makeSmoothShape(addUpSteps(steps), isClosed));
}

function makeOutline(coarse: World, readFine: () => World, code: string): Outline | null {
  const isOnBoth = code in coarse.countries; // small countries are on the fine level only
  if (!isOnBoth && !(code in readFine().countries)) return null;
  const fineShape = once(() => makeCountry(readFine(), code));
  const coarseShape = isOnBoth ? once(() => makeCountry(coarse, code)) : fineShape;
  return {
    get coarse() {
      return coarseShape();
    },
    get fine() {
      return fineShape();
    },
  };
}

function makeCountry(world: World, code: string): Shape {
  return makeArea(world, world.countries[code] ?? []);
}

function makeLevel(world: World): Level {
  const makeLine = (line: Arcs): Shape => makeShape([readArcs(world, line)], false);
  return {
    land: world.land.map((rings) => makeArea(world, rings)),
    borders: world.borders.map(makeLine),
    undetermined: world.undetermined.map(makeLine),
  };
}

function makeArea(world: World, rings: readonly Arcs[]): Shape {
  return makeShape(rings.map((ring) => unroll(readArcs(world, ring))), true);
}

/** Longitude, latitude, longitude ... of arcs; where two of them meet they share a point. */
export function readArcs({ arcs, scale, translate }: World, numbers: Arcs): number[] {
  const points: number[] = [];
  for (const number of numbers) {
    if (points.length > 0) points.length -= 2;
    const begin = points.length;
    const steps = arcs[number < 0 ? ~number : number] ?? [];
    let [x, y] = [0, 0];
    for (let at = 0; at < steps.length; at += 2) {
      x += steps[at]!;
      y += steps[at + 1]!;
      points.push(x * scale[0] + translate[0], y * scale[1] + translate[1]);
    }
    if (number < 0) turnRound(points, begin);
  }
  return points;
}

function turnRound(points: number[], begin: number): void {
  for (let first = begin, last = points.length - 2; first < last; first += 2, last -= 2) {
    const [x, y] = [points[first]!, points[first + 1]!];
    points[first] = points[last]!;
    points[first + 1] = points[last + 1]!;
    points[last] = x;
    points[last + 1] = y;
  }
}
