import * as z from "zod/mini";
import { type Polygon, polygonSchema } from "./geojson/geojson.ts";
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
import { findPolygonIssues, polygonIssues } from "./geojson/polygon_issues.ts";
import { inTurns } from "../core/waiting.ts";

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
