import { isObject } from "../core/objects.ts";
import type {
  AnyFeature,
  FeatureCollection,
  Geometry,
  Polygon,
  Position,
} from "../models/geojson/geojson.ts";
import { describeValue } from "../models/schema/issue.ts";

/** Anything of GeoJSON that has a place. */
export type GeoJson = Geometry | AnyFeature | FeatureCollection<AnyFeature>;

/** What a line of positions is: the ring of an area, a line, or a point, which is a line of one position. */
export type LineKind = "ring" | "line" | "point";

/** How deep lists lie around the positions of a geometry, and what its lines are. */
export const SHAPES = {
  Point: { depth: 0, kind: "point" },
  MultiPoint: { depth: 1, kind: "point" },
  LineString: { depth: 1, kind: "line" },
  MultiLineString: { depth: 2, kind: "line" },
  Polygon: { depth: 2, kind: "ring" },
  MultiPolygon: { depth: 3, kind: "ring" },
} as const;

/** A type of geometry that is no collection. */
export type SimpleType = keyof typeof SHAPES;

/** Whether a word is the type of a geometry that is no collection. */
export function isSimpleType(type: unknown): type is SimpleType {
  return typeof type === "string" && Object.hasOwn(SHAPES, type);
}

/** Visits every line of GeoJSON, in its order: the one walk that everything here and on maps stands on. */
export function walkLines(
  value: GeoJson,
  visit: (line: readonly Position[], kind: LineKind) => void,
): void {
  switch (value.type) {
    case "FeatureCollection":
      for (const feature of value.features) walkLines(feature, visit);
      return;
    case "Feature":
      if (value.geometry !== null) walkLines(value.geometry, visit);
      return;
    case "GeometryCollection":
      for (const geometry of value.geometries) walkLines(geometry, visit);
      return;
    case "Point":
      return visit([value.coordinates], "point");
    case "MultiPoint":
      for (const position of value.coordinates) visit([position], "point");
      return;
    case "LineString":
      return visit(value.coordinates, "line");
    case "MultiLineString":
    case "Polygon":
      for (const line of value.coordinates) visit(line, SHAPES[value.type].kind);
      return;
    case "MultiPolygon":
      for (const rings of value.coordinates) {
        for (const ring of rings) visit(ring, "ring");
      }
  }
}

/**
 * The polygons that a geometry is made of: several for one in several pieces, none for points and lines.
 *
 * @example
 * ```ts
 * import { polygonsOf } from "./walk.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(polygonsOf({ type: "LineString", coordinates: [[0, 0], [1, 1]] }), []);
 * ```
 */
export function polygonsOf(geometry: Geometry): readonly Polygon[] {
  switch (geometry.type) {
    case "Polygon":
      return [geometry];
    case "MultiPolygon":
      return geometry.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
    case "GeometryCollection":
      return geometry.geometries.flatMap(polygonsOf);
    default:
      return [];
  }
}

/** A part of GeoJSON that is no collection and no feature, and where in it that is. */
export interface Part {
  /** Where. */
  readonly path: readonly PropertyKey[];
  /** What, of whatever kind. */
  readonly value: unknown;
}

/** How deep collections and features may lie in one another. */
const MAX_DEPTH = 32;

/**
 * Takes unknown data apart as GeoJSON does: collections by their members, features by their geometry. What is none
 * of these comes back as it is; so does what is nested too deeply, such as a collection that holds itself.
 */
export function partsOf({ path, value }: Part, depth = 0): readonly Part[] {
  if (!isObject(value) || depth > MAX_DEPTH) return [{ path, value }];
  const name = isCollection(value.type) ? MEMBERS[value.type] : undefined;
  if (name === undefined) return [{ path, value }];
  const members = value[name];
  if (name === "geometry") return partsOf({ path: [...path, name], value: members }, depth + 1);
  if (!Array.isArray(members)) return [{ path, value }];
  return members.flatMap((member, index) =>
    partsOf({ path: [...path, name, index], value: member }, depth + 1)
  );
}

/** Where GeoJSON that holds other GeoJSON has it. */
export const MEMBERS = {
  Feature: "geometry",
  FeatureCollection: "features",
  GeometryCollection: "geometries",
} as const;

/** Whether a word is the type of GeoJSON that holds other GeoJSON. */
export function isCollection(type: unknown): type is keyof typeof MEMBERS {
  return typeof type === "string" && Object.hasOwn(MEMBERS, type);
}

