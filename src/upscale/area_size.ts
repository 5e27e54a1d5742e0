import { count } from "../core/units.ts";
import { bboxToPolygon } from "../geo/bbox_to_polygon.ts";
import { polygonToBbox } from "../geo/polygon_to_bbox.ts";
import { countSquares, squareOf, toPlane } from "../geo/squares.ts";
import type { Polygon } from "../models/geojson/geojson.ts";
import type { Issue } from "../models/schema/issue.ts";
import type { GridTypeEnum, TileRequest } from "../models/tiles.ts";

/** The most tiles that an area may have, unless `maxTiles` says otherwise. */
export const MAX_TILES = 500;

/** An area and its limit. */
export interface AreaLimit {
  /** The area as it was given: a bare list of numbers can stand in another order. */
  readonly aoi: unknown;
  readonly grid: GridTypeEnum;
  /** The most tiles that it may have. */
  readonly maxTiles: number;
}

/**
 * What stands against the size of an area, counted by the service's own grid before anything is sent: exactly for
 * boxes, and at the most for other polygons.
 */
export function sizeIssues(
  requests: readonly TileRequest[],
  { aoi, grid, maxTiles }: AreaLimit,
): readonly Issue[] {
  const squares = requests.reduce((sum, { aoi }) => sum + countSquares(aoi, grid), 0);
  if (squares <= maxTiles) return [];
  const most = `expected at most ${count(maxTiles, "tile")}, got an area of up to ${
    squares.toLocaleString("en")
  } of the ${grid} grid`;
  const advice = otherOrder(aoi, { grid, squares }) ?? crowdAdvice(requests, grid) ??
    (grid === "20x20km" ? "take the 250x250km grid, or a smaller area" : "take a smaller area");
  return [{ path: "aoi", message: `${most}: ${advice}; maxTiles: ${squares} lets it through` }];
}

/** Four numbers that would be a much smaller box in the order xmin, xmax, ymin, ymax. */
function otherOrder(
  aoi: unknown,
  { grid, squares }: { readonly grid: GridTypeEnum; readonly squares: number },
): string | undefined {
  if (!Array.isArray(aoi) || aoi.length !== 4) return undefined;
  const numbers = aoi.filter((edge): edge is number => typeof edge === "number");
  const [west = NaN, east = NaN, south = NaN, north = NaN] = numbers;
  if (!(west < east && south < north && Math.abs(south) <= 85 && Math.abs(north) <= 85)) {
    return undefined;
  }
  const other = countSquares(bboxToPolygon([west, south, east, north]), grid);
  if (other * 10 > squares) return undefined;
  return `the numbers are read as west, south, east, north; they look like xmin, xmax, ymin, ymax, of which [${west}, ${south}, ${east}, ${north}] would be ${
    count(other, "tile")
  }`;
}

/** What to say of many polygons that lie in few squares. */
export function crowdAdvice(
  requests: readonly TileRequest[],
  grid: GridTypeEnum,
): string | undefined {
  if (requests.length < 10) return undefined;
  const groups = groupBySquare(requests.map(({ aoi }) => aoi), grid);
  if (groups.length * 2 > requests.length) return undefined;
  return `it is ${requests.length} polygons, each with a job of its own at the least, that lie in ${
    count(groups.length, "square")
  } of the grid; group: "square" makes one job a square of the polygons in it`;
}

/** Polygons by the square that their middle lies in, the squares laid from the south-west corner of all of them. */
export function groupBySquare(
  polygons: readonly Polygon[],
  grid: GridTypeEnum,
): readonly (readonly Polygon[])[] {
  const [west, south] = polygonToBbox({ type: "GeometryCollection", geometries: polygons });
  const origin = toPlane([west, south]);
  const groups = Map.groupBy(polygons, (polygon) => {
    const [left, bottom, right, top] = polygonToBbox(polygon);
    // Over the antimeridian the area was cut, so that west is never beyond east here.
    return squareOf([(left + right) / 2, (bottom + top) / 2], { origin, grid });
  });
  return [...groups.values()];
}
