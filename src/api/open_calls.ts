import type { ApiPromise } from "../http/api_promise.ts";
import type { CallOptions, HttpConfig } from "../http/config.ts";
import { RequestInvalidError } from "../http/errors.ts";
import type { GeometryCollection } from "../models/geojson/geojson.ts";
import { daySchema, type Health, type PublicStatisticsResponse } from "../models/monitoring.ts";
import { describeValue, type Issue } from "../models/schema/issue.ts";
import { readerOf, toIssues } from "../models/schema/model.ts";
import { optionIssues } from "../models/schema/options.ts";
import type { TileRequest } from "../models/tiles.ts";
import { call, type RequestOptions } from "./call.ts";
import { shownCall } from "./call/shown_call.ts";
import { operations } from "./operations.ts";
import { showResource } from "./show.ts";

/** The cutting of areas. */
export interface Tiles {
  /**
   * Cuts an area by a grid. The parts come column by column from west to east, in each from south to north;
   * where area and square only touch, a part is a line or a collection of geometries.
   */
  split(request: TileRequest, options?: RequestOptions): ApiPromise<GeometryCollection>;
}

/** Makes the cutting of areas of a client. */
export function tiles(config: HttpConfig): Tiles {
  return showResource("tiles", {
    split: (body: TileRequest, options: RequestOptions = {}) =>
      call(config, operations.splitTiles, { body, options }),
  });
}

/** Makes the health call of a client. */
export function health(config: HttpConfig): (options?: CallOptions) => ApiPromise<Health> {
  return (options = {}) => call(config, operations.health, { options });
}

/** Which days the statistics are of. Both count themselves, in UTC. */
export interface StatisticsOptions extends CallOptions {
  /**
   * The first day, `"2026-11-01"` or any moment of it.
   *
   * @default the first day of the service
   */
  readonly from?: Date | string | undefined;
  /**
   * The last day, `"2026-11-30"` or any moment of it.
   *
   * @default today
   */
  readonly to?: Date | string | undefined;
}

const readDay = readerOf(daySchema);

/** Makes the statistics call of a client. */
export function statistics(
  config: HttpConfig,
): (options?: StatisticsOptions) => ApiPromise<PublicStatisticsResponse> {
  const operation = operations.getStatistics;
  return (given = {}) => {
    const unfit = optionIssues(given, {
      from: "any",
      to: "any",
      signal: "any",
      timeout: "any",
      headers: "any",
    });
    if (unfit.length > 0) return refuse(unfit);
    const { from, to, ...options } = given;
    const first = dayOf("from", from), last = dayOf("to", to);
    const issues = [...first.issues, ...last.issues];
    if (issues.length > 0) return refuse(issues);
    if (first.day !== undefined && last.day !== undefined && first.day > last.day) {
      const message = `expected a day not after "to" (${last.day}), got ${first.day}`;
      return refuse([{ path: "from", message }]);
    }
    return call(config, operation, {
      query: { date_from: first.day, date_to: last.day },
      options,
    });
  };

  function refuse(issues: readonly Issue[]): ApiPromise<PublicStatisticsResponse> {
    const error = new RequestInvalidError(`Cannot ${operation.verb}`, { issues });
    return shownCall<PublicStatisticsResponse>(Promise.reject(error));
  }
}

/** The day of a moment as the service wants it, or what is wrong with it. */
function dayOf(
  path: string,
  given: unknown,
): { readonly day?: string; readonly issues: readonly Issue[] } {
  if (given === undefined) return { issues: [] };
  const text = given instanceof Date && !Number.isNaN(given.getTime())
    ? given.toISOString().replace(/T.*/, "")
    : given;
  if (typeof text !== "string") {
    const message = `expected a day (YYYY-MM-DD) or a Date, got ${describeValue(given)}`;
    return { issues: [{ path, message }] };
  }
  const reading = readDay(text);
  return reading.ok
    ? { day: reading.value, issues: [] }
    : { issues: toIssues(reading.issues).map(({ message }) => ({ path, message })) };
}
