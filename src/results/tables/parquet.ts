import { isObject } from "../../core/objects.ts";
import { ResultsError } from "../results_error.ts";
import { type Table, tableOf } from "./table.ts";

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
  const { parquetMetadataAsync, parquetReadObjects } = await import("hyparquet");
  const { compressors } = await import("hyparquet-compressors");
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
    const rows = await parquetReadObjects({ file, metadata, compressors });
    const names = metadata.schema.slice(1).filter(({ num_children: children }) =>
      children === undefined
    )
      .map(({ name: column }) => column);
    const told = metadata.key_value_metadata?.find(({ key }) => key === "geo")?.value;
    const { geometry, epsg } = geoOf(told);
    const columns = names.filter((column) =>
      rows.length === 0 || rows.some((row) => column in row)
    );
    return { table: tableOf(name, rows, columns), geometry, epsg };
  } catch (error) {
    if (error instanceof ResultsError) throw error;
    throw fail("it is broken, or packed in a way that is not known here", error);
  }
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
