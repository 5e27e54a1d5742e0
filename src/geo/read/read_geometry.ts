import { quote } from "../../core/text.ts";
import { isObject } from "../../core/objects.ts";
import type { Geometry } from "../../models/geojson/geojson.ts";
import { describeValue } from "../../models/schema/issue.ts";
import { boxPolygon } from "../box.ts";
import { readBox, systemProblem } from "./read_box.ts";
import { readWkt } from "./read_wkt.ts";
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
