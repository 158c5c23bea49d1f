// The globe as a sphere: where one comes to from a point.

/** Mean radius. */
const EARTH_KM = 6371;
const DEGREE = Math.PI / 180;

export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** The point at a distance (kilometres) and a bearing (degrees from north) from another; its degrees have five places. */
export function findPoint(from: Point, distance: number, bearing: number): Point {
  const [beyond, latitude] = moveAlong(from.longitude, from.latitude, distance / EARTH_KM, bearing * DEGREE);
  const longitude = ((((beyond + 180) % 360) + 360) % 360) - 180;
  return { latitude: Number(latitude.toFixed(5)), longitude: Number(longitude.toFixed(5)) };
}

/** Longitude (which may lie beyond 180) and latitude in degrees of the point at an angle of distance and a bearing, both in radians. */
export function moveAlong(longitude: number, latitude: number, distance: number, bearing: number): [number, number] {
  const north = latitude * DEGREE;
  const sine = Math.sin(north) * Math.cos(distance) + Math.cos(north) * Math.sin(distance) * Math.cos(bearing);
  const reached = Math.asin(Math.max(-1, Math.min(1, sine)));
  const turn = Math.atan2(Math.sin(bearing) * Math.sin(distance) * Math.cos(north), Math.cos(distance) - Math.sin(north) * sine);
  return [longitude + turn / DEGREE, reached / DEGREE];
}
