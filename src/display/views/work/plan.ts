import { count } from "../../../core/units.ts";
import type { CostEstimate } from "../../../models/cost.ts";
import type { Polygon } from "../../../models/geojson/geojson.ts";
import type { ServiceDetails } from "../../../models/service.ts";
import type { UpscalingTaskRequest } from "../../../models/upscaling.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import { type Block, type Line, muted, strong } from "../../render/document.ts";
import { createPainter } from "../results/footprints.ts";
import { platformLine, serviceLine } from "./job.ts";

/** What an upscaling task would run. */
export interface PlannedTask {
  /** The tiles, a job for each. */
  readonly tiles: readonly Polygon[];
  /** The grid that cut them. */
  readonly grid: string;
  /** In how many parts the area was cut: several if it is in pieces, or runs over the antimeridian. */
  readonly parts: number;
  /** At how many places area and grid only touch, where there is nothing to compute. */
  readonly touching: number;
  /** The request, ready to be sent. */
  readonly request: UpscalingTaskRequest;
  /** What all its jobs may cost together, where the request knows its price: one from the catalogue does. */
  readonly cost?: CostEstimate;
  /** What to think of before it is sent. */
  readonly warnings: readonly string[];
}

/** A plan that shows itself: the count and what will run. */
export interface UpscalingPlan extends PlannedTask, Displayable {
  /** The same with a map of the tiles. */
  withMap(): Promise<Displayable>;
}

/** Makes a plan that shows itself. */
export function upscalingPlan(planned: PlannedTask): UpscalingPlan {
  const shown = displayable(() => planBlocks(planned));
  return {
    ...planned,
    ...shown,
    toString: () => shown.toString(),
    async withMap() {
      const map = await createPainter()({
        type: "GeometryCollection",
        geometries: planned.tiles,
      });
      return displayable(() => planBlocks(planned, map));
    },
  };
}

function planBlocks(planned: PlannedTask, map?: Block): readonly Block[] {
  const { tiles, request, grid, parts, touching, cost, warnings } = planned;
  const cut = [
    `${count(tiles.length, "tile")} of the ${grid} grid`,
    ...(parts > 1 ? [`the area in ${parts} parts`] : []),
    ...(touching > 0
      ? [`${count(touching, "place")} left out where area and grid only touch`]
      : []),
  ];
  return [
    {
      kind: "fields",
      caption: [strong(`${count(tiles.length, "job")} to run`), "  ", request.title],
      fields: [
        { label: "Tiles", lines: [cut.join(" · ")] },
        { label: "Dimension", lines: [request.dimension.name] },
        { label: "Service", lines: [serviceLine(request.service)] },
        { label: "Platform", lines: [platformLine(request.service, request.label)] },
        ...(cost === undefined ? [] : [{ label: "Cost", lines: costLines(cost) }]),
      ],
    },
    ...(map === undefined ? [] : [map]),
    ...(warnings.length === 0 ? [] : [{ kind: "note", tone: "warning", lines: warnings } as const]),
  ];
}

/** What jobs may cost, how it was reckoned, and what was measured, a line each. */
export function costLines({ amount, unit, basis, measured = [] }: CostEstimate): Line[] {
  const reckoned: Line = amount === undefined
    ? basis
    : [strong(`about ${Number(amount.toPrecision(3))} ${unit ?? ""}`.trim()), muted(` · ${basis}`)];
  return [reckoned, ...measured.map((line) => `benchmarks: ${line}`)];
}

/** What would be made again of a task, and as what. */
export interface PlannedRetry {
  /** The number of the task that it is made of. */
  readonly task: number;
  /** The jobs that failed. */
  readonly failed: readonly number[];
  /** The jobs that were canceled. */
  readonly canceled: readonly number[];
  /** For how many values no job was ever made, or its job was deleted. */
  readonly missing: number;
  /** How many jobs still run or wait; they are left alone. */
  readonly open: number;
  /** Whether a new task is made of them, or single jobs. */
  readonly as: "task" | "jobs";
  /** How many jobs there will be. */
  readonly amount: number;
  /** What the new work is called. */
  readonly title: string;
  /** The service that runs. */
  readonly service: ServiceDetails;
  /** The kind of the service. */
  readonly label: string;
  /** The format that results are wanted in. */
  readonly format: string;
}

/** A plan that shows itself. */
export interface RetryPlan extends PlannedRetry, Displayable {}

/** Makes a plan that shows itself. */
export function retryPlan(planned: PlannedRetry): RetryPlan {
  const shown = displayable(() => retryBlocks(planned));
  return { ...planned, ...shown, toString: () => shown.toString() };
}

/** The most numbers that are told. */
const MOST = 20;

function retryBlocks(planned: PlannedRetry): readonly Block[] {
  const { amount, task, failed, canceled, missing, open, title, service, label, format } = planned;
  const madeOf: Line[] = [
    ...(failed.length === 0 ? [] : [`${count(failed.length, "failed job")}: ${numbers(failed)}`]),
    ...(canceled.length === 0
      ? []
      : [`${count(canceled.length, "canceled job")}: ${numbers(canceled)}`]),
    ...(missing === 0
      ? []
      : [`${count(missing, "job")} that ${missing === 1 ? "was" : "were"} never made, or deleted`]),
    ...(open === 0 ? [] : [muted(`left alone: ${count(open, "job")} that may still end well`)]),
  ];
  if (amount === 0) {
    const words = `Nothing of task ${task} is to be made again`;
    const rest = open === 0 ? "" : `; ${count(open, "job")} may still end well`;
    return [{ kind: "line", line: words + rest }];
  }
  return [{
    kind: "fields",
    caption: [strong(`${count(amount, "job")} to run again`), "  ", title],
    fields: [
      { label: "Made of", lines: [`task ${task}`, ...madeOf] },
      {
        label: "As",
        lines: [planned.as === "task" ? "a new task" : "single jobs, one after the other"],
      },
      { label: "Service", lines: [serviceLine(service)] },
      { label: "Platform", lines: [platformLine(service, label)] },
      { label: "Format", lines: [format] },
    ],
  }];
}

function numbers(ids: readonly number[]): string {
  const rest = ids.length - MOST;
  return ids.slice(0, MOST).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
