import { orDispatchError } from "../../core/dispatch_error.ts";
import { describeValue } from "../../models/schema/issue.ts";
import { isObject } from "../../core/objects.ts";
import { partsOf, polygonsOf } from "../../geo/walk.ts";
import { readPart } from "../../geo/read/read_geometry.ts";
import { attachCost, costOfJobs } from "../../models/cost.ts";
import type { Polygon } from "../../models/geojson/geojson.ts";
import type { BaseJobRequest } from "../../models/jobs.ts";
import { LedgerError } from "../ledger_error.ts";
import type { BatchItem } from "./plan.ts";

/** How a request is run over cells. */
export interface OverCellsOptions {
  /**
   * The parameter that takes the cell.
   *
   * @default {"spatial_extent"}
   */
  readonly dimension?: string | undefined;
  /**
   * What that parameter is given for a cell.
   *
   * @default the cell's polygon
   */
  readonly toValue?: ((cell: Polygon) => unknown) | undefined;
}

/**
 * A request for each cell of a grid of one's own, for {@linkcode submitAll}: a list of polygons, features or boxes, or a
 * FeatureCollection. A feature's `id` names its cell, else its place in the list.
 *
 * @throws {LedgerError} if a cell is not one polygon.
 *
 * @example
 * ```ts
 * import { overCells } from "@apex-dispatch/client/ledger";
 * import { assertEquals } from "@std/assert";
 *
 * const box = (west: number) => ({ west, south: 51, east: west + 1, north: 52 });
 * const requests = overCells({
 *   title: "Fields",
 *   label: "openeo",
 *   service: {
 *     endpoint: "https://openeo.example.test",
 *     application: "https://catalogue.example.test/vegetation_index.json",
 *   },
 *   parameters: {},
 *   format: "gtiff",
 * }, [box(4), box(5)]);
 * assertEquals(requests.map(({ key }) => key), ["Fields - 1", "Fields - 2"]);
 * ```
 */
export function overCells(
  request: BaseJobRequest,
  cells: unknown,
  options: OverCellsOptions = {},
): readonly Extract<BatchItem, { readonly key: string }>[] {
  return orDispatchError(HEADLINE, () => keyedItems(request, cells, options));
}

const HEADLINE = "Cannot run the request over cells";

function keyedItems(
  request: BaseJobRequest,
  cells: unknown,
  { dimension = "spatial_extent", toValue = (cell) => cell }: OverCellsOptions,
): ReturnType<typeof overCells> {
  if (!isObject(request)) {
    const message = `request: expected the request of a job, got ${describeValue(request)}`;
    throw new LedgerError(`${HEADLINE}: ${message}`, { reason: "plan" });
  }
  const list: unknown = isObject(cells) && Array.isArray(cells.features) ? cells.features : cells;
  if (!Array.isArray(list) || list.length === 0) {
    throw refusal("expected a list of polygons, or a FeatureCollection, with at least one");
  }
  return list.map((cell: unknown, index) => {
    const id: unknown = isObject(cell) ? cell.id : undefined;
    const name = typeof id === "string" || typeof id === "number" ? `${id}` : `${index + 1}`;
    const title = `${request.title} - ${name}`;
    const parameters = { ...request.parameters, [dimension]: toValue(polygonOf(cell, index)) };
    const made = { ...request, title, parameters };
    const priced = costOfJobs(request, [parameters]) === undefined
      ? made
      : attachCost(made, (jobs) => costOfJobs(request, jobs) ?? { basis: "unknown" });
    return { key: title, request: priced };
  });
}

function polygonOf(cell: unknown, index: number): Polygon {
  const polygons = partsOf({ path: [index], value: cell }).flatMap((part) => {
    const place = readPart(part);
    if (!place.ok) throw refusal(`cell ${index + 1}: ${place.problem.message}`);
    return polygonsOf(place.geometry);
  });
  const [only, ...more] = polygons;
  if (only === undefined || more.length > 0) {
    throw refusal(`cell ${index + 1}: expected one polygon, got ${polygons.length}`);
  }
  return only;
}

function refusal(message: string): LedgerError {
  return new LedgerError(`${HEADLINE}: ${message}`, {
    reason: "plan",
    hint: "give each polygon as a cell of its own: overCells(request, [polygon, …])",
  });
}
