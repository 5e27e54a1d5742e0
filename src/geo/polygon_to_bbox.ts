import { boxOf, extentOf } from "./extent_of.ts";
import { formatPath } from "../models/schema/issue.ts";
import { readPart } from "./read/read_geometry.ts";
import { clean } from "../core/clean.ts";
import { isObject } from "../core/objects.ts";
import { type GeoJson, type Part, partsOf } from "./walk.ts";

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
