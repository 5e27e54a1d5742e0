import { isObject } from "../core/objects.ts";
import { clean } from "../core/redact.ts";
import { quote } from "../core/text.ts";
import type { BBox, Polygon, Position2D } from "../models/geojson/geojson.ts";
import { describeValue } from "../models/schema/issue.ts";
import { degreesAdvice, type PlaceProblem } from "./walk.ts";

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

/** A box as it was read, or what is wrong with it. */
export type BoxReading =
  | { readonly ok: true; readonly box: BoundingBox }
  | { readonly ok: false; readonly problem: PlaceProblem };

/** What people call the edges of a box: openEO, GDAL and shapely, rasterio, OGC's older services. */
const EDGES = [
  ["west", "south", "east", "north"],
  ["xmin", "ymin", "xmax", "ymax"],
  ["minx", "miny", "maxx", "maxy"],
  ["left", "bottom", "right", "top"],
] as const;

/** What people call a list of edges, where it is a part of something: OGC API - Processes, GeoJSON, STAC. */
const LISTS = ["bbox", "bounding_box", "bounds"] as const;

/**
 * The box that a value describes in any of the spellings of openEO, OGC API, STAC and those who use them: named edges,
 * four or six numbers, these in an object with a reference system, as text, or in the extent of a STAC Collection.
 * Nothing for what is no attempt at a box.
 */
export function readBox(value: unknown): BoxReading | undefined {
  if (typeof value === "string") return readText(value);
  if (Array.isArray(value)) return readNumbers(value);
  if (!isObject(value)) return undefined;
  const names = EDGES.find((names) => names.some((name) => Object.hasOwn(value, name)));
  if (names !== undefined) {
    return inDegrees(value.crs, readEdges(names.map((name) => value[name])));
  }
  const list = LISTS.find((name) => Object.hasOwn(value, name));
  if (list !== undefined) return inDegrees(value.crs, below(list, readList(value[list])));
  if (isObject(value.spatial)) return below("spatial", readBox(value.spatial));
  return undefined;
}

/** The reference systems in which a position is longitude and latitude in degrees. */
const DEGREES = /(?:^|[:/])(?:4326|CRS84h?)$|^(?:WGS ?84|OGC:CRS84)$/i;

/** Whether a reference system counts in degrees of longitude and latitude; without one, it does. */
export function countsInDegrees(crs: unknown): boolean {
  return crs === undefined || crs === null || DEGREES.test(nameOf(crs));
}

/** The name of a reference system: GeoJSON's old member and OGC's references carry it inside. */
function nameOf(crs: unknown): string {
  if (!isObject(crs)) return String(crs).trim();
  if (isObject(crs.properties) && typeof crs.properties.name === "string") {
    return crs.properties.name;
  }
  return typeof crs.href === "string" ? crs.href : describeValue(crs);
}

/** A problem where a reference system counts in other units than degrees. */
export function systemProblem(crs: unknown): PlaceProblem | undefined {
  if (countsInDegrees(crs)) return undefined;
  const name = nameOf(crs);
  return {
    path: ["crs"],
    message: `expected degrees (EPSG:4326), got a place in the reference system ${
      quote(name, 60)
    }: transform it to longitude and latitude first`,
  };
}

function inDegrees(crs: unknown, reading: BoxReading | undefined): BoxReading | undefined {
  if (reading === undefined) return undefined;
  const problem = systemProblem(crs);
  return problem === undefined ? reading : { ok: false, problem };
}

function below(name: string, reading: BoxReading | undefined): BoxReading | undefined {
  if (reading === undefined || reading.ok) return reading;
  const { path, message } = reading.problem;
  return { ok: false, problem: { path: [name, ...path], message } };
}

/** A list of edges, or a list of such lists: the first one of a STAC extent is around all others. */
function readList(value: unknown): BoxReading | undefined {
  if (isObject(value)) return readBox(value);
  const first: unknown = Array.isArray(value) ? value[0] : undefined;
  return readBox(Array.isArray(first) ? first : value);
}

/** Four or six numbers with commas or spaces between them, in brackets or not. */
function readText(text: string): BoxReading | undefined {
  const inner = text.trim().replace(/^\[(.*)\]$/s, "$1").trim();
  const parts = inner.split(/\s*[,;]\s*|\s+/);
  if ((parts.length !== 4 && parts.length !== 6) || !parts.every(isNumeric)) return undefined;
  return readNumbers(parts.map(Number));
}

function isNumeric(part: string): boolean {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(part);
}

function readNumbers(values: readonly unknown[]): BoxReading | undefined {
  if (!values.every((value) => typeof value === "number")) return undefined;
  if (values.length === 4) return readEdges(values);
  return values.length === 6 ? readEdges([values[0], values[1], values[3], values[4]]) : undefined;
}

function readEdges(edges: readonly unknown[]): BoxReading {
  const [west = NaN, south = NaN, east = NaN, north = NaN] = edges.map((edge) =>
    typeof edge === "number" ? edge : NaN
  );
  const box = { west, south, east, north };
  const message = boxProblem(box);
  return message === undefined ? { ok: true, box } : { ok: false, problem: { path: [], message } };
}

/**
 * The polygon of a bounding box: counterclockwise from its south-west corner, without heights.
 *
 * A box whose west is greater than its east runs over the antimeridian (RFC 7946, section 5.2). Its
 * polygon stays in one piece and goes on beyond 180°: the service refuses such a one, so cut it before it
 * is sent, as `upscaleArea` does. A box wider than 180° has positions in the middle of its edges, so that
 * nobody takes them for the shorter way round.
 *
 * @example
 * ```ts
 * import { bboxToPolygon } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(bboxToPolygon([12, 41, 13, 42]), {
 *   type: "Polygon",
 *   coordinates: [[[12, 41], [13, 41], [13, 42], [12, 42], [12, 41]]],
 * });
 * // Fiji lies on both sides of the antimeridian.
 * const fiji = bboxToPolygon({ west: 177, south: -19, east: -179, north: -16 });
 * assertEquals(fiji.coordinates[0]?.[1], [181, -19]);
 * ```
 *
 * @throws {RangeError} if it is not a box of degrees from south to north.
 */
export function bboxToPolygon(bbox: BBox | BoundingBox): Polygon {
  const reading = readBox(bbox);
  const refuse = (message: string) =>
    new RangeError(`Cannot make a polygon of the box: ${clean(message)}`);
  if (reading === undefined) {
    throw refuse(`expected west, south, east and north as numbers, got ${describeValue(bbox)}`);
  }
  if (!reading.ok) throw refuse(reading.problem.message);
  return boxPolygon(reading.box);
}
