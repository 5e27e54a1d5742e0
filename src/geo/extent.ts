import { isObject } from "../core/objects.ts";
import { clean } from "../core/redact.ts";
import type { Position } from "../models/geojson/geojson.ts";
import { formatPath } from "../models/schema/issue.ts";
import { rangeOf } from "./box.ts";
import { readGeometry, readPart } from "./read/read_geometry.ts";
import { type GeoJson, isCollection, isSimpleType, type Part, partsOf, walkLines } from "./walk.ts";

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

/**
 * The bounding box of an area: west, south, east, north. It takes any other geometry and features too.
 *
 * Of the two ways round the world the box takes the narrower one. An area on both sides of the antimeridian, cut in two there
 * or not, has a west that is greater than its east (RFC 7946, section 5.2). Positions more than
 * 180° apart that follow one another are taken for a step over the antimeridian.
 *
 * @example
 * ```ts
 * import { bboxToPolygon, polygonToBbox } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const [west, south, east, north] = polygonToBbox(bboxToPolygon([12, 41, 13, 42]));
 * assertEquals({ west, south, east, north }, { west: 12, south: 41, east: 13, north: 42 });
 *
 * const islands = bboxToPolygon([177, -19, -179, -16]);
 * assertEquals(polygonToBbox(islands), [177, -19, -179, -16]);
 * ```
 *
 * @throws {RangeError} if it has no positions, or if one of them is none in degrees, which it names.
 */
export function polygonToBbox(
  area: GeoJson,
): [west: number, south: number, east: number, north: number] {
  const kind = isObject(area) && typeof area.type === "string" ? area.type : "area";
  const headline = `Cannot find the bounding box of the ${clean(kind)}`;
  // A notebook checks no types: metres, or a level of brackets too few, would make a box of nonsense.
  const geometries = partsOf({ path: [], value: area }).filter(hasPlace).map((part) => {
    const reading = readPart(part);
    if (reading.ok) return reading.geometry;
    const { path, message } = reading.problem;
    const what = [formatPath(path), message].filter(Boolean).join(": ");
    throw new RangeError(`${headline}: ${clean(what)}`);
  });
  const extent = extentOf(geometries);
  if (extent === undefined) throw new RangeError(`${headline}: it has no positions`);
  return boxOf(extent);
}

/** Whether a part is meant to be somewhere: features may have no geometry, and lists no positions. */
function hasPlace({ path, value }: Part): boolean {
  if (value === null) return path.length === 0;
  return !isObject(value) || !Array.isArray(value.coordinates) || value.coordinates.length > 0;
}

/** The most digits behind the point: about a metre. */
const MOST_DIGITS = 5;

/**
 * GeoJSON in short: its kind, and its corners from west and south to east and north, in as many digits as tell it from
 * its neighbour. Nothing of any other object.
 *
 * @example
 * ```ts
 * import { cornersOf } from "./extent.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const coordinates = [[[3.37966, 51.01317], [3.55933, 51.01317], [3.55933, 51.12601], [3.37966, 51.01317]]];
 * assertEquals(cornersOf({ type: "Polygon", coordinates }), "Polygon 3.38, 51.01 to 3.56, 51.13");
 * ```
 */
export function cornersOf(value: object): string | undefined {
  if (!("type" in value)) return undefined;
  const { type } = value;
  if (!isSimpleType(type) && !isCollection(type)) return undefined;
  const geometry = readGeometry(value);
  const extent = geometry === undefined ? undefined : extentOf([geometry]);
  if (extent === undefined) return undefined;
  const { longitudes, latitudes } = extent;
  const [west, south, east, north] = boxOf(extent);
  const span = Math.max(longitudes[1] - longitudes[0], latitudes[1] - latitudes[0]);
  const digits = span === 0
    ? MOST_DIGITS
    : Math.min(MOST_DIGITS, Math.max(0, Math.ceil(0.7 - Math.log10(span))));
  const corner = (...degrees: readonly number[]) =>
    degrees.map((number) => String(Number(number.toFixed(digits)))).join(", ");
  const from = `${type} ${corner(west, south)}`;
  return span === 0 ? from : `${from} to ${corner(east, north)}`;
}
