import { type UpscalingPlan, upscalingPlan } from "../display/views/work/plan.ts";
import { showNow } from "../display/follow/show_now.ts";
import { count, formatInstant } from "../core/units.ts";
import type { Area } from "../geo/geometries_of.ts";
import { polygonsOf } from "../geo/walk.ts";
import { RequestInvalidError } from "../http/errors.ts";
import { orAborted } from "../core/waiting.ts";
import { WatchError } from "../live/watch_error.ts";
import { type Clock, systemClock } from "../core/clock.ts";
import type { Geometry, Polygon } from "../models/geojson.ts";
import { describeValue, type Issue } from "../models/schema/issue.ts";
import type { BaseJobRequest } from "../models/jobs.ts";
import { requestReaderOf, toIssues } from "../models/schema/model.ts";
import { attachWatch, type Watch } from "../models/snapshot.ts";
import type { GridTypeEnum, TileRequest } from "../models/tiles.ts";
import {
  type UpscalingTask,
  type UpscalingTaskRequest,
  upscalingTaskRequestSchema,
  type UpscalingTaskSummary,
} from "../models/upscaling.ts";
import { readArea } from "./read_area.ts";
import type { Tiles } from "../api/open_calls.ts";
import type { TaskWatchOptions, UpscaleTasks } from "../api/upscale_tasks.ts";

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
  /**
   * The area: a polygon or several, a feature, a collection of these, or a bounding box, in degrees. Each polygon is
   * cut by itself; where two of them overlap, the work is done twice.
   */
  readonly aoi: Area;
  /** The grid to cut it by. */
  readonly grid: GridTypeEnum;
  /** The job to run for each tile. The parameter that takes the tile is set in it, whatever it holds. */
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
   * Whether to plan alone: nothing is submitted, and `confirm` is not asked.
   *
   * @default {false}
   */
  readonly dryRun?: boolean | undefined;
  /** Is asked with the plan, once that is shown; unless it says `true`, nothing is submitted. */
  readonly confirm?: ((plan: UpscalingPlan) => boolean | Promise<boolean>) | undefined;
  /**
   * Whether to show the plan, with its count and its map, before anything is submitted.
   *
   * @default {true}
   */
  readonly show?: boolean | undefined;
  /**
   * Gives up when it aborts, with the signal's reason. What was submitted by then goes on: while the task is being
   * created, nobody knows whether it was.
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * What tells the time, for tests.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/** An area that is planned, and under way if it was submitted. */
export interface UpscaledArea {
  /** What is to run: tiles, request, warnings. It shows itself as a card, and with a map by `withMap()`. */
  readonly plan: UpscalingPlan;
  /** The task; not there if nothing was submitted. */
  readonly task?: UpscalingTaskSummary;
  /** How many jobs there will be: one for each tile. */
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

/** The width below which a tile is only where the grid touches the area, in degrees: a tenth of a millimetre. */
const LEAST_WIDTH = 1e-9;

const HEADLINE = "Cannot upscale the area";

/**
 * Runs a job over an area in one step: cuts it into tiles, shows what will run, creates the task, and hands back
 * what {@linkcode follow} needs.
 *
 * Each tile becomes a job; one in several pieces becomes a job for each piece. Where area and grid only touch, in a
 * point, a line or a sliver that rounding leaves, there is nothing to compute and no job: the plan counts these
 * places. An area over the antimeridian is cut there before it is sent; one beyond ±85.06° of latitude, where the
 * grid ends, is refused. The task is created once: when the answer is lost, it is not asked for again.
 *
 * The plan warns where the token expires before the service can have made all jobs.
 *
 * @throws {RequestInvalidError} if the area or the request breaks a rule; no job was submitted.
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
  const { toValue = (tile) => tile, confirm, signal, clock = systemClock, grid } = options;
  const areas = check(options);
  const found = await split(client, areas, signal);
  const pieces = found.map((geometry) => polygonsOf(geometry).filter(isWide));
  const tiles = pieces.flat();
  const request = taskOf(options, tiles.map((tile) => toValue(tile)));
  const issues = tiles.length === 0
    ? [{
      path: "aoi",
      message: "expected an area that covers some of the grid, got one without any",
    }]
    : issuesOf(request);
  if (issues.length > 0) throw new RequestInvalidError(HEADLINE, { issues });

  const expiry = await client.tokenExpiry({ signal });
  const plan = upscalingPlan({
    tiles,
    grid,
    parts: areas.length,
    touching: pieces.filter(({ length }) => length === 0).length,
    request,
    warnings: expiry === undefined ? [] : warningsOn(expiry, tiles.length, clock.now()),
  });
  const expectedJobs = tiles.length;
  const planned = followable({ plan, expectedJobs, watch: watchNothing });
  if (options.show ?? true) await showNow(await plan.withMap());
  signal?.throwIfAborted();
  if (options.dryRun) return planned;
  if (confirm !== undefined && await orAborted(confirm(plan), signal) !== true) return planned;
  const task = await client.upscaleTasks.create(request, { signal });
  return followable({
    plan,
    expectedJobs,
    task,
    watch: (more) => client.upscaleTasks.watch(task, { expectedJobs, ...more }),
  });
}

function followable(area: UpscaledArea): UpscaledArea {
  return attachWatch(area, (pace) => area.watch(pace));
}

/** Refuses what can be refused before anything is sent, and hands back the areas to cut. */
function check(options: UpscaleAreaOptions): readonly TileRequest[] {
  const area = readArea(options.aoi, options.grid);
  // What the values will be is not known yet, and not how many.
  const issues: Issue[] = [...area.ok ? [] : area.issues, ...issuesOf(taskOf(options, [null]))];
  for (const name of ["toValue", "confirm"] as const) {
    const value: unknown = options[name];
    if (value === undefined || typeof value === "function") continue;
    issues.push({ path: name, message: `expected a function, got ${describeValue(value)}` });
  }
  if (area.ok && issues.length === 0) return area.requests;
  throw new RequestInvalidError(HEADLINE, { issues });
}

function taskOf(
  { request, dimension = "spatial_extent" }: UpscaleAreaOptions,
  values: readonly unknown[],
): UpscalingTaskRequest {
  return { ...request, dimension: { name: dimension, values } };
}

const readTask = requestReaderOf(upscalingTaskRequestSchema);

function issuesOf(task: UpscalingTaskRequest): readonly Issue[] {
  const reading = readTask(task);
  return reading.ok ? [] : toIssues(reading.issues);
}

async function split(
  client: UpscalingClient,
  areas: readonly TileRequest[],
  signal: AbortSignal | undefined,
): Promise<readonly Geometry[]> {
  const found: (readonly Geometry[])[] = [];
  // One after the other: the service does nothing else while it cuts.
  for (const area of areas) {
    const { geometries } = await client.tiles.split(area, { signal });
    found.push(geometries);
  }
  return found.flat();
}

/** Whether a tile is more than the line along which the grid touches the area, as rounding can leave it. */
function isWide({ coordinates: [ring = []] }: Polygon): boolean {
  return ([0, 1] as const).every((axis) => {
    const edges = ring.map((position) => position[axis]);
    return edges.reduce((most, edge) => Math.max(most, edge), -Infinity) -
        edges.reduce((least, edge) => Math.min(least, edge), Infinity) > LEAST_WIDTH;
  });
}

function warningsOn(expiry: Date, jobs: number, now: number): string[] {
  const needed = jobs * TIME_PER_JOB;
  const left = expiry.getTime() - now;
  if (left >= needed) return [];
  const when = `The token ${left > 0 ? "expires" : "expired"} at ${formatInstant(expiry)}.`;
  return [
    left > 0
      ? `${when} The service makes the jobs one by one, which may take ${
        count(Math.ceil(needed / 60_000), "minute")
      } for ${jobs}; those that are not made by then never appear. Take a fresh token first.`
      : `${when} Take a fresh token first.`,
  ];
}

function watchNothing(): never {
  throw new WatchError(
    "Cannot watch the area: nothing was submitted\n  What to do: leave out dryRun, or confirm",
  );
}
