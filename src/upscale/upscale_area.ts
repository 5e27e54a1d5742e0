import { confirmed } from "../api/check/check_request.ts";
import type { TaskWatchOptions } from "../api/upscale_tasks.ts";
import { systemClock } from "../core/waiting.ts";
import { phrase } from "../core/text.ts";
import { count, formatInstant } from "../core/units.ts";
import { showNow } from "../display/follow/screen.ts";
import { type UpscalingPlan, upscalingPlan } from "../display/views/work/plan.ts";
import { RequestInvalidError } from "../http/errors.ts";
import { WatchError } from "../live/trouble.ts";
import { costOfJobs } from "../models/cost.ts";
import type { Polygon } from "../models/geojson/geojson.ts";
import type { BaseJobRequest } from "../models/jobs.ts";
import type { Issue } from "../models/schema/issue.ts";
import { requestReaderOf, toIssues } from "../models/schema/model.ts";
import { attachDisplay } from "../display/render/attach.ts";
import { taskCard } from "../display/views/work/task.ts";
import { attachWatch, type Watch } from "../models/snapshot.ts";
import type { TileRequest } from "../models/tiles.ts";
import {
  type UpscalingTask,
  type UpscalingTaskRequest,
  upscalingTaskRequestSchema,
  type UpscalingTaskSummary,
} from "../models/upscaling.ts";
import {
  crowdAdvice,
  type CutArea,
  cutArea,
  groupArea,
  MAX_TILES,
  sizeIssues,
  valueOf,
} from "./cut_area.ts";
import { chooseDimension } from "./choose_dimension.ts";
import { findSwap, readArea } from "./read_area.ts";
import {
  type UpscaleAreaOptions,
  type UpscalingClient,
  upscalingIssues,
  type WrittenAreaOptions,
} from "./options.ts";

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
 * The service is asked for its parameters first, and the one that takes the place becomes the dimension. Squares are
 * counted before anything is sent, and more than `maxTiles` refused. Before several jobs are submitted, whoever sits at
 * the terminal or the notebook is asked; where nobody can be, nothing is submitted unless `confirm: false` says so.
 *
 * The plan of a request from the catalogue adds up what the jobs may cost, where the price is for an area. It warns where the area lies in the sea and would not with its axes swapped, where many polygons lie in few
 * squares, and where the token expires before the service can have made all jobs.
 *
 * @throws {RequestInvalidError} if the area or the request breaks a rule; no job was submitted.
 * @throws {DispatchError} if nobody can be asked whether to submit several jobs; no job was submitted.
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
export function upscaleArea<Grid extends string, Label extends string, Format extends string>(
  client: UpscalingClient,
  options: WrittenAreaOptions<Grid, Label, Format>,
): Promise<UpscaledArea>;
export async function upscaleArea(
  client: UpscalingClient,
  options: UpscaleAreaOptions,
): Promise<UpscaledArea> {
  const { confirm, ask, signal, clock = systemClock, grid } = options;
  const areas = await check(options);
  const dimension = await chooseDimension(client.unitJobs, {
    request: options.request,
    dimension: options.dimension,
    headline: HEADLINE,
    signal,
  });
  const cut = options.group === undefined
    ? await cutArea(client.tiles, areas, signal)
    : groupArea(areas, grid);
  const { tiles } = cut;
  const request = taskOf(options.request, dimension.name, valuesOf(cut, options, dimension.type));
  const issues = [
    ...countIssues(tiles, options.maxTiles),
    ...tiles.length === 0 ? [] : issuesOf(request),
    ...dimension.issuesOf(request.dimension.values[0]).filter(() => tiles.length > 0),
  ];
  if (issues.length > 0) throw new RequestInvalidError(HEADLINE, { issues });

  const { name, values } = request.dimension;
  const cost = costOfJobs(
    options.request,
    values.map((value) => ({ ...options.request.parameters, [name]: value })),
  );
  const expiry = await client.tokenExpiry({ signal });
  const plan = upscalingPlan({
    tiles,
    grid,
    parts: areas.length,
    touching: cut.touching,
    request,
    ...(cost === undefined ? {} : { cost }),
    warnings: [
      await findSwap(areas),
      cut.groups === undefined ? capital(crowdAdvice(areas, grid)) : undefined,
      ...dimension.warnings,
      expiry === undefined ? undefined : expiryWarning(expiry, tiles.length, clock.now()),
    ].filter((warning) => warning !== undefined),
  });
  const expectedJobs = tiles.length;
  const planned = followable({ plan, expectedJobs, watch: watchNothing });
  if (options.show ?? true) await showNow(await plan.withMap());
  signal?.throwIfAborted();
  if (options.dryRun) return planned;
  const where = platformOf(options.request.service.endpoint);
  const question = `Submit ${count(expectedJobs, "job")} (${
    phrase(request.title, 60)
  }) to ${where}?`;
  // One job is what unitJobs.create makes without a question, too.
  const asking = expectedJobs === 1 ? confirm ?? false : confirm;
  if (!await confirmed(plan, { confirm: asking, question, headline: HEADLINE, signal, ask })) {
    return planned;
  }
  const { ledger } = options;
  const task = await client.upscaleTasks.create(request, {
    signal,
    ...(ledger === undefined ? {} : { ledger }),
  });
  return followable({
    plan,
    expectedJobs,
    task,
    watch: (more) => client.upscaleTasks.watch(task, { expectedJobs, ...more }),
  });
}

