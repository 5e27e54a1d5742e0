import { clean } from "../core/clean.ts";
import type { BBox, Polygon } from "../models/geojson/geojson.ts";
import { describeValue } from "../models/schema/issue.ts";
import { type BoundingBox, boxPolygon } from "./box.ts";
import { readBox } from "./read/read_box.ts";

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
  const reading = readBox(bbox);
  const refuse = (message: string) =>
    new RangeError(`Cannot make a polygon of the box: ${clean(message)}`);
  if (reading === undefined) {
    throw refuse(`expected west, south, east and north as numbers, got ${describeValue(bbox)}`);
  }
  if (!reading.ok) throw refuse(reading.problem.message);
  return boxPolygon(reading.box);
}
