import type { BBox, Polygon, Position2D } from "../models/geojson.ts";

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
  const edges = edgesOf(bbox);
  const problem = boxProblem(edges);
  if (problem !== undefined) throw new RangeError(`Cannot make a polygon of the box: ${problem}`);
  return boxPolygon(edges);
}

/** What makes four numbers no box, in words. */
export function boxProblem({ west, south, east, north }: BoundingBox): string | undefined {
  if (![west, south, east, north].every(Number.isFinite)) {
    return "expected west, south, east and north as numbers";
  }
  if (south > north) return `expected south before north, got ${south} and ${north}`;
  if (Math.abs(south) > 90 || Math.abs(north) > 90) {
    return `expected latitudes within ±90°, got ${south} and ${north}`;
  }
  if (Math.abs(west) > 360 || Math.abs(east) > 360) {
    return `expected longitudes within ±180°, got ${west} and ${east}`;
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

function edgesOf(bbox: BBox | BoundingBox): BoundingBox {
  if ("west" in bbox) return bbox;
  const [west, south, east, north] = bbox.length === 6
    ? [bbox[0], bbox[1], bbox[3], bbox[4]]
    : bbox;
  return { west, south, east, north };
}
