import { type UpscalingPlan, upscalingPlan } from "../display/plan.ts";
import { showNow } from "../display/show_now.ts";
import type { Area } from "../geo/geometries_of.ts";
import { polygonsOf } from "../geo/polygons_of.ts";
import { readGeometry } from "../geo/read_geometry.ts";
import { splitAtAntimeridian } from "../geo/split_at_antimeridian.ts";
import { RequestInvalidError } from "../http/errors.ts";
import { WatchError } from "../live/watch_error.ts";
import type { Geometry, Polygon } from "../models/geojson.ts";
import { describeValue } from "../models/issue.ts";
import type { BaseJobRequest } from "../models/jobs.ts";
import { requestReaderOf, toIssues } from "../models/model.ts";
import type { Watch } from "../models/snapshot.ts";
import type { GridTypeEnum } from "../models/tiles.ts";
import {
  type UpscalingTask,
  upscalingTaskRequestSchema,
  type UpscalingTaskSummary,
} from "../models/upscaling.ts";
import type { Tiles } from "./tiles.ts";
import type { TaskWatchOptions, UpscaleTasks } from "./upscale_tasks.ts";

/** What of a client is needed to upscale an area; an `AuthenticatedClient` is one. */
export interface UpscalingClient {
  /** The cutting of areas. */
  readonly tiles: Tiles;
  /** The tasks. */
  readonly upscaleTasks: UpscaleTasks;
  /** When the client's token expires, if that is known. */
  tokenExpiry(options?: { readonly signal?: AbortSignal | undefined }): Promise<Date | undefined>;
}

/** What to run over which area, and how. */
export interface UpscaleAreaOptions {
  /** The area: a polygon or several, a feature, or a bounding box, in degrees. */
  readonly aoi: Area;
  /** The grid to cut it by. */
  readonly grid: GridTypeEnum;
  /** The job to run for each tile; the dimension's parameter need not be in it. */
  readonly request: BaseJobRequest;
  /**
   * The parameter that takes the tile.
   *
   * @default {"spatial_extent"}
   */
  readonly dimension?: string | undefined;
  /**
   * What that parameter is given for a tile. The service makes a bounding box of a polygon for openEO by itself; an OGC
   * service that wants a box gets it with `polygonToBbox`.
   *
   * @default the tile's polygon
   */
  readonly toValue?: ((tile: Polygon) => unknown) | undefined;
  /**
   * Only plans: nothing is submitted.
   *
   * @default {false}
   */
  readonly dryRun?: boolean | undefined;
  /** Is asked with the plan before anything is submitted; unless it says `true`, nothing is. */
  readonly confirm?: ((plan: UpscalingPlan) => boolean | Promise<boolean>) | undefined;
  /**
   * Whether to show the plan, with its count and its map, before anything is submitted.
   *
   * @default {true}
   */
  readonly show?: boolean | undefined;
  /** Gives up when it aborts; a task that was submitted goes on. */
  readonly signal?: AbortSignal | undefined;
}

/** An area that is planned, and under way if it was submitted. */
export interface UpscaledArea {
  /** What was to run: tiles, request, warnings; it shows itself as a card with a map. */
  readonly plan: UpscalingPlan;
  /** The task; not there if nothing was submitted. */
  readonly task?: UpscalingTaskSummary;
  /** How many jobs the task was asked for. */
  readonly expectedJobs: number;
  /**
   * Watches the task until as many jobs as were asked for have ended: `await follow(area.watch())`.
   *
   * @throws {WatchError} if nothing was submitted.
   */
  watch(options?: TaskWatchOptions): Watch<UpscalingTask>;
}

/** How long the service takes to make one job of a task, in milliseconds, if the platform is not quick. */
const TIME_PER_JOB = 3_000;

