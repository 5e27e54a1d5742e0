import type { Position } from "../models/geojson.ts";
import { type Range, spanRanges, unrollLongitudes, wrapLongitude } from "./longitudes.ts";
import { type GeoJson, walkLines } from "./walk.ts";

/** How far geometries reach. */
export interface GeoExtent {
  /** From west to east, round the back of the world if that is narrower: east can lie beyond 180. */
  readonly longitudes: Range;
  /** From south to north. */
  readonly latitudes: readonly [south: number, north: number];
}

/** How far geometries or features reach together; nothing if they have no positions. */
export function extentOf(places: Iterable<GeoJson>): GeoExtent | undefined {
  const ranges: Range[] = [];
  let south = Infinity;
  let north = -Infinity;
  const reach = (line: readonly Position[]) => {
    if (line.length === 0) return;
    const longitudes = unrollLongitudes(line);
    const range = rangeOf(longitudes);
    const last = ranges.at(-1);
    // Tiles come column by column: most lie right above the one before.
    if (last === undefined || last[0] !== range[0] || last[1] !== range[1]) ranges.push(range);
    for (const position of line) {
      const latitude = position[1];
      if (latitude < south) south = latitude;
      if (latitude > north) north = latitude;
    }
    const pole = poleAround(line, longitudes);
    south = Math.min(south, pole ?? south);
    north = Math.max(north, pole ?? north);
  };
  for (const place of places) walkLines(place, reach);
  const longitudes = spanRanges(ranges);
  return longitudes === undefined ? undefined : { longitudes, latitudes: [south, north] };
}

/**
 * An extent as the one bounding box that everything here tells: west, south, east, north, of which the west is greater
 * than the east over the antimeridian (RFC 7946, section 5.2).
 */
export function boxOf(
  { longitudes: [west, east], latitudes: [south, north] }: GeoExtent,
): [west: number, south: number, east: number, north: number] {
  return [west, south, east > 180 ? wrapLongitude(east) : east, north];
}

/** The pole that a ring runs around, going once round the world without coming back. */
export function poleWithin(ring: readonly Position[]): 90 | -90 | undefined {
  return poleAround(ring, unrollLongitudes(ring));
}

function poleAround(
  ring: readonly Position[],
  longitudes: readonly number[],
): 90 | -90 | undefined {
  const first = ring[0], last = ring.at(-1);
  if (first === undefined || last === undefined || ring.length < 4) return undefined;
  const turn = (longitudes.at(-1) ?? 0) - (longitudes[0] ?? 0);
  if (Math.abs(turn) < 359 || first[1] !== last[1] || (first[0] - last[0]) % 360 !== 0) {
    return undefined;
  }
  return ring.reduce((sum, [, latitude]) => sum + latitude, 0) >= 0 ? 90 : -90;
}

function rangeOf(longitudes: readonly number[]): Range {
  let west = Infinity;
  let east = -Infinity;
  for (const longitude of longitudes) {
    if (longitude < west) west = longitude;
    if (longitude > east) east = longitude;
  }
  return [west, east];
}
