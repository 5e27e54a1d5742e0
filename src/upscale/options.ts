import type { Confirm, Prompter } from "../api/check/check_request.ts";
import type { JobLedger } from "../api/known/job_ledger.ts";
import type { Tiles } from "../api/open_calls.ts";
import type { UnitJobs } from "../api/unit_jobs.ts";
import type { UpscaleTasks } from "../api/upscale_tasks.ts";
import type { Clock } from "../core/waiting.ts";
import type { UpscalingPlan } from "../display/views/work/plan.ts";
import type { Area } from "../geo/geometries_of.ts";
import type { Polygon } from "../models/geojson/geojson.ts";
import type { BaseJobRequest, WrittenJobRequest } from "../models/jobs.ts";
import { describeValue, type Issue } from "../models/schema/issue.ts";
import type { Written } from "../models/schema/model.ts";
import { optionIssues, type OptionRules } from "../models/schema/options.ts";
import type { GridTypeEnum } from "../models/tiles.ts";

/** What of a client is needed to upscale an area; an `AuthenticatedClient` is one. */
export interface UpscalingClient {
  /** The cutting of areas. */
  readonly tiles: Tiles;
  /** The jobs: what a service takes is asked for by them. */
  readonly unitJobs: Pick<UnitJobs, "check">;
  /** Creates the task of the tiles, and reads and follows it. */
  readonly upscaleTasks: UpscaleTasks;
  /** When the client's token expires, if that is known. */
  tokenExpiry(options?: { readonly signal?: AbortSignal | undefined }): Promise<Date | undefined>;
}

/** An area as somebody may have written it: in a plain `const` object TypeScript takes a kind of GeoJSON for any text. */
export type WrittenArea =
  | Area
  | { readonly type: string; readonly coordinates: readonly unknown[] }
  | { readonly type: string; readonly geometry: object | null }
  | { readonly type: string; readonly features: readonly object[] };

/** What to run over which area, and how. */
export interface UpscaleAreaOptions {
  /**
   * The area: a polygon or several, a feature, a collection of these, or a bounding box, in degrees. Each polygon is
   * cut by itself; where two of them overlap, the work is done twice.
   */
  readonly aoi: WrittenArea;
  /** The grid to cut it by. */
  readonly grid: GridTypeEnum;
  /** The job to run for each tile. The parameter that takes the tile is set in it, whatever it holds. */
  readonly request: BaseJobRequest;
  /**
   * The parameter that takes the tile. The service is asked for its parameters: one that it does not know is refused.
   *
   * @default the one parameter of the service that says where; with none or several, it has to be named
   */
  readonly dimension?: string | undefined;
  /**
   * What that parameter is given for a tile. The service makes a bounding box of a polygon for openEO by itself; an OGC
   * service that wants a box gets it with `polygonToBbox`.
   *
   * @default the tile's polygon
   */
  readonly toValue?: ((tile: Polygon, polygons?: readonly Polygon[]) => unknown) | undefined;
  /**
   * The most tiles that the area may have: counted by the service's grid before anything is sent, and again when it was
   * cut.
   *
   * @default {500}
   */
  readonly maxTiles?: number | undefined;
  /**
   * `"square"` makes one job a square of the grid of all polygons whose middle lies in it, for many small polygons such
   * as fields: nothing is cut. The parameter gets a box around them if it takes a box, else a feature collection of
   * them; `toValue` is given the box and the polygons.
   *
   * @default each polygon is cut by itself
   */
  readonly group?: "square" | undefined;
  /**
   * Where the task is written down before it is sent, so that the same call after a lost answer or a restart makes no
   * second one; `openLedger` of `@apex-dispatch/client/ledger` opens one.
   *
   * @default the client's
   */
  readonly ledger?: JobLedger | undefined;
  /**
   * Whether to plan alone: nothing is submitted, and `confirm` is not asked.
   *
   * @default {false}
   */
  readonly dryRun?: boolean | undefined;
  /**
   * Is asked with the plan, once that is shown; unless it says `true`, nothing is submitted. `false` submits without a
   * question; `true` asks as if it were left out.
   *
   * @default whoever sits at the terminal or the notebook is asked where there is more than one job; where nobody can be, it is refused
   */
  readonly confirm?: Confirm<UpscalingPlan> | undefined;
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
  /**
   * Asks whoever sits there and waits for a line, for tests; `null` where nobody does.
   *
   * @default the prompt of the terminal or of the notebook
   */
  readonly ask?: Prompter | null | undefined;
}

/**
 * {@linkcode UpscaleAreaOptions} as somebody may have written them: in a plain `const` object TypeScript takes their
 * words for any text, so they are looked at before anything is sent. Words that are written in place are looked at now.
 */
export interface WrittenAreaOptions<
  Grid extends string,
  Label extends string,
  Format extends string,
> extends Omit<UpscaleAreaOptions, "grid" | "request"> {
  /** The grid to cut it by. */
  readonly grid: Written<Grid, GridTypeEnum>;
  /** The job to run for each tile. The parameter that takes the tile is set in it, whatever it holds. */
  readonly request: WrittenJobRequest<Label, Format>;
}

const RULES: OptionRules<UpscaleAreaOptions> = {
  // Area, grid, request and dimension have rules of their own.
  aoi: "any",
  grid: "any",
  request: "any",
  dimension: "any",
  toValue: "function",
  maxTiles: "any",
  group: ["square"],
  ledger: "any",
  dryRun: "boolean",
  confirm: "any",
  show: "boolean",
  signal: "signal",
  clock: "object",
  ask: "any",
};

/** What people call an area elsewhere. */
const AREA_NAME = /^(?:bbox|bounds|box|area|extent|geometry|polygon|region|spatial_?extent)$/i;

/** What is wrong with the options as such: names that nobody knows, values of another kind. */
export function upscalingIssues(options: UpscaleAreaOptions): readonly Issue[] {
  const issues = optionIssues(options, RULES).map(({ path, message }): Issue =>
    AREA_NAME.test(path)
      ? { path, message: 'no such option; did you mean "aoi"?' }
      : { path, message }
  );
  const { maxTiles, confirm }: { readonly maxTiles?: unknown; readonly confirm?: unknown } =
    options;
  if (maxTiles !== undefined && !(typeof maxTiles === "number" && maxTiles >= 1)) {
    const message = `expected a number of tiles, got ${describeValue(maxTiles)}`;
    issues.push({ path: "maxTiles", message });
  }
  if (confirm !== undefined && typeof confirm !== "boolean" && typeof confirm !== "function") {
    const message = `expected a function, or false for no question, got ${describeValue(confirm)}`;
    issues.push({ path: "confirm", message });
  }
  return issues;
}
