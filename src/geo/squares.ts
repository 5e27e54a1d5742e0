import { boundsOf } from "./box.ts";
import type { Polygon, Position } from "../models/geojson/geojson.ts";
import type { GridTypeEnum } from "../models/tiles.ts";

/** How wide the squares of each grid are, in the metres of EPSG:3857. */
const SIZES: Readonly<Record<GridTypeEnum, number>> = { "20x20km": 20_000, "250x250km": 250_000 };

/** The radius of the earth as EPSG:3857 has it, in metres. */
const RADIUS = 6_378_137;
const DEGREE = Math.PI / 180;

/** A position on the plane of EPSG:3857, in metres. */
export type PlanePoint = readonly [x: number, y: number];

/** A position on the plane of EPSG:3857, on which the service lays its grids. */
export function toPlane([longitude, latitude]: Position): PlanePoint {
  return [RADIUS * (longitude * DEGREE), RADIUS * Math.asinh(Math.tan(latitude * DEGREE))];
}

/**
 * How many squares of a grid an area falls into: exactly as many as the service makes of a box, and for any other
 * polygon at least as many. The squares begin at the south-west corner of the polygon's bounding box, and of each
 * column of them those count that lie between the lowest and the highest place of the polygon in it.
 *
 * @example
 * ```ts
 * import { bboxToPolygon } from "./box.ts";
 * import { countSquares } from "./squares.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(countSquares(bboxToPolygon([4, 51, 4.3, 51.3]), "20x20km"), 6);
 * ```
 */
export function countSquares({ coordinates: [ring = []] }: Polygon, grid: GridTypeEnum): number {
  const size = SIZES[grid];
  const points = ring.map(toPlane);
  const [west, south, east, north] = boundsOf(points);
  if (!(east > west) || !(north > south)) return 0;
  const columns = Math.ceil((east - west) / size);
  const rows = Math.ceil((north - south) / size);
  // Of an area that is refused anyway, the bounding box is close enough.
  if (columns * rows > MOST_EXACT) return columns * rows;
  const lowest = new Float64Array(columns).fill(Infinity);
  const highest = new Float64Array(columns).fill(-Infinity);
  const reach = (column: number, y: number) => {
    lowest[column] = Math.min(lowest[column] ?? y, y);
    highest[column] = Math.max(highest[column] ?? y, y);
  };
  let from = points[0];
  for (const to of points) {
    if (from === undefined) break;
    const [left, right] = from[0] <= to[0] ? [from, to] : [to, from];
    const slope = right[0] === left[0] ? 0 : (right[1] - left[1]) / (right[0] - left[0]);
    const first = Math.min(columns - 1, Math.floor((left[0] - west) / size));
    const last = Math.min(columns - 1, Math.max(first, Math.ceil((right[0] - west) / size) - 1));
    for (let column = first; column <= last; column++) {
      const begin = Math.max(left[0], west + column * size);
      const end = Math.min(right[0], west + (column + 1) * size);
      reach(column, begin === left[0] ? left[1] : left[1] + slope * (begin - left[0]));
      reach(column, end === right[0] ? right[1] : left[1] + slope * (end - left[0]));
    }
    from = to;
  }
  let squares = 0;
  for (let column = 0; column < columns; column++) {
    const low = Math.floor(((lowest[column] ?? 0) - south) / size);
    const high = Math.ceil(((highest[column] ?? 0) - south) / size);
    squares += Math.max(1, Math.min(high, rows) - Math.min(low, rows - 1));
  }
  return squares;
}

/** Beyond so many squares nobody cares how many exactly. */
const MOST_EXACT = 10_000_000;

/** Which square of a grid that begins at an origin a place lies in, as a key of its own. */
export function squareOf(
  position: Position,
  { origin, grid }: { readonly origin: PlanePoint; readonly grid: GridTypeEnum },
): string {
  const [x, y] = toPlane(position);
  const index = (value: number, start: number) => Math.floor((value - start) / SIZES[grid]);
  return `${index(x, origin[0])} ${index(y, origin[1])}`;
}