/** A copy of unknown GeoJSON with each of its positions moved, such as from another projection; nothing else in it changes. */
export function movePositions(
  value: unknown,
  move: (x: number, y: number) => readonly [number, number],
  depth = 0,
): unknown {
  if (depth > MAX_DEPTH) return undefined;
  const again = (part: unknown) => movePositions(part, move, depth + 1);
  if (Array.isArray(value)) {
    const [x, y] = value;
    return typeof x === "number" && typeof y === "number" ? move(x, y) : value.map(again);
  }
  if (!isObject(value)) return value;
  const names = ["coordinates", ...Object.values(MEMBERS)].filter((name) => name in value);
  return { ...value, ...Object.fromEntries(names.map((name) => [name, again(value[name])])) };
}

/** What is wrong with a place, and where in it. */
export interface PlaceProblem {
  /** Where. */
  readonly path: readonly PropertyKey[];
  /** What was expected, and what was found. */
  readonly message: string;
}

/** What makes the coordinates of a geometry unfit: lists nested wrongly, positions that are none or not in degrees. */
export function coordinatesProblem(
  type: SimpleType,
  coordinates: unknown,
): PlaceProblem | undefined {
  return listProblem(coordinates, SHAPES[type].depth);
}

/** Whether a value is a position in degrees. */
export function isPosition(value: unknown): value is Position {
  return listProblem(value, 0) === undefined;
}

/** Whether a value is a list of positions, one at the least. */
export function isLine(value: unknown): value is readonly Position[] {
  return listProblem(value, 1) === undefined;
}

/** Whether a value is a list of rings or lines. */
export function isLines(value: unknown): value is readonly (readonly Position[])[] {
  return listProblem(value, 2) === undefined;
}

/** Whether a value is a list of polygons, each a list of rings. */
export function isPolygons(value: unknown): value is readonly (readonly (readonly Position[])[])[] {
  return listProblem(value, 3) === undefined;
}

const LISTS = ["[longitude, latitude]", "positions", "rings or lines", "polygons"] as const;

function listProblem(value: unknown, depth: number): PlaceProblem | undefined {
  if (depth === 0) return positionProblem(value);
  if (!Array.isArray(value) || value.length === 0) {
    return { path: [], message: `expected a list of ${LISTS[depth]}, got ${describeValue(value)}` };
  }
  if (typeof value[0] === "number") {
    const message = `expected a list of ${LISTS[depth]}, got the position ${show(value)}: ${
      depth === 1 ? "a level" : `${depth} levels`
    } of brackets is missing`.replace("levels of brackets is", "levels of brackets are");
    return { path: [], message };
  }
  for (let index = 0; index < value.length; index++) {
    const problem = listProblem(value[index], depth - 1);
    if (problem !== undefined) return { ...problem, path: [index, ...problem.path] };
  }
  return undefined;
}

function positionProblem(value: unknown): PlaceProblem | undefined {
  if (!Array.isArray(value) || value.length < 2) {
    return { path: [], message: `expected a position, got ${describeValue(value)}` };
  }
  const [longitude, latitude] = value;
  // A ring in one piece may run on beyond the antimeridian, from wherever it began.
  if (isDegrees(longitude, 540) && isDegrees(latitude, 90)) return undefined;
  if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) {
    return { path: [], message: `expected a position of two numbers, got ${show(value)}` };
  }
  return {
    path: [],
    message: `expected a longitude within ±180° and a latitude within ±90°, got ${show(value)}${
      degreesAdvice(longitude, latitude)
    }`,
  };
}

/** What numbers most likely are that are no degrees, to be written after what they are. */
export function degreesAdvice(x: number, y: number): string {
  if (Math.abs(x) <= 90 && Math.abs(y) <= 360) return ": latitude and longitude may be swapped";
  if (Math.abs(x) > 1000 || Math.abs(y) > 1000) {
    return ": these may be metres of a projected system such as UTM; transform them to longitude and latitude (EPSG:4326)";
  }
  return "";
}

function isDegrees(value: unknown, most: number): boolean {
  return typeof value === "number" && Math.abs(value) <= most;
}

function show(position: readonly unknown[]): string {
  const numbers = position.slice(0, 3).map((part) =>
    typeof part === "number" ? String(part) : describeValue(part)
  );
  return `[${numbers.join(", ")}]`;
}
