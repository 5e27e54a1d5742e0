import type { Geometry } from "../models/geojson.ts";
import { extentOf } from "./extent_of.ts";
import type { AnyFeature, FeatureCollection } from "./feature.ts";
import { wrapLongitude } from "./longitudes.ts";

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
 * @throws {RangeError} if it has no positions.
 */
export function polygonToBbox(
  area: Geometry | AnyFeature | FeatureCollection<AnyFeature>,
): [west: number, south: number, east: number, north: number] {
  const extent = extentOf(geometriesIn(area));
  if (extent === undefined) {
    throw new RangeError(
      `Cannot find the bounding box of the ${area.type}: it has no positions`,
    );
  }
  const { longitudes: [west, east], latitudes: [south, north] } = extent;
  return [west, south, east > 180 ? wrapLongitude(east) : east, north];
}

function geometriesIn(
  area: Geometry | AnyFeature | FeatureCollection<AnyFeature>,
): readonly Geometry[] {
  switch (area.type) {
    case "FeatureCollection":
      return area.features.flatMap(geometriesIn);
    case "Feature":
      return area.geometry === null ? [] : [area.geometry];
    default:
      return [area];
  }
}
