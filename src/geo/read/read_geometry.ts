import { isObject } from "../../core/objects.ts";
import { quote } from "../../core/text.ts";
import type { Geometry } from "../../models/geojson/geojson.ts";
import { describeValue } from "../../models/schema/issue.ts";
import { boxPolygon, readBox, systemProblem } from "../box.ts";
import {
  coordinatesProblem,
  isLine,
  isLines,
  isPolygons,
  isPosition,
  isSimpleType,
  type Part,
  partsOf,
  type PlaceProblem,
  type SimpleType,
} from "../walk.ts";

/** A place as it was read, or what is wrong with it. */
export type PlaceReading =
  | { readonly ok: true; readonly geometry: Geometry }
  | { readonly ok: false; readonly problem: PlaceProblem };

/**
 * The geometry that a value describes: GeoJSON of any kind, or a bounding box in any spelling that `readBox` knows, or
 * either as text (WKT, four numbers). Nothing if it is none of these, or not in degrees. Of collections the parts that
 * can be read are kept.
 */
export function readGeometry(value: unknown): Geometry | undefined {
  const geometries = partsOf({ path: [], value }).flatMap((part) => {
    const reading = readPart(part);
    return reading.ok ? reading.geometry : [];
  });
  return together(geometries);
}

/** The same, of which every part has to be readable: else which is not, and why. */
export function readPlace(value: unknown): PlaceReading {
  const geometries: Geometry[] = [];
  for (const part of partsOf({ path: [], value })) {
    const reading = readPart(part);
    if (!reading.ok) return reading;
    geometries.push(reading.geometry);
  }
  const geometry = together(geometries);
  if (geometry !== undefined) return { ok: true, geometry };
  return { ok: false, problem: { path: [], message: `expected a place, got ${nounOf(value)}` } };
}

/** The geometry that GeoJSON or an object of edges describes, but no bare list of numbers. */
export function readNamedGeometry(value: unknown): Geometry | undefined {
  return Array.isArray(value) ? undefined : readGeometry(value);
}

/** Reads a part that is no collection and no feature. */
export function readPart({ path, value }: Part): PlaceReading {
  const fail = (problem: PlaceProblem): PlaceReading => ({
    ok: false,
    problem: { path: [...path, ...problem.path], message: problem.message },
  });
  if (isObject(value) && isSimpleType(value.type)) {
    const { type, coordinates, crs } = value;
    const system = systemProblem(crs);
    if (system !== undefined) return fail(system);
    const geometry = geometryOf(type, coordinates);
    if (geometry !== undefined) return { ok: true, geometry };
    const { path = [], message = "expected coordinates" } = coordinatesProblem(type, coordinates) ??
      {};
    return fail({ path: ["coordinates", ...path], message });
  }
  const reading = readBox(value);
  if (reading !== undefined) {
    return reading.ok ? { ok: true, geometry: boxPolygon(reading.box) } : fail(reading.problem);
  }
  const written = typeof value === "string" ? readWkt(value) : undefined;
  if (written !== undefined) return readPart({ path, value: written });
  return fail({ path: [], message: `expected a place, got ${nounOf(value)}` });
}

function together(geometries: readonly Geometry[]): Geometry | undefined {
  const [only] = geometries;
  if (only === undefined || geometries.length === 1) return only;
  return { type: "GeometryCollection", geometries };
}

/** What a value is, in words that say of GeoJSON which kind it is. */
function nounOf(value: unknown): string {
  if (!isObject(value) || typeof value.type !== "string") return describeValue(value);
  return /Collection$/.test(value.type)
    ? `an empty ${value.type}`
    : `an object of the type ${quote(value.type, 40)}`;
}

/** A geometry, if its coordinates are such as its type has. */
function geometryOf(type: SimpleType, coordinates: unknown): Geometry | undefined {
  switch (type) {
    case "Point":
      return isPosition(coordinates) ? { type, coordinates } : undefined;
    case "MultiPoint":
      return isLine(coordinates) ? { type, coordinates } : undefined;
    case "LineString":
      return isLine(coordinates) ? { type, coordinates } : undefined;
    case "MultiLineString":
      return isLines(coordinates) ? { type, coordinates } : undefined;
    case "Polygon":
      return isLines(coordinates) ? { type, coordinates } : undefined;
    case "MultiPolygon":
      return isPolygons(coordinates) ? { type, coordinates } : undefined;
  }
}

const WKT = /^(?:SRID=(\d+);)?\s*(MULTI)?(POINT|LINESTRING|POLYGON)\s*(?:Z\s*)?(\(.*\))$/is;

const TYPES: Readonly<Record<string, string>> = {
  POINT: "Point",
  LINESTRING: "LineString",
  POLYGON: "Polygon",
};

/**
 * Well-known text (OGC 06-103r4) as GeoJSON, its coordinates as they are written; nothing for any other text. A `SRID`
 * before it becomes a `crs`.
 *
 * @example
 * ```ts
 * import { readWkt } from "./read_geometry.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(readWkt("LINESTRING (3 51, 4 52)"), {
 *   type: "LineString",
 *   coordinates: [[3, 51], [4, 52]],
 * });
 * assertEquals(readWkt("Ghent"), undefined);
 * ```
 */
export function readWkt(text: string): object | undefined {
  const match = WKT.exec(text.trim());
  if (match === null) return undefined;
  const [, system, multi, kind = "", body = ""] = match;
  const coordinates = readLists(body);
  if (!Array.isArray(coordinates)) return undefined;
  const type = `${multi === undefined ? "" : "Multi"}${TYPES[kind.toUpperCase()]}`;
  return {
    type,
    // A point stands in brackets of its own in the text, and may among several.
    coordinates: type === "Point"
      ? coordinates[0]
      : type === "MultiPoint"
      ? coordinates.map((point) => Array.isArray(point?.[0]) ? point[0] : point)
      : coordinates,
    ...(system === undefined ? {} : { crs: `EPSG:${system}` }),
  };
}

function readLists(body: string): unknown {
  const json = body.replace(/[^(),]+/g, (numbers) => {
    const parts = numbers.trim();
    return parts === "" ? "" : `[${parts.replace(/\s+/g, ",")}]`;
  }).replaceAll("(", "[").replaceAll(")", "]");
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** What services call the parameter that says where, the likeliest first. */
const USUAL_NAMES = ["spatial_extent", "bbox", "geometry", "aoi"];

/**
 * Where a job works, from its parameters: the one of the task's dimension if that is known, else one with a
 * usual name, else the first that is GeoJSON or an object of edges, else the first list of numbers
 * that can be a bounding box.
 */
export function findGeometry(
  parameters: Readonly<Record<string, unknown>>,
  dimension?: string,
): Geometry | undefined {
  const names = dimension === undefined ? USUAL_NAMES : [dimension, ...USUAL_NAMES];
  for (const name of names) {
    if (!Object.hasOwn(parameters, name)) continue;
    const geometry = readGeometry(parameters[name]);
    if (geometry !== undefined) return geometry;
  }
  const values = Object.values(parameters);
  return firstOf(values, readNamedGeometry) ?? firstOf(values, readGeometry);
}

function firstOf(
  values: readonly unknown[],
  read: (value: unknown) => Geometry | undefined,
): Geometry | undefined {
  for (const value of values) {
    const geometry = read(value);
    if (geometry !== undefined) return geometry;
  }
  return undefined;
}
