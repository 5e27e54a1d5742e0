import { operations } from "../../api/operations.ts";
import { boundsOf } from "../../geo/box.ts";
import type { Geometry, GeometryCollection, Position } from "../../models/geojson/geojson.ts";
import type { GridTypeEnum } from "../../models/tiles.ts";
import {
  internalError,
  jsonAnswer,
  proxyTimeout,
  type RequestProblem,
  validationError,
} from "../server/answers.ts";
import { type Handler, handler } from "../server/handler.ts";
import { tooShort } from "../server/validate.ts";
import { assemble } from "./assemble.ts";
import { cutAlong } from "./cut.ts";
import { type Outline, outlineOf, type PlanePosition, TopologyError } from "./noding.ts";
import { asLibraryHas } from "./oddities.ts";

const SIZES: Readonly<Record<GridTypeEnum, number>> = { "20x20km": 20_000, "250x250km": 250_000 };

/** Beyond this many squares the service is busy for minutes, and its proxy gives up. */
const MAX_SQUARES = 10_000;

/** How long a cutting may take, in milliseconds of real time. */
const TIME_LIMIT = 20_000;

/** How long it may go on before other requests get their turn, in milliseconds of real time. */
const TURN = 20;

/** The radius of the earth as EPSG:3857 has it, in metres. */
const RADIUS = 6_378_137;
const DEGREE = Math.PI / 180;

/** An area to be cut: the rings of its polygon. */
export interface TileArea {
  readonly rings: readonly (readonly Position[])[];
  readonly grid: GridTypeEnum;
}

/**
 * Cuts an area as the service does: project it to EPSG:3857, lay squares over its bounding box from the
 * south-west corner, columns from west to east and each from south to north, and project back every
 * intersection that is not empty.
 *
 * @returns the tiles, or `undefined` where the real service would hang or take minutes: an area that
 * reaches a pole (the projection has no end there) or spans more than 10,000 squares (one that crosses
 * the antimeridian is cut the long way round).
 */
export async function splitTiles(
  { rings, grid }: TileArea,
): Promise<GeometryCollection | undefined> {
  const plane = rings.map((ring) => ring.map(toPlane));
  const [shell = []] = plane;
  const size = SIZES[grid];
  const bounds = edgesOf(shell);
  if (shell.length === 0) return { type: "GeometryCollection", geometries: [] };
  if (rings.flat().some(([, latitude]) => Math.abs(latitude) >= 90)) return undefined;
  if (countSquares(bounds, size) > MAX_SQUARES) return undefined;
  const geometries: Geometry[] = [];
  const begin = performance.now();
  let turn = begin;
  const area = outlineOf(plane);
  let rest: Outline = area;
  for (let west = bounds.west; west < bounds.east; west += size) {
    const east = west + size;
    const columns = cutAlong(rest, { axis: 0, at: east });
    rest = columns.high;
    let column = columns.low;
    for (let south = bounds.south; south < bounds.north; south += size) {
      const north = south + size;
      const { low, high } = cutAlong(column, { axis: 1, at: north });
      column = high;
      const square = { west, south, east, north };
      const geometry = assemble(asLibraryHas(low, area, square), { square, project: toDegrees });
      if (geometry !== undefined) geometries.push(geometry);
      const now = performance.now();
      if (now - begin > TIME_LIMIT) return undefined;
      if (now - turn > TURN) {
        await new Promise((resolve) => setTimeout(resolve));
        turn = performance.now();
      }
    }
  }
  return { type: "GeometryCollection", geometries };
}

interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

function edgesOf(ring: readonly PlanePosition[]): Bounds {
  const [west, south, east, north] = boundsOf(ring);
  return { west, south, east, north };
}

function countSquares({ west, south, east, north }: Bounds, size: number): number {
  return Math.ceil((east - west) / size) * Math.ceil((north - south) / size);
}

/** The formulas are PROJ's, operation by operation: where areas touch, the last digit counts. */
function toPlane([longitude, latitude, height]: Position): PlanePosition {
  const x = RADIUS * (longitude * DEGREE);
  const y = RADIUS * Math.asinh(Math.tan(latitude * DEGREE));
  return height === undefined ? [x, y] : [x, y, height];
}

function toDegrees([x, y, height]: PlanePosition): Position {
  const longitude = (x * (1 / RADIUS)) * (180 / Math.PI);
  const latitude = Math.atan(Math.sinh(y * (1 / RADIUS))) * (180 / Math.PI);
  return height === undefined ? [longitude, latitude] : [longitude, latitude, height];
}

/** `POST /tiles`. Where the real service would hang, a proxy's timeout is answered at once. */
export const splitArea: Handler = handler(operations.splitTiles, async ({ body, requestId }) => {
  const { aoi: { coordinates: rings }, grid } = body;
  const problems = ringProblems(rings);
  if (problems.length > 0) return validationError(requestId, problems);
  const failure = `An error occurred while calculating tiles for ${grid}`;
  if (rings.flat(2).some((number) => !Number.isFinite(number))) {
    const reason = "float() argument must be a string or a real number, not 'NoneType'";
    return internalError(requestId, failure, reason);
  }
  try {
    const tiles = await splitTiles({ rings, grid });
    return tiles === undefined ? proxyTimeout() : jsonAnswer(201, tiles);
  } catch (error) {
    if (error instanceof TopologyError) return internalError(requestId, failure, error.message);
    throw error;
  }
});

const LEAST_POSITIONS = 4;

/** What the service asks of rings: four positions at least, the last like the first. */
function ringProblems(rings: readonly (readonly Position[])[]): RequestProblem[] {
  const loc = ["body", "aoi", "coordinates"];
  const short = rings.flatMap((ring, index): RequestProblem[] =>
    ring.length >= LEAST_POSITIONS ? [] : [{
      type: "too_short",
      loc: [...loc, index],
      msg: tooShort(LEAST_POSITIONS, ring.length),
      input: ring,
    }]
  );
  if (short.length > 0) return short;
  if (rings.every((ring) => String(ring[0]) === String(ring.at(-1)))) return [];
  return [{
    type: "value_error",
    loc,
    msg: "Value error, All linear rings have the same start and end coordinates",
    input: rings,
  }];
}
