import { quote } from "../../core/text.ts";
import { describeValue } from "../../models/schema/issue.ts";
import { type BoundingBox, boxProblem } from "../box.ts";
import { isObject } from "../../core/objects.ts";
import type { PlaceProblem } from "../walk.ts";

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
