import type { Geometry, Position } from "../models/geojson.ts";
import { boxPolygon, boxProblem } from "./bbox_to_polygon.ts";

const MAX_DEPTH = 32;

/**
 * The geometry that a value describes: GeoJSON of any kind, a bounding box as four or six numbers or as
 * `{ west, south, east, north }`. Nothing if it is none of these, or not in degrees. Of collections the parts that
 * can be read are kept.
 */
export function readGeometry(value: unknown): Geometry | undefined {
  if (Array.isArray(value)) return readNumbers(value);
  return readGeoJson(value, 0) ?? readEdges(value);
}

/** The geometry that GeoJSON or an object of edges describes, but no bare list of numbers. */
export function readNamedGeometry(value: unknown): Geometry | undefined {
  return Array.isArray(value) ? undefined : readGeometry(value);
}

function readNumbers(values: readonly unknown[]): Geometry | undefined {
  if (!values.every((value) => typeof value === "number")) return undefined;
  if (values.length === 4) return readBox(values[0], values[1], values[2], values[3]);
  if (values.length === 6) return readBox(values[0], values[1], values[3], values[4]);
  return undefined;
}

function readEdges(value: unknown): Geometry | undefined {
  if (!isObject(value)) return undefined;
  const { west, south, east, north, crs } = value;
  // Other systems than longitude and latitude count in metres, or in other degrees.
  if (crs !== undefined && crs !== null && !/(?:^|[:/])(?:4326|CRS84)$/i.test(String(crs))) {
    return undefined;
  }
  return readBox(west, south, east, north);
}

function readBox(
  west: unknown,
  south: unknown,
  east: unknown,
  north: unknown,
): Geometry | undefined {
  if (
    typeof west !== "number" || typeof south !== "number" || typeof east !== "number" ||
    typeof north !== "number"
  ) return undefined;
  const box = { west, south, east, north };
  return boxProblem(box) === undefined ? boxPolygon(box) : undefined;
}

function readGeoJson(value: unknown, depth: number): Geometry | undefined {
  if (!isObject(value) || depth > MAX_DEPTH) return undefined;
  const { type, coordinates } = value;
  switch (type) {
    case "Point":
      return isPosition(coordinates) ? { type, coordinates } : undefined;
    case "MultiPoint":
      return isLine(coordinates) ? { type, coordinates } : undefined;
    case "LineString":
      return isLine(coordinates) ? { type, coordinates } : undefined;
    case "MultiLineString":
      return isRings(coordinates) ? { type, coordinates } : undefined;
    case "Polygon":
      return isRings(coordinates) ? { type, coordinates } : undefined;
    case "MultiPolygon":
      return isListOf(coordinates, isRings) ? { type, coordinates } : undefined;
    case "GeometryCollection":
      return collect(value.geometries, depth);
    case "FeatureCollection":
      return collect(value.features, depth);
    case "Feature":
      return readGeoJson(value.geometry, depth + 1);
    default:
      return undefined;
  }
}

function collect(values: unknown, depth: number): Geometry | undefined {
  if (!Array.isArray(values)) return undefined;
  const geometries = values.map((value) => readGeoJson(value, depth + 1))
    .filter((geometry) => geometry !== undefined);
  const [only] = geometries;
  if (only !== undefined && geometries.length === 1) return only;
  return geometries.length === 0 ? undefined : { type: "GeometryCollection", geometries };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isPosition(value: unknown): value is Position {
  return Array.isArray(value) && value.length >= 2 && isDegrees(value[0], 360) &&
    isDegrees(value[1], 90);
}

function isDegrees(value: unknown, most: number): boolean {
  return typeof value === "number" && Math.abs(value) <= most;
}

function isLine(value: unknown): value is readonly Position[] {
  return isListOf(value, isPosition);
}

function isRings(value: unknown): value is readonly (readonly Position[])[] {
  return isListOf(value, isLine);
}

function isListOf<T>(value: unknown, fits: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.length > 0 && value.every(fits);
}