/**
 * Runs a job over an area in one step: cuts it into tiles, shows what will run, creates the task, and hands back
 * what {@linkcode follow} needs.
 *
 * Each tile that is an area becomes a job; one in several pieces becomes a job for each piece. Where area and
 * grid only touch, in a point or a line, there is nothing to compute and no job. An area over the antimeridian is cut
 * there before it is sent; one beyond ±85.06° of latitude, where the grid ends, is refused.
 *
 * @throws {RequestInvalidError} if the area or the request breaks a rule; nothing was submitted.
 *
 * @example
 * ```ts
 * import { AuthenticatedClient, upscaleArea } from "@apex-dispatch/client";
 * import { startSandbox } from "@apex-dispatch/client/sandbox";
 * import { assertEquals } from "@std/assert";
 *
 * await using sandbox = startSandbox();
 * const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
 * const { plan, task } = await upscaleArea(client, {
 *   aoi: { west: 4, south: 51, east: 4.5, north: 51.3 },
 *   grid: "20x20km",
 *   request: {
 *     title: "Vegetation index",
 *     label: "openeo",
 *     service: {
 *       endpoint: "https://openeo.example.test",
 *       application: "https://catalogue.example.test/vegetation_index.json",
 *     },
 *     parameters: {},
 *     format: "gtiff",
 *   },
 *   dryRun: true,
 *   show: false,
 * });
 * assertEquals(plan.tiles.length, 9);
 * assertEquals(task, undefined);
 * ```
 */
export async function upscaleArea(
  client: UpscalingClient,
  options: UpscaleAreaOptions,
): Promise<UpscaledArea> {
  const { dimension = "spatial_extent", toValue = (tile) => tile, signal, request, grid } = options;
  const areas = areasOf(options.aoi);
  const found: Geometry[] = [];
  for (const aoi of areas) {
    // One after the other: the service does nothing else while it cuts.
    const { geometries } = await client.tiles.split({ aoi, grid }, { signal });
    found.push(...geometries);
  }
  const tiles = found.flatMap((geometry) => polygonsOf(geometry));
  if (tiles.length === 0) {
    const message = "expected an area that covers some of the grid, got one without any";
    throw new RequestInvalidError(HEADLINE, { issues: [{ path: "aoi", message }] });
  }
  const task = { ...request, dimension: { name: dimension, values: tiles.map(toValue) } };
  const checked = readRequest(task);
  if (!checked.ok) throw new RequestInvalidError(HEADLINE, { issues: toIssues(checked.issues) });
  const plan = upscalingPlan({
    tiles,
    grid,
    parts: areas.length,
    touching: found.filter((geometry) => polygonsOf(geometry).length === 0).length,
    request: task,
    warnings: await warningsOn(client, tiles.length, signal),
  });

  const watchNothing = (): never => {
    throw new WatchError(
      "Cannot watch the area: nothing was submitted\n  What to do: leave out dryRun, or confirm",
    );
  };
  const planned = { plan, expectedJobs: tiles.length, watch: watchNothing };
  if (options.show ?? true) await showNow(await plan.withMap());
  if (options.dryRun === true) return planned;
  if (options.confirm !== undefined && await options.confirm(plan) !== true) return planned;
  signal?.throwIfAborted();
  const created = await client.upscaleTasks.create(plan.request, { signal });
  return {
    ...planned,
    task: created,
    watch: (more) => client.upscaleTasks.watch(created, { expectedJobs: tiles.length, ...more }),
  };
}

const HEADLINE = "Cannot upscale the area";

const readRequest = requestReaderOf(upscalingTaskRequestSchema);

/** The polygons of an area, none of which runs over the antimeridian. */
function areasOf(aoi: unknown): readonly Polygon[] {
  const geometry = readGeometry(aoi);
  const polygons = geometry === undefined ? [] : polygonsOf(geometry);
  if (polygons.length === 0) {
    const message = `expected a polygon, a feature of one, or a bounding box in degrees, got ${
      describeValue(aoi)
    }`;
    throw new RequestInvalidError(HEADLINE, { issues: [{ path: "aoi", message }] });
  }
  return polygons.flatMap(splitAtAntimeridian);
}

async function warningsOn(
  client: UpscalingClient,
  jobs: number,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const expiry = await client.tokenExpiry({ signal });
  const needed = jobs * TIME_PER_JOB;
  if (expiry === undefined || expiry.getTime() - Date.now() >= needed) return [];
  return [
    `The token expires at ${
      expiry.toISOString().slice(11, 16)
    } UTC. The service makes the jobs one by one, which may take ` +
    `${
      Math.ceil(needed / 60_000)
    } minutes for ${jobs}; those that are not made by then never appear. Take a fresh token first.`,
  ];
}
