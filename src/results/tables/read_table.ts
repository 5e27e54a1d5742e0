import { orDispatchErrorLater } from "../../core/dispatch_error.ts";
import { isObject } from "../../core/objects.ts";
import { attachDisplay } from "../../display/render/attach.ts";
import { checkOptions } from "../../models/schema/options.ts";
import {
  decodeText,
  type FileSource,
  inputFile,
  kindOfBytes,
  kindOfName,
  readBytes,
} from "../input.ts";
import { ResultsError } from "../results_error.ts";
import { readCsv } from "./csv.ts";
import { featuresIn, parseGeojson } from "./geojson.ts";
import { readParquet } from "./parquet.ts";
import { dateOf, type Table, tableOf, tableView } from "./table.ts";

/** How much of a file may be fetched, by what, and until when. */
export interface ReadTableOptions {
  /**
   * The most bytes that are read.
   *
   * @default {268_435_456}
   */
  readonly maxBytes?: number | undefined;
  /** Gives up at once when it aborts. @default none */
  readonly signal?: AbortSignal | undefined;
  /**
   * What sends requests; it is given neither token nor cookie of the client.
   *
   * @default {globalThis.fetch}
   */
  readonly fetch?: typeof fetch | undefined;
}

/** How large a table may be where nothing else is said. */
export const TABLE_BYTES = 268_435_456;

/**
 * Reads a table: CSV (quotes, semicolons, decimal commas), Parquet (snappy, zstd), the properties of GeoJSON, or rows in
 * JSON. Numbers are numbers, dates are `Date` (UTC where they have no offset), what is missing is `null`.
 *
 * @example
 * ```ts
 * import { readTable } from "@apex-dispatch/client/results";
 * import { assertEquals } from "@std/assert";
 *
 * const csv = new TextEncoder().encode("field;seen;ndvi\nnorth;2026-06-01;0,52\nsouth;2026-06-02;\n");
 * const { columns, rows } = await readTable(csv);
 * assertEquals(columns.map(({ type }) => type), ["text", "date", "number"]);
 * assertEquals(rows[0]?.ndvi, 0.52);
 * assertEquals(rows[1]?.ndvi, null);
 * ```
 *
 * @param source an asset of results, a downloaded file, a path, a URL, bytes, or what `createSync` brought.
 * @throws {ResultsError} if it is no table.
 */
export async function readTable(
  source: FileSource,
  options: ReadTableOptions = {},
): Promise<Table> {
  return await orDispatchErrorLater(
    "Cannot read the table",
    options,
    () => tableOfSource(source, options),
  );
}

async function tableOfSource(
  source: FileSource,
  options: ReadTableOptions,
): Promise<Table> {
  checkOptions("Cannot read the table", options, {
    maxBytes: "number",
    signal: "signal",
    fetch: "function",
  });
  const { maxBytes = TABLE_BYTES, signal, fetch: send = fetch } = options;
  const input = inputFile(source);
  const bytes = await readBytes(input, { fetch: send, maxBytes, signal });
  const { name } = input;
  const kind = kindOfBytes(bytes);
  const table = kind === "parquet"
    ? (await readParquet(bytes, name)).table
    : kind === "json"
    ? jsonTable(bytes, name)
    : kind === "text"
    ? await readCsv(bytes, name)
    : undefined;
  if (table !== undefined) return attachDisplay(table, tableView);
  const what = kind === "page"
    ? "it is a web page"
    : bytes.length === 0
    ? "it is empty"
    : `it is ${
      kindOfName(input) === "tiff" || kind === "tiff"
        ? "a raster: preview() shows it"
        : "neither CSV, Parquet nor JSON"
    }`;
  throw new ResultsError(`Cannot read ${name} as a table: ${what}`, {
    reason: kind === "page" ? "invalid" : "unsupported",
  });
}

/** The properties of the features of GeoJSON, with their geometries; or rows as they are. */
function jsonTable(bytes: Uint8Array, name: string): Table {
  let value: unknown;
  try {
    value = parseGeojson(decodeText(bytes));
  } catch {
    throw new ResultsError(`Cannot read ${name} as a table: it is malformed, not JSON`, {
      reason: "invalid",
    });
  }
  const features = featuresIn(value);
  if (features !== undefined) {
    const rows = features.map(({ properties, geometry }) => ({
      ...(isObject(properties) ? properties : {}),
      ...(isObject(geometry) ? { geometry } : {}),
    }));
    return withDates(name, rows);
  }
  if (Array.isArray(value) && value.every(isObject)) return withDates(name, value);
  throw new ResultsError(
    `Cannot read ${name} as a table: it is JSON, but neither GeoJSON nor a list of rows\n` +
      "  What to do: readSeries() reads a time series",
    { reason: "unsupported" },
  );
}

/** JSON has no dates: a column of which every text is one is a column of dates. */
function withDates(name: string, rows: readonly Readonly<Record<string, unknown>>[]): Table {
  const table = tableOf(name, rows);
  const dates = table.columns.filter(({ name: column, type }) =>
    type === "text" &&
    table.rows.every(({ [column]: text }) => typeof text !== "string" || dateOf(text) !== undefined)
  );
  if (dates.length === 0) return table;
  return tableOf(
    name,
    table.rows.map((row) => ({
      ...row,
      ...Object.fromEntries(dates.map(({ name: column }) => {
        const text = row[column];
        return [column, typeof text === "string" ? dateOf(text) : null];
      })),
    })),
    table.columns.map(({ name: column }) => column),
  );
}
