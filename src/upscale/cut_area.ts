import { boundsOf } from "../geo/box.ts";
import type { Tiles } from "../api/open_calls.ts";
import { bboxToPolygon } from "../geo/bbox_to_polygon.ts";
import { polygonToBbox } from "../geo/polygon_to_bbox.ts";
import { polygonsOf } from "../geo/walk.ts";
import type { Geometry, Polygon } from "../models/geojson/geojson.ts";
import type { GridTypeEnum, TileRequest } from "../models/tiles.ts";
import { groupBySquare } from "./area_size.ts";

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
