import { isObject } from "../core/objects.ts";
import { formatDegrees } from "../core/units.ts";
import { readBox } from "../geo/box.ts";
import { polygonToBbox } from "../geo/extent.ts";
import { readPart } from "../geo/read/read_geometry.ts";
import { splitAtAntimeridian } from "../geo/split_at_antimeridian.ts";
import { type Part, partsOf, polygonsOf } from "../geo/walk.ts";
import type { Polygon } from "../models/geojson/geojson.ts";
import { formatPath, type Issue } from "../models/schema/issue.ts";
import { type GridTypeEnum, readTileRequest, type TileRequest } from "../models/tiles.ts";

/** An area as the service can cut it, or what stands against it. */
export type AreaReading =
  | { readonly ok: true; readonly requests: readonly TileRequest[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

export interface ReadAreaOptions {
  /** The grid that is to cut it. */
  readonly grid: GridTypeEnum;
  /** Gives up when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads an area, and makes of it the requests that cut it: one for each polygon, two or more for one that runs over
 * the antimeridian. All of it has to be areas in degrees: a part that is passed over would be a part that nobody
 * computes, and nobody would know. What can be read two ways is refused, and both ways are named.
 */
export async function readArea(
  aoi: unknown,
  { grid, signal }: ReadAreaOptions,
): Promise<AreaReading> {
  const parts = partsOf({ path: ["aoi"], value: aoi });
  if (parts.length === 0) {
    const message = `${EXPECTED}, got an empty ${Object(aoi).type}`;
    return { ok: false, issues: [{ path: "aoi", message }] };
  }
  const requests: TileRequest[] = [];
  const issues = new Map<string, Issue>();
  const refuse = (path: readonly PropertyKey[], message: string) => {
    const issue = { path: formatPath(path), message };
    issues.set(JSON.stringify(issue), issue);
  };
  for (const part of parts) {
    const place = readPart(part);
    if (!place.ok) {
      const { path, message } = place.problem;
      refuse(path, message.replace(/^expected a place/, EXPECTED));
      continue;
    }
    const polygons = polygonsOf(place.geometry);
    if (polygons.length === 0) {
      refuse(part.path, `${EXPECTED}, got a ${place.geometry.type}, which covers nothing`);
    }
    const doubt = wideBox(part.value);
    if (doubt !== undefined) {
      refuse(part.path, doubt);
      continue;
    }
    for (const polygon of polygons) {
      const edges = longEdges(part, polygon);
      for (const { path, message } of edges) refuse(path, message);
      if (edges.length > 0) continue;
      const pieces = splitAtAntimeridian(polygon);
      // A bounding box has no positions to point at, and a piece none that its owner knows.
      const pointable = isObject(part.value) && part.value.type === "Polygon" &&
        pieces[0] === polygon;
      for (const piece of pieces) {
        const reading = await readTileRequest({ aoi: piece, grid }, { signal });
        if (reading.ok) requests.push(reading.value);
        else {
          for (const { path: [field = "", ...rest], message } of reading.issues) {
            const path = pointable ? [...part.path, ...rest] : part.path;
            refuse(field === "aoi" ? path : [field], message);
          }
        }
      }
    }
  }
  return issues.size === 0 ? { ok: true, requests } : { ok: false, issues: [...issues.values()] };
}

const EXPECTED = "expected a polygon, a feature of one, or a bounding box in degrees";

/** A box whose west lies beyond its east goes round the back of the world: most likely its edges are swapped. */
function wideBox(value: unknown): string | undefined {
  const reading = readBox(value);
  if (reading === undefined || !reading.ok) return undefined;
  const { west, east } = reading.box;
  const width = east + 360 - west;
  if (west <= east || width <= 180) return undefined;
  return `expected a box of one meaning: from west ${west} eastwards to east ${east} it is ${
    formatDegrees(width)
  }° wide, round the back of the world; for the ${
    formatDegrees(west - east)
  }° between them write west ${east} and east ${west}, for the other one give it in two parts`;
}

/** Edges that could run either way round the world: the shorter way over the antimeridian, or the longer one. */
function longEdges(
  part: Part,
  polygon: Polygon,
): readonly { path: PropertyKey[]; message: string }[] {
  return polygon.coordinates.flatMap((ring, at) =>
    ring.flatMap((to, index) => {
      const from = ring[index - 1];
      const width = from === undefined ? 0 : Math.abs(to[0] - from[0]);
      if (from === undefined || width <= 180) return [];
      const inside = isObject(part.value) && part.value.type === "Polygon"
        ? ["coordinates", at, index]
        : [];
      const short = formatDegrees(360 - width);
      return [{
        path: [...part.path, ...inside],
        message: `expected an edge of one meaning: the one from [${from.join(", ")}] to [${
          to.join(", ")
        }] is ${
          formatDegrees(width)
        }° long, or ${short}° over the antimeridian (±180°); for the long one put positions in between, at most 180° apart, for the short one go on beyond 180 (${
          to[0] < 0 ? `${to[0] + 360} for ${to[0]}` : `${to[0] - 360} for ${to[0]}`
        }), or cut the area there in two`,
      }];
    })
  );
}

/** Where EPSG:3857 ends, in degrees of latitude. */
const END = 85;

/** Beyond so many degrees from land a place lies in the open sea. */
const FAR = 1.5;
/** The coasts are drawn this coarsely, in degrees: who lives at one lives on land. */
const NEAR = 0.4;

/**
 * Whether an area looks as if latitude stood first: it lies in the open sea, and with both swapped it would lie on land.
 * Nothing else can tell the two apart, where both are within ±90. What was found, in words for the plan.
 */
export async function findSwap(requests: readonly TileRequest[]): Promise<string | undefined> {
  const geometries = requests.map(({ aoi }) => aoi);
  const [west, south, east, north] = polygonToBbox({ type: "GeometryCollection", geometries });
  const longitude = (west + east) / 2, latitude = (south + north) / 2;
  if (west > east || Math.abs(longitude) > END || east - west > 20 || north - south > 20) {
    return undefined;
  }
  // The coasts are large, and nobody needs them who plans no area.
  const { world } = await import("../map/coast/world.ts");
  const isLand = (x: number, y: number) =>
    // A coast that runs over the antimeridian goes on beyond it, so that a place can lie a turn away.
    world.coarse.flat.filter(({ places }) =>
          [x - 360, x, x + 360].some((turned) => contains(places, turned, y))
        ).length % 2 === 1;
  const isNearLand = (x: number, y: number, near: number) =>
    [-near, 0, near].some((dx) => [-near, 0, near].some((dy) => isLand(x + dx, y + dy)));
  if (isNearLand(longitude, latitude, FAR) || !isNearLand(latitude, longitude, NEAR)) {
    return undefined;
  }
  return `The area lies in the open sea, at ${
    place(longitude, latitude)
  }. With latitude and longitude swapped it would lie on land, at ${
    place(latitude, longitude)
  }: look whether longitude stands first.`;
}

function contains(
  ring: readonly (readonly [x: number, y: number])[],
  x: number,
  y: number,
): boolean {
  let inside = false;
  let before = ring.at(-1);
  for (const at of ring) {
    if (
      before !== undefined && (at[1] > y) !== (before[1] > y) &&
      x < at[0] + (y - at[1]) / (before[1] - at[1]) * (before[0] - at[0])
    ) inside = !inside;
    before = at;
  }
  return inside;
}

function place(longitude: number, latitude: number): string {
  const write = (degrees: number, [positive, negative]: string) =>
    `${Number(Math.abs(degrees).toFixed(2))}°${degrees < 0 ? negative : positive}`;
  return `${write(longitude, "EW")}, ${write(latitude, "NS")}`;
}
