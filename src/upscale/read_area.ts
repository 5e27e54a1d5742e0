import { formatDegrees } from "../core/units.ts";
import { isObject } from "../core/objects.ts";
import { readBox } from "../geo/read/read_box.ts";
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
