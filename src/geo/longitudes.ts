import type { Position } from "../models/geojson/geojson.ts";

/** A range of longitudes from west to east; beyond ±180 where it runs over the antimeridian. */
export type Range = readonly [west: number, east: number];

/** A longitude as one from -180 up to, but not including, 180. */
export function wrapLongitude(longitude: number): number {
  return longitude - 360 * Math.floor((longitude + 180) / 360);
}

/** The longitude nearest to another one that means the same. */
export function nearLongitude(longitude: number, other: number): number {
  return longitude - 360 * Math.round((longitude - other) / 360);
}

/**
 * How far each position's longitude has to be moved, in degrees, for the line to run on where it leaps
 * over the antimeridian. Two positions further apart than half the world are taken as such a leap,
 * unless both lie at ±180 themselves, as they do where an area spans the world.
 */
export function unrollLongitudes(line: readonly Position[]): number[] {
  const longitudes: number[] = [];
  let shift = 0;
  let before: number | undefined;
  for (const position of line) {
    const longitude = position[0];
    const leap = before === undefined ? 0 : longitude - before;
    if (Math.abs(leap) > 180 && !(isSeam(longitude) && isSeam(before))) {
      shift -= 360 * Math.round(leap / 360);
    }
    longitudes.push(longitude + shift);
    before = longitude;
  }
  return longitudes;
}

/**
 * The narrowest range that holds all of several ones, round the back of the world if that is
 * narrower; none if there are none. It begins from -180 to 180 and is at most 360 wide.
 */
export function spanRanges(ranges: readonly Range[]): Range | undefined {
  const sorted: [number, number][] = [];
  for (const [west, east] of ranges) {
    if (east - west >= 360) return [-180, 180];
    const start = west === 180 && east === 180 ? 180 : wrapLongitude(west);
    const end = east + (start - west);
    // A range that runs over the antimeridian goes on at the other side.
    if (end > 180) sorted.push([start, 180], [-180, end - 360]);
    else sorted.push([start, end]);
  }
  sorted.sort(([a], [b]) => a - b);
  const [first] = sorted;
  if (first === undefined) return undefined;
  let reach = first[1];
  let widest = 0;
  let gap: [number, number] | undefined;
  for (const [west, east] of sorted) {
    if (west - reach > widest) {
      widest = west - reach;
      gap = [reach, west];
    }
    reach = Math.max(reach, east);
  }
  const around = first[0] + 360 - reach;
  if (gap === undefined || around >= widest) return [first[0], reach];
  return [gap[1], gap[0] + 360];
}

function isSeam(longitude: number | undefined): boolean {
  return longitude === 180 || longitude === -180;
}
