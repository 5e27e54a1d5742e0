import type { Geometry, Polygon } from "../models/geojson.ts";

/**
 * The polygons that a geometry is made of: several for one in several pieces, none for points and lines.
 *
 * @example
 * ```ts
 * import { polygonsOf } from "./polygons_of.ts";
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
