import type { Tiles } from "../api/open_calls.ts";
import { count } from "../core/units.ts";
import { bboxToPolygon, boundsOf } from "../geo/box.ts";
import { polygonToBbox } from "../geo/extent.ts";
import { countSquares, squareOf, toPlane } from "../geo/squares.ts";
import { polygonsOf } from "../geo/walk.ts";
import type { Geometry, Polygon } from "../models/geojson/geojson.ts";
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

/** An area in pieces, a job for each. */
export interface CutArea {
  /** The pieces. */
  readonly tiles: readonly Polygon[];
  /** The polygons of each piece, where they were put together and not cut. */
  readonly groups?: readonly (readonly Polygon[])[];
  /** At how many places area and grid only touch. */
  readonly touching: number;
}

/** Lets the service cut an area: a polygon at a time, because it does nothing else while it cuts. */
export async function cutArea(
  tiles: Tiles,
  areas: readonly TileRequest[],
  signal: AbortSignal | undefined,
): Promise<CutArea> {
  const found: (readonly Geometry[])[] = [];
  for (const area of areas) {
    const { geometries } = await tiles.split(area, { signal });
    found.push(geometries);
  }
  const pieces = found.flat().map((geometry) => polygonsOf(geometry).filter(isWide));
  return {
    tiles: pieces.flat(),
    touching: pieces.filter(({ length }) => length === 0).length,
  };
}

/** Puts the polygons of an area together by the squares that they lie in. */
export function groupArea(areas: readonly TileRequest[], grid: GridTypeEnum): CutArea {
  const groups = groupBySquare(areas.map(({ aoi }) => aoi), grid);
  const tiles = groups.map((geometries) =>
    bboxToPolygon(polygonToBbox({ type: "GeometryCollection", geometries }))
  );
  return { tiles, groups, touching: 0 };
}

/** The value for a piece: its polygon; where several were put together, what the parameter can take of them. */
export function valueOf(
  { tiles, groups }: CutArea,
  index: number,
  type: string | undefined,
): unknown {
  const polygons = groups?.[index];
  if (polygons === undefined || type === "bounding-box") return tiles[index];
  return {
    type: "FeatureCollection",
    features: polygons.map((geometry) => ({ type: "Feature", geometry, properties: {} })),
  };
}

/** The width below which a tile is only where the grid touches the area, in degrees: a tenth of a millimetre. */
const LEAST_WIDTH = 1e-9;

/** Whether a tile is more than the line along which the grid touches the area, as rounding can leave it. */
function isWide({ coordinates: [ring = []] }: Polygon): boolean {
  const [west, south, east, north] = boundsOf(ring);
  return east - west > LEAST_WIDTH && north - south > LEAST_WIDTH;
}
