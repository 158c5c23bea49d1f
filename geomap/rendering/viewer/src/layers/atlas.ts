// The world's land, borders and waters as paths, at two levels of detail.
import { addUpSteps } from "../data/steps";
import { once, onceFor } from "../once";
import { makeShape, makeSmoothShape, type Shape, unroll } from "./geometry";

/** A map of the world needs the coarse level only. Before the details are read the fine level is the coarse one, without waters. */
export interface Atlas {
  readonly coarse: Level;
  readonly fine: Level;
  readonly lakes: readonly Shape[];
  readonly rivers: readonly Shape[];
  readonly hasDetails: boolean;
  loadDetails(): Promise<void>;
  /** The outline of a country by its ISO 3166-1 alpha-3 code; small ones are among the details. */
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

export interface Details {
  readonly fine: World;
  /** Lines as steps in thousandths of a degree. */
  readonly lakes: readonly (readonly number[])[];
  readonly rivers: readonly (readonly number[])[];
}

export function makeAtlas(world: World, readDetails: () => Promise<Details>): Atlas {
  const countries = new Map<string, Outline | null>();
  const coarse = once(() => makeLevel(world));
  const load = once(readDetails);
  let details: Details | null = null;
  let fine = coarse;
  let [lakes, rivers] = [once((): Shape[] => []), once((): Shape[] => [])];
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
    get hasDetails() {
      return details !== null;
    },
    loadDetails: async () => {
      const found = (details = await load());
      fine = once(() => makeLevel(found.fine));
      lakes = once(() => makeWaters(found.lakes, true));
      rivers = once(() => makeWaters(found.rivers, false));
      countries.clear();
    },
    country: onceFor(countries, (code) => makeCountry(world, details?.fine ?? world, code)),
  };
}

/** Each level is drawn when it is first wanted. */
export function makeOutline(drawCoarse: () => Shape, drawFine: () => Shape): Outline {
  const [coarse, fine] = [once(drawCoarse), once(drawFine)];
  return {
    get coarse() {
      return coarse();
    },
    get fine() {
      return fine();
    },
  };
}

function makeWaters(lines: Details["lakes"], isClosed: boolean): Shape[] {
  return lines.map((steps) => makeSmoothShape(addUpSteps(steps), isClosed));
}

/** Null where it is on neither level. */
function makeCountry(coarse: World, fine: World, code: string): Outline | null {
  const draw = (world: World) => () => makeArea(world, world.countries[code] ?? []);
  const drawFine = once(draw(fine));
  if (code in coarse.countries) return makeOutline(draw(coarse), drawFine);
  return code in fine.countries ? makeOutline(drawFine, drawFine) : null; // small ones have one level
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
function readArcs({ arcs, scale, translate }: World, numbers: Arcs): number[] {
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
