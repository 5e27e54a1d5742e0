import type { Polygon } from "../../../models/geojson/geojson.ts";
import type { UpscalingTaskRequest } from "../../../models/upscaling.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import { type Block, type Line, muted, strong } from "../../render/document.ts";
import { createPainter } from "../../views/results/footprints.ts";
import { platformLine, serviceLine } from "./service.ts";
import { count } from "../../../core/units.ts";
import type { CostEstimate } from "../../../models/cost.ts";

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
