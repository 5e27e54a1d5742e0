import type { Polygon, Position2D } from "../models/geojson/geojson.ts";
import { degreesAdvice } from "./walk.ts";

/** A box between two meridians and two parallels, in degrees (WGS 84), as openEO services take it. */
export interface BoundingBox {
  /** The western edge. */
  readonly west: number;
  /** The southern edge. */
  readonly south: number;
  /** The eastern edge; less than `west` where the box runs over the antimeridian. */
  readonly east: number;
  /** The northern edge. */
  readonly north: number;
}

/** What makes four numbers no box, in words. */
export function boxProblem({ west, south, east, north }: BoundingBox): string | undefined {
  if (![west, south, east, north].every(Number.isFinite)) {
    return "expected west, south, east and north as numbers";
  }
  if (south > north) return `expected south before north, got ${south} and ${north}`;
  if (Math.abs(south) > 90 || Math.abs(north) > 90) {
    return `expected latitudes within ±90°, got ${south} and ${north}${degreesAdvice(west, south)}`;
  }
  if (Math.abs(west) > 360 || Math.abs(east) > 360) {
    return `expected longitudes within ±180°, got ${west} and ${east}${degreesAdvice(west, south)}`;
  }
  if (east - west > 360) return `expected at most 360° from west to east, got ${east - west}`;
  if (west - east > 360) return `expected at most 360° from east to west, got ${west - east}`;
  return undefined;
}

/** The polygon of a box that has no problem. */
export function boxPolygon({ west, south, east, north }: BoundingBox): Polygon {
  const end = west > east ? east + 360 : east;
  const middle = end - west > 180 ? [(west + end) / 2] : [];
  const along = (latitude: number, longitudes: readonly number[]) =>
    longitudes.map((longitude): Position2D => [longitude, latitude]);
  return {
    type: "Polygon",
    coordinates: [[
      ...along(south, [west, ...middle, end]),
      ...along(north, [end, ...middle, west]),
      [west, south],
    ]],
  };
}

/** The least and the greatest of numbers; from Infinity to -Infinity where there are none. */
export function rangeOf(values: readonly number[]): [least: number, most: number] {
  let least = Infinity, most = -Infinity;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

/** The box around points of a plane, as their columns and rows have it; inside out where there are none. */
export function boundsOf(
  points: Iterable<readonly [x: number, y: number, ...unknown[]]>,
): [west: number, south: number, east: number, north: number] {
  let west = Infinity, south = Infinity, east = -Infinity, north = -Infinity;
  for (const [x, y] of points) {
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  return [west, south, east, north];
}
