import type { Geometry, Position } from "../../../src/models/geojson/geojson.ts";
import type { GridTypeEnum } from "../../../src/models/tiles.ts";

/** What GEOS made of a polygon that was cut as the service cuts. */
export interface LibraryCase {
  readonly kind: string;
  readonly grid: GridTypeEnum;
  readonly coordinates: readonly (readonly Position[])[];
  /** How many tiles, of which types, of how many square metres in EPSG:3857. */
  readonly tiles?: number;
  readonly types?: Readonly<Record<string, number>>;
  readonly area_m2?: number;
  /** What it said where there is no result. */
  readonly error?: string;
}

/** Reads cases, one a line. */
export function readCases(text: string): LibraryCase[] {
  return text.trim().split("\n").map((line) => JSON.parse(line));
}

const RADIUS = 6_378_137;
const DEGREE = Math.PI / 180;

/** The area of a geometry in square metres of EPSG:3857. */
export function planeArea(geometry: Geometry): number {
  switch (geometry.type) {
    case "Polygon": {
      const [shell = 0, ...holes] = geometry.coordinates.map(ringArea);
      return holes.reduce((area, hole) => area - hole, shell);
    }
    case "MultiPolygon":
      return geometry.coordinates.reduce(
        (sum, coordinates) => sum + planeArea({ type: "Polygon", coordinates }),
        0,
      );
    case "GeometryCollection":
      return geometry.geometries.reduce((sum, part) => sum + planeArea(part), 0);
    default:
      return 0;
  }
}

function ringArea(ring: readonly Position[]): number {
  const plane = ring.map(([longitude, latitude]) => [
    RADIUS * longitude * DEGREE,
    RADIUS * Math.asinh(Math.tan(latitude * DEGREE)),
  ]);
  const [[x0 = 0, y0 = 0] = []] = plane;
  let sum = 0;
  for (const [index, [x = 0, y = 0]] of plane.slice(0, -1).entries()) {
    const [nextX = 0, nextY = 0] = plane[index + 1] ?? [];
    sum += (x - x0) * (nextY - y0) - (nextX - x0) * (y - y0);
  }
  return Math.abs(sum) / 2;
}
