import * as z from "zod/mini";
import { inTurns } from "../core/waiting.ts";
import { findCrossing } from "./geojson/crossing.ts";
import { type Polygon, polygonSchema, type Position } from "./geojson/geojson.ts";
import {
  defineEnum,
  defineRequest,
  type EnumOf,
  type Model,
  type ParseOptions,
  type Reading,
  requestReaderOf,
  type WordOf,
  wordsOf,
} from "./schema/model.ts";
import type { SchemaIssue } from "./schema/schema_issues.ts";

/** Where EPSG:3857 ends, in degrees of latitude, rounded up. */
export const MAX_LATITUDE = 85.06;

/**
 * What would make a polygon take the service down or be cut the long way round: latitudes at which
 * EPSG:3857 has no end, an antimeridian crossed, rings that are open or cross one another.
 *
 * @example
 * ```ts
 * import { polygonIssues } from "./tiles.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [issue] = polygonIssues({
 *   type: "Polygon",
 *   coordinates: [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]],
 * });
 * assertEquals(issue?.message.includes("crosses"), true);
 * ```
 */
export function polygonIssues(polygon: Polygon): SchemaIssue[] {
  const work = findPolygonIssues(polygon);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** The same in steps, between which other work can have its turn. */
export function* findPolygonIssues(polygon: Polygon): Generator<void, SchemaIssue[]> {
  if (polygon.coordinates.length === 0) {
    return [{ path: ["coordinates"], message: "expected at least one ring, got none" }];
  }
  const issues = polygon.coordinates.flatMap((ring, index) =>
    ringIssues(ring).map(({ path, message }) => ({
      path: ["coordinates", index, ...path],
      message,
    }))
  );
  if (issues.length > 0) return issues;
  const crossing = yield* findCrossing(polygon.coordinates);
  if (crossing === undefined) return [];
  // Of a hole and the ring around it, the hole is the one to look at.
  const [other, segment] = crossing.toSorted((a, b) => a.ring - b.ring);
  if (other === undefined || segment === undefined) return [];
  return [{
    path: ["coordinates", segment.ring],
    message: `expected rings that do not cross, got a segment from ${show(segment.from)} to ${
      show(segment.to)
    } that crosses the one from ${show(other.from)} to ${show(other.to)}`,
  }];
}

function ringIssues(ring: readonly Position[]): SchemaIssue[] {
  const first = ring[0], last = ring.at(-1);
  if (first === undefined || last === undefined || ring.length < 4) {
    return [{
      path: [],
      message: `expected at least 4 positions, the last like the first, got ${ring.length}`,
    }];
  }
  const issues: SchemaIssue[] = [];
  if (first.length !== last.length || first.some((part, index) => part !== last[index])) {
    issues.push({
      path: [],
      message: `expected a closed ring, its last position like its first, got ${show(first)} and ${
        show(last)
      }`,
    });
  }
  let before = first;
  for (const [index, position] of ring.entries()) {
    const [longitude, latitude] = position;
    if (Math.abs(latitude) > MAX_LATITUDE) {
      issues.push({
        path: [index],
        message:
          `expected a latitude within ±${MAX_LATITUDE}°, where the tiling grid (EPSG:3857) ends, got ${latitude}: clip the area there`,
      });
    }
    if (Math.abs(longitude) > 180) {
      issues.push({
        path: [index],
        message:
          `expected a longitude within ±180°, got ${longitude}: split an area that crosses the antimeridian in two`,
      });
    } else if (Math.abs(longitude - before[0]) > 180) {
      issues.push({
        path: [index],
        message: `expected less than 180° between two positions, got ${
          before[0]
        } and ${longitude}, which crosses the antimeridian (±180°): split the area there in two`,
      });
    }
    before = position;
  }
  return issues;
}

function show(position: Position): string {
  return `[${position.join(", ")}]`;
}

/** A grid to cut an area by. */
export type GridTypeEnum = WordOf<typeof GridTypeEnum>;

/**
 * A grid to cut an area by: squares in the projection EPSG:3857, so their true size shrinks with the
 * cosine of the latitude.
 *
 * @example
 * ```ts
 * import { GridTypeEnum } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(GridTypeEnum.KM_20, "20x20km");
 * ```
 */
export const GridTypeEnum: EnumOf<{
  /** Squares of 20,000 m. */
  readonly KM_20: "20x20km";
  /** Squares of 250,000 m. */
  readonly KM_250: "250x250km";
}> = defineEnum("GridTypeEnum", { KM_20: "20x20km", KM_250: "250x250km" });

/**
 * An area to be cut into tiles. Longitudes lie within ±180°, latitudes within ±85.06° (where EPSG:3857
 * ends), rings are closed and do not cross; an area over the antimeridian has to be split there first.
 *
 * @example
 * ```ts
 * import { TileRequest } from "@apex-dispatch/client";
 * import { assertThrows } from "@std/assert";
 *
 * const aoi = { type: "Polygon", coordinates: [[[12, 41], [13, 41], [13, 89], [12, 41]]] };
 * assertThrows(
 *   () => TileRequest.parse({ aoi, grid: "20x20km" }),
 *   Error,
 *   "aoi.coordinates[0][2]: expected a latitude within ±85.06°",
 * );
 * ```
 */
export interface TileRequest {
  /** The area. */
  readonly aoi: Polygon;
  /** By which grid the area is cut; its word tells the side of a square. */
  readonly grid: GridTypeEnum;
}

/** The schema of {@linkcode GridTypeEnum}. */
export const gridTypeSchema = z.lazy(() => wordsOf(GridTypeEnum));

/** The schema of {@linkcode TileRequest}. */
export const tileRequestSchema = z.lazy(() =>
  z.object({
    aoi: polygonSchema.check((context) => {
      for (const { path, message } of polygonIssues(context.value)) {
        context.issues.push({ code: "custom", input: context.value, path: [...path], message });
      }
    }),
    grid: gridTypeSchema,
  })
);

const readShape = requestReaderOf(
  z.lazy(() => z.object({ aoi: polygonSchema, grid: gridTypeSchema })),
);

/** Reads a {@linkcode TileRequest} as its model does, and lets other work have its turn while it looks at the outline. */
export async function readTileRequest(
  value: unknown,
  { signal, ...options }: ParseOptions & { readonly signal?: AbortSignal | undefined } = {},
): Promise<Reading<TileRequest>> {
  const reading = readShape(value, options);
  if (!reading.ok) return reading;
  const issues = await inTurns(findPolygonIssues(reading.value.aoi), signal);
  if (issues.length === 0) return reading;
  return {
    ok: false,
    issues: issues.map(({ path, message }) => ({ path: ["aoi", ...path], message })),
  };
}

/** Checks a {@linkcode TileRequest}, as `tiles.split` does before it sends anything. */
export const TileRequest: Model<TileRequest> = defineRequest("TileRequest", tileRequestSchema);