/** An area can be followed, and shows its task, or the plan while there is none. */
function followable(area: UpscaledArea): UpscaledArea {
  attachDisplay(
    area,
    ({ task, plan, expectedJobs }) =>
      task === undefined ? plan : taskCard(task, { expected: expectedJobs }),
  );
  return attachWatch(area, (pace) => area.watch(pace));
}

/** Refuses what can be refused before anything is sent, and hands back the areas to cut. */
async function check(options: UpscaleAreaOptions): Promise<readonly TileRequest[]> {
  const { aoi, grid, request, dimension = "aoi", maxTiles = MAX_TILES, group, signal } = options;
  const area = await readArea(aoi, { grid, signal });
  const odd = upscalingIssues(options);
  // What the values will be is not known yet, and not how many.
  const issues = [
    ...area.ok ? [] : area.issues,
    ...issuesOf(taskOf(request, dimension, [null])),
    ...odd,
  ];
  if (area.ok && issues.length === 0 && group === undefined) {
    issues.push(...sizeIssues(area.requests, { aoi, grid, maxTiles }));
  }
  if (area.ok && issues.length === 0) return area.requests;
  throw new RequestInvalidError(HEADLINE, { issues });
}

function countIssues(tiles: readonly Polygon[], maxTiles: number = MAX_TILES): readonly Issue[] {
  if (tiles.length === 0) {
    const message = "expected an area that covers some of the grid, got one without any";
    return [{ path: "aoi", message }];
  }
  if (tiles.length <= maxTiles) return [];
  const message = `expected at most ${
    count(maxTiles, "job")
  }, got ${tiles.length}: maxTiles: ${tiles.length} lets them through`;
  return [{ path: "aoi", message }];
}

function valuesOf(
  cut: CutArea,
  { toValue }: UpscaleAreaOptions,
  type: string | undefined,
): readonly unknown[] {
  return cut.tiles.map((tile, index) => {
    if (toValue === undefined) return valueOf(cut, index, type);
    const polygons = cut.groups?.[index];
    return polygons === undefined ? toValue(tile) : toValue(tile, polygons);
  });
}

function taskOf(
  request: BaseJobRequest,
  dimension: string,
  values: readonly unknown[],
): UpscalingTaskRequest {
  return { ...request, dimension: { name: dimension, values } };
}

function platformOf(endpoint: string): string {
  return phrase(URL.parse(endpoint)?.host ?? endpoint, 60);
}

function capital(advice: string | undefined): string | undefined {
  return advice === undefined ? undefined : `${advice.replace(/^it is/, "The area is")}.`;
}

const readTask = requestReaderOf(upscalingTaskRequestSchema);

function issuesOf(task: UpscalingTaskRequest): readonly Issue[] {
  const reading = readTask(task);
  return reading.ok ? [] : toIssues(reading.issues);
}

function expiryWarning(expiry: Date, jobs: number, now: number): string | undefined {
  const needed = jobs * TIME_PER_JOB;
  const left = expiry.getTime() - now;
  if (left >= needed) return undefined;
  const when = `The token ${left > 0 ? "expires" : "expired"} at ${formatInstant(expiry)}.`;
  return left > 0
    ? `${when} The service makes the jobs one by one, which may take ${
      count(Math.ceil(needed / 60_000), "minute")
    } for ${jobs}; those that are not made by then never appear. Take a fresh token first.`
    : `${when} Take a fresh token first.`;
}

function watchNothing(): never {
  throw new WatchError(
    "Cannot watch the area: nothing was submitted\n  What to do: leave out dryRun, or confirm",
  );
}
