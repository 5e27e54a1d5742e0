import type { Compressors, FileMetaData, SchemaElement } from "hyparquet";
import { isObject } from "../../core/objects.ts";
import { ResultsError } from "../results_error.ts";
import { inflateWithin, openZstd, type Unpacked } from "../unpack/decompress.ts";
import type { ValuedShape } from "./geojson.ts";
import { type ColumnPages, wrongPages } from "./pages.ts";
import { numberOf, type Table, tableOf } from "./table.ts";

/** What a Parquet file holds: its rows, and what GeoParquet says of its geometries. */
export interface ParquetFile {
  /** The rows. */
  readonly table: Table;
  /** The column with the geometry, where there is one. */
  readonly geometry: string | undefined;
  /** The EPSG number of the geometries' coordinates; degrees where there is none. */
  readonly epsg: number | undefined;
}

/** No footer of a table is larger: one that says so is broken, or means harm. */
const MOST_FOOTER = 64_000_000;
const MOST_ROWS = 5_000_000;

/** Reads a Parquet file (snappy, gzip, zstd and others), with GeoParquet's geometries as GeoJSON. */
export async function readParquet(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): Promise<ParquetFile> {
  const fail = (what: string, cause?: unknown) =>
    new ResultsError(`Cannot read ${name} as Parquet: ${what}`, {
      reason: "invalid",
      ...(cause instanceof Error ? { cause: new Error(cause.message) } : {}),
    });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12) throw fail("it ends before its footer");
  const footer = view.getUint32(bytes.length - 8, true);
  if (footer > MOST_FOOTER || footer > bytes.length - 12) {
    throw fail(`its footer would have ${footer} bytes, and the file has ${bytes.length}`);
  }
  const { parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import("hyparquet");
  const compressors = await compressorsWithin(fail);
  const file = {
    byteLength: bytes.length,
    slice: (start: number, end?: number) => {
      const part = bytes.slice(start, end);
      return part.buffer;
    },
  };
  try {
    const metadata = await parquetMetadataAsync(file);
    if (Number(metadata.num_rows) > MOST_ROWS) {
      throw fail(`it has ${metadata.num_rows} rows, more than fit here`);
    }
    const wrong = wrongPages(bytes, columnsIn(metadata));
    if (wrong !== undefined) throw fail(wrong);
    const elements = parquetSchema(metadata).children.map(({ element }) => element);
    const unread = elements.find(({ converted_type: type }) =>
      type === "INTERVAL" || type === "BSON"
    );
    if (unread !== undefined) {
      throw fail(
        `its column ${unread.name} is an ${unread.converted_type}, which is not read here`,
      );
    }
    const rows = await parquetReadObjects({ file, metadata, compressors });
    for (const element of elements) tidy(rows, element);
    const names = elements.map(({ name: column }) => column);
    const told = metadata.key_value_metadata?.find(({ key }) => key === "geo")?.value;
    const { geometry, epsg } = geoOf(told);
    const columns = names.filter((column) =>
      rows.length === 0 || rows.some((row) => column in row)
    );
    const table = tableOf(name, rows, columns);
    // A column of geometries is one by its own type too (Parquet 2.11), whatever is said of the file.
    const typed = table.columns.find(({ type }) => type === "geometry")?.name;
    return { table, geometry: geometry ?? typed, epsg };
  } catch (error) {
    if (error instanceof ResultsError) throw error;
    throw fail("it is broken, or packed in a way that is not known here", error);
  }
}

/** The rows of a table as shapes: the geometry of each, and its other values. */
export function shapesOfTable({ rows }: Table, geometry: string): readonly ValuedShape[] {
  return rows.map(({ [geometry]: place, ...values }) => ({ geometry: place, values }));
}

/** Unpackers of pages: of each no more comes out than the page's head says. */
async function compressorsWithin(fail: (what: string) => ResultsError): Promise<Compressors> {
  const { compressors } = await import("hyparquet-compressors");
  const zstd = await openZstd();
  const within = (page: Unpacked): Uint8Array => {
    if (typeof page !== "string") return page;
    throw fail(
      page === "large"
        ? "a page of it unpacks to more than it says: it is broken, or means harm"
        : "a page of it cannot be unpacked: it is broken",
    );
  };
  return {
    ...compressors,
    GZIP: (packed, size) => within(inflateWithin(packed, size, "gzip")),
    BROTLI: (packed, size) => within(inflateWithin(packed, size, "brotli")),
    ZSTD: (packed, size) => within(zstd(packed, size)),
  };
}

function columnsIn({ row_groups: groups }: FileMetaData): ColumnPages[] {
  return groups.flatMap(({ columns }) =>
    columns.flatMap(({ meta_data: about }) =>
      about === undefined ? [] : [{
        from: Number(about.dictionary_page_offset || about.data_page_offset),
        length: Number(about.total_compressed_size),
        values: Number(about.num_values),
      }]
    )
  );
}

/** Makes of stored numbers what they mean where the reader leaves that: decimals to their last digit, times of day. */
function tidy(
  rows: Record<string, unknown>[],
  { name, converted_type: type, logical_type: logical, scale = 0, num_children: children }:
    SchemaElement,
): void {
  const isTime = logical?.type === "TIME" || type === "TIME_MILLIS" || type === "TIME_MICROS";
  if (children !== undefined) {
    for (const row of rows) row[name] = withNumbers(row[name]);
  }
  if (type !== "DECIMAL" && !isTime) return;
  const unit = logical?.type === "TIME" ? logical.unit : type?.replace("TIME_", "");
  const factor = unit === "NANOS" ? 1e-6 : unit === "MICROS" ? 1e-3 : 1;
  for (const row of rows) {
    const value = row[name];
    if (typeof value !== "number" && typeof value !== "bigint") continue;
    row[name] = isTime
      ? new Date(Number(value) * factor).toISOString().slice(11, 23).replace(/\.000$/, "")
      : Number(Number(value).toFixed(Math.min(scale, 100)));
  }
}

/** A list or a structure with numbers in the place of long ones, which nobody can reckon with. */
function withNumbers(value: unknown): unknown {
  if (typeof value === "bigint") return numberOf(value);
  if (Array.isArray(value)) return value.map(withNumbers);
  if (!isObject(value) || value instanceof Date || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withNumbers(part)]));
}

/** What GeoParquet's metadata says of the primary geometry. */
function geoOf(
  text: string | undefined,
): { geometry: string | undefined; epsg: number | undefined } {
  const nothing = { geometry: undefined, epsg: undefined };
  if (text === undefined) return nothing;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return nothing;
  }
  if (!isObject(value) || typeof value.primary_column !== "string" || !isObject(value.columns)) {
    return nothing;
  }
  const column = value.columns[value.primary_column];
  const crs = isObject(column) ? column.crs : undefined;
  const id = isObject(crs) ? crs.id : undefined;
  const code = isObject(id) && id.authority === "EPSG" ? Number(id.code) : undefined;
  return { geometry: value.primary_column, epsg: code === 4326 ? undefined : code };
}
