import { orDispatchErrorLater } from "../../core/dispatch_error.ts";
import { attachDisplay } from "../../display/render/attach.ts";
import { withData } from "../../display/render/displayable.ts";
import { checkOptions } from "../../models/schema/options.ts";
import { decodeText, type FileSource, inputFile, kindOfBytes, readBytes } from "../input.ts";
import { parseJson } from "../loose_json.ts";
import { ResultsError } from "../results_error.ts";
import { readTable, type ReadTableOptions, TABLE_BYTES } from "../tables/read_table.ts";
import { recordsOf, type Series, type SeriesNames, seriesOfJson, seriesOfTable } from "./series.ts";
import { seriesView } from "./chart.ts";

/** How a time series is read. */
export interface ReadSeriesOptions extends ReadTableOptions {
  /**
   * The names of the bands, in their order.
   *
   * @default those of the file, else `band 1`, `band 2`, …
   */
  readonly bands?: readonly string[] | undefined;
  /**
   * The names of the features, in their order.
   *
   * @default those of the file, else `feature 1`, `feature 2`, …
   */
  readonly features?: readonly string[] | undefined;
}

/**
 * Reads a time series: what a synchronous job brought (features × bands for each date), or `timeseries.json`, `.csv` or
 * `.parquet`. It shows itself as a chart: a line for each band, features side by side, gaps where values are missing.
 *
 * @example
 * ```ts
 * import { readSeries } from "@apex-dispatch/client/results";
 * import { assertEquals } from "@std/assert";
 *
 * const { kind, mediaType, data } = {
 *   kind: "json",
 *   mediaType: "application/json",
 *   data: { "2026-06-01T00:00:00Z": [[0.5, null]], "2026-06-11T00:00:00Z": [[0.7, 0.1]] },
 * } as const; // what client.unitJobs.createSync(request) brings
 * const series = await readSeries({ kind, mediaType, data }, { bands: ["B04", "B08"] });
 * assertEquals(series.dates.length, 2);
 * assertEquals(series.values[0], [[0.5, null]]);
 * ```
 *
 * @throws {ResultsError} if it is none.
 */
export async function readSeries(
  source: FileSource,
  options: ReadSeriesOptions = {},
): Promise<Series> {
  return await orDispatchErrorLater(
    "Cannot read the series",
    options,
    () => seriesOfSource(source, options),
  );
}

async function seriesOfSource(
  source: FileSource,
  options: ReadSeriesOptions,
): Promise<Series> {
  checkOptions("Cannot read the series", options, {
    maxBytes: "number",
    signal: "signal",
    fetch: "function",
    bands: "object",
    features: "object",
  });
  const { maxBytes = TABLE_BYTES, signal, fetch: send = fetch, bands, features } = options;
  const names: SeriesNames = { bands, features };
  const input = inputFile(source);
  const bytes = await readBytes(input, { fetch: send, maxBytes, signal });
  const series = await seriesIn(bytes, input.name, names, { maxBytes, signal });
  return withData(attachDisplay(series, seriesView), () => recordsOf(series));
}

async function seriesIn(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  names: SeriesNames,
  options: ReadTableOptions,
): Promise<Series> {
  if (kindOfBytes(bytes) !== "json") return seriesOfTable(await readTable(bytes, options), names);
  let value: unknown;
  try {
    value = parseJson(decodeText(bytes));
  } catch {
    throw new ResultsError(`Cannot read ${name} as a time series: it is malformed, not JSON`, {
      reason: "invalid",
    });
  }
  return Array.isArray(value)
    ? seriesOfTable(await readTable(bytes, options), names)
    : seriesOfJson(value, name, names);
}
