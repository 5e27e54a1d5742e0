import type { Position } from "../models/geojson/geojson.ts";
import { rangeOf } from "./box.ts";
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
  const longitudes: [number, number] = [Infinity, -Infinity];
  const latitudes: [number, number] = [Infinity, -Infinity];
  const reach = (line: readonly Position[]) => {
    const [first] = line;
    if (first === undefined) return;
    if (line.length === 1) {
      add([first[0], first[0]]);
      widen(latitudes, first[1]);
      return;
    }
    const unrolled = unrollLongitudes(line);
    add(rangeOf(unrolled));
    for (const position of line) widen(latitudes, position[1]);
    const pole = poleAround(line, unrolled);
    if (pole !== undefined) widen(latitudes, pole);
  };
  const add = (range: Range) => {
    const last = ranges.at(-1);
    widen(longitudes, range[0]);
    widen(longitudes, range[1]);
    // Tiles come column by column: most lie right above the one before, and points within what is known by then.
    if (last !== undefined && last[0] <= range[0] && last[1] >= range[1]) return;
    ranges.push(range);
  };
  for (const place of places) walkLines(place, reach);
  if (ranges.length === 0) return undefined;
  // Where less than half the world is left over, no way round its back is narrower.
  const isPlain = longitudes[0] >= -180 && longitudes[1] <= 180 &&
    longitudes[1] - longitudes[0] <= 180;
  const span = isPlain ? spanRanges([longitudes]) : spanRanges(ranges);
  return span === undefined ? undefined : { longitudes: span, latitudes };
}

function widen(range: [number, number], value: number): void {
  if (value < range[0]) range[0] = value;
  if (value > range[1]) range[1] = value;
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
