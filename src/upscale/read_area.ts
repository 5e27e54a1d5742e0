import { boxProblem } from "../geo/bbox_to_polygon.ts";
import { polygonsOf } from "../geo/polygons_of.ts";
import { readGeometry } from "../geo/read_geometry.ts";
import { splitAtAntimeridian } from "../geo/split_at_antimeridian.ts";
import { describeValue, formatPath, type Issue } from "../models/schema/issue.ts";
import { requestReaderOf } from "../models/schema/model.ts";
import { type GridTypeEnum, type TileRequest, tileRequestSchema } from "../models/tiles.ts";

/** An area as the service can cut it, or what stands against it. */
export type AreaReading =
  | { readonly ok: true; readonly requests: readonly TileRequest[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** How deep collections may nest. */
const DEEPEST = 16;

const readRequest = requestReaderOf(tileRequestSchema);

/**
 * Reads an area, and makes of it the requests that cut it: one for each polygon, two or more for one that runs over
 * the antimeridian. All of it has to be areas in degrees: a part that is passed over would be a part that nobody
 * computes, and nobody would know.
 */
export function readArea(aoi: unknown, grid: GridTypeEnum): AreaReading {
  const parts = partsOf({ path: ["aoi"], value: aoi });
  if (parts.length === 0) {
    const message = `${EXPECTED}, got an empty ${Object(aoi).type}`;
    return { ok: false, issues: [{ path: "aoi", message }] };
  }
  const requests: TileRequest[] = [];
  const issues = new Map<string, Issue>();
  const refuse = (path: readonly PropertyKey[], message: string) => {
    const issue = { path: formatPath(path), message };
    issues.set(JSON.stringify(issue), issue);
  };
  for (const part of parts) {
    const geometry = readGeometry(part.value);
    const polygons = geometry === undefined ? [] : polygonsOf(geometry);
    if (polygons.length === 0) refuse(part.path, `${EXPECTED}, got ${describeArea(part.value)}`);
    for (const polygon of polygons) {
      const pieces = splitAtAntimeridian(polygon);
      // A bounding box has no positions to point at, and a piece none that its owner knows.
      const pointable = isObject(part.value) && part.value.type === "Polygon" &&
        pieces[0] === polygon;
      for (const piece of pieces) {
        const reading = readRequest({ aoi: piece, grid });
        if (reading.ok) requests.push(reading.value);
        else {
          for (const { path: [field = "", ...rest], message } of reading.issues) {
            const path = pointable ? [...part.path, ...rest] : part.path;
            refuse(field === "aoi" ? path : [field], message);
          }
        }
      }
    }
  }
  return issues.size === 0 ? { ok: true, requests } : { ok: false, issues: [...issues.values()] };
}

const EXPECTED = "expected a polygon, a feature of one, or a bounding box in degrees";

interface Part {
  readonly path: readonly PropertyKey[];
  readonly value: unknown;
}

/** What an area is made of: collections taken apart, features by their geometry. */
function partsOf({ path, value }: Part): readonly Part[] {
  if (isObject(value) && path.length <= 2 * DEEPEST) {
    const { type, features, geometries, geometry } = value;
    const inside = (name: string, values: readonly unknown[]) =>
      values.flatMap((value, index) => partsOf({ path: [...path, name, index], value }));
    if (type === "FeatureCollection" && Array.isArray(features)) {
      return inside("features", features);
    }
    if (type === "GeometryCollection" && Array.isArray(geometries)) {
      return inside("geometries", geometries);
    }
    if (type === "Feature") return partsOf({ path: [...path, "geometry"], value: geometry });
  }
  return [{ path, value }];
}

/** What there is in place of an area, in words. */
function describeArea(value: unknown): string {
  if (!isObject(value)) return describeValue(value);
  if (Array.isArray(value) && (value.length === 4 || value.length === 6)) {
    const [west, south, ...rest] = value;
    const [east, north] = rest.slice(-(rest.length === 4 ? 3 : 2));
    return describeBox({ west, south, east, north });
  }
  const { type } = value;
  if (type === "Polygon" || type === "MultiPolygon") {
    return `a ${type} whose coordinates are not rings of [longitude, latitude] in degrees`;
  }
  if (typeof type === "string") {
    const known = /^(?:Multi)?(?:Point|LineString)$/.test(type);
    return known ? `a ${type}, which covers nothing` : `an object of the type ${quote(type)}`;
  }
  return "west" in value ? describeBox(value) : describeValue(value);
}

function describeBox({ west, south, east, north, crs }: Readonly<Record<string, unknown>>): string {
  const edges = [west, south, east, north];
  const [a = NaN, b = NaN, c = NaN, d = NaN] = edges.map((edge) =>
    typeof edge === "number" ? edge : NaN
  );
  const problem = boxProblem({ west: a, south: b, east: c, north: d });
  if (problem !== undefined) return `a box that is none: ${problem}`;
  return `a box in the reference system ${
    typeof crs === "string" ? quote(crs) : describeValue(crs)
  }`;
}

function quote(text: string): string {
  return JSON.stringify(text.length <= 40 ? text : `${text.slice(0, 39)}…`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
