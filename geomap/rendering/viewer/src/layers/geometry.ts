// From degrees to the world's unit square (Web Mercator, y downward), and shapes in it.
import { moveAlong } from "../geodesy";

const NORTHERNMOST = 85.06;
/** Kilometres of one degree of latitude. */
const DEGREE = 111.195;
/** Kilometres round the equator. */
const EQUATOR = 40_075;
/** A circle larger than this says nothing about where something is. */
const LARGEST_RADIUS = 2500;

/** Longitude, latitude, longitude, latitude ... in degrees. */
export type Ring = ArrayLike<number>;

/** A path with its bounding box, so that what is out of view need not be drawn. */
export interface Shape {
  readonly path: Path2D;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export type Box = Omit<Shape, "path">;

/** Longitude and latitude in degrees to the world's unit square. */
export function toUnit(longitude: number, latitude: number): [number, number] {
  return [toUnitX(longitude), toUnitY(latitude)];
}

export function toUnitX(longitude: number): number {
  return longitude / 360 + 0.5;
}

export function toUnitY(latitude: number): number {
  const sine = Math.sin((Math.max(-NORTHERNMOST, Math.min(NORTHERNMOST, latitude)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

export function meets(shape: Box, view: Box): boolean {
  return shape.left <= view.right && shape.right >= view.left && shape.top <= view.bottom && shape.bottom >= view.top;
}

/** Pixels that kilometres take at a latitude and zoom. */
export function toPixels(kilometres: number, latitude: number, zoom: number): number {
  return (kilometres * 256 * 2 ** zoom) / (EQUATOR * Math.cos((Math.min(Math.abs(latitude), 84) * Math.PI) / 180));
}

export function makeShape(rings: readonly Ring[], isClosed: boolean): Shape {
  const path = new Path2D();
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const ring of rings) {
    for (let at = 0; at < ring.length; at += 2) {
      // no pair of numbers is made for each of the many points
      const x = toUnitX(ring[at]!);
      const y = toUnitY(ring[at + 1]!);
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      if (at === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    }
    if (isClosed) path.closePath();
  }
  return { path, left, right, top, bottom };
}

/** A line through the middles between its points, so that coarse data bends as rivers and shores do. */
export function makeSmoothShape(line: Ring, isClosed: boolean): Shape {
  const { path: _, ...box } = makeShape([line], isClosed);
  const path = new Path2D();
  const points = Array.from({ length: line.length / 2 }, (_, at) => toUnit(line[2 * at]!, line[2 * at + 1]!));
  const first = points[0] ?? [0, 0];
  path.moveTo(...first);
  for (let at = 1; at + 1 < points.length; at++) {
    const [[x, y], [nextX, nextY]] = [points[at]!, points[at + 1]!];
    path.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
  }
  path.lineTo(...(points.at(-1) ?? first));
  if (isClosed) path.closePath();
  return { path, ...box };
}

/** The ring without jumps from 180 to -180 degrees; one that goes round a pole is closed behind the pole. */
export function unroll(ring: Ring): number[] {
  const points: number[] = [];
  let shift = 0;
  let before = ring[0] ?? 0;
  for (let at = 0; at < ring.length; at += 2) {
    const longitude = ring[at]!;
    if (longitude - before > 180) shift -= 360;
    else if (longitude - before < -180) shift += 360;
    before = longitude;
    points.push(longitude + shift, ring[at + 1]!);
  }
  if (shift !== 0) {
    const pole = (ring[1] ?? 0) < 0 ? -90 : 90;
    points.push(points.at(-2)!, pole, points[0]!, pole);
  }
  return points;
}

/** So many points that lie so many kilometres from one, as on the globe. */
export function makeCircle(longitude: number, latitude: number, kilometres: number, count = 72): number[] {
  const distance = (Math.min(kilometres, LARGEST_RADIUS) / DEGREE / 180) * Math.PI;
  const ring: number[] = [];
  for (let step = 0; step < count; step++) ring.push(...moveAlong(longitude, latitude, distance, (2 * Math.PI * step) / count));
  return ring;
}
