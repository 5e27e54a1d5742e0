import { assertEquals, assertRejects } from "@std/assert";
import { brotliCompressSync, gzipSync, zstdCompressSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { readParquet } from "../../../src/results/tables/parquet.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { test } from "../../support/test.ts";
import { expectedTables, fixture } from "../support/fixtures.ts";

test("readParquet() reads snappy and zstd, and what GeoParquet says of its geometries", async () => {
  for (
    const [name, epsg] of [["parcels_snappy", undefined], ["parcels_zstd", undefined], [
      "parcels_utm",
      32631,
    ]] as const
  ) {
    const { table, geometry, epsg: told } = await readParquet(
      fixture(`tables/${name}.parquet`),
      name,
    );
    assertEquals([geometry, told], ["geometry", epsg]);
    assertEquals(table.rows.map(({ ndvi }) => ndvi), [...expectedTables.parcels.ndvi]);
    assertEquals(table.rows.map(({ crop }) => crop), [...expectedTables.parcels.crop]);
  }
});

test("readParquet() refuses a footer that cannot be, before it is read", async () => {
  const bytes = fixture("tables/parcels_snappy.parquet");
  for (const size of [2_000_000_000, bytes.length]) {
    const broken = bytes.slice();
    new DataView(broken.buffer).setUint32(broken.length - 8, size, true);
    await assertRejects(
      () => readParquet(broken, "a"),
      ResultsError,
      `its footer would have ${size} bytes`,
    );
  }
  await assertRejects(
    () => readParquet(new Uint8Array(3), "a"),
    ResultsError,
    "ends before its footer",
  );
  const garbled = bytes.slice().fill(7, 100, bytes.length - 12);
  await assertRejects(() => readParquet(garbled, "a"), ResultsError, "it is broken");
});

test("readParquet() reads whatever types another writer writes, packed with gzip and brotli", async () => {
  for (const name of ["types_gzip", "types_brotli"]) {
    const { table: { rows, columns } } = await readParquet(fixture(`tables/${name}.parquet`), name);
    assertEquals(rows.length, 10);
    const { u: _, ...row } = rows[1] ?? {};
    // What DuckDB says of the same row.
    assertEquals(row, {
      i32: 1,
      i64: 10_000_000_000,
      u8: 1,
      f64: 1 / 7,
      f32: Math.fround(1 / 7),
      dec9: 1.25,
      dec18: 1.25,
      dec38: 1.25,
      d: new Date("2024-01-02"),
      ts: new Date("2024-01-01T11:00:00.123Z"),
      tstz: new Date("2024-01-01T09:00:00Z"),
      ts_ns: new Date("2024-01-01T10:00:00.123Z"),
      ts_ms: new Date("2024-01-01T10:00:00.123Z"),
      tm: "10:20:30",
      s: "cat1",
      b: false,
      li: [1, 2, null],
      lli: [[1, 2], [1]],
      st: { a: 1, b: "x" },
      mp: { k: 1 },
      bl: "bl1",
      i8: 1,
      nan: 1,
      en: "a",
      h: 1,
    });
    assertEquals(columns.map((column) => column.name), [...Object.keys(rows[1] ?? {})]);
  }
});

test("readParquet() has no digits of its own in decimals", async () => {
  const data = [0.35, 0.57, 1.1, -2.29];
  const bytes = parquetWriteBuffer({
    schema: [
      { name: "root", num_children: 1 },
      {
        name: "a",
        type: "INT32",
        converted_type: "DECIMAL",
        scale: 2,
        precision: 9,
        repetition_type: "REQUIRED",
      },
    ],
    columnData: [{ name: "a", data }],
  });
  const { table } = await readParquet(new Uint8Array(bytes), "a");
  assertEquals(table.rows.map(({ a }) => a), data);
});

test("readParquet() lets go of a page that unpacks to more than its head says", async () => {
  for (
    const [codec, pack] of [
      ["GZIP", gzipSync],
      ["BROTLI", brotliCompressSync],
      ["ZSTD", zstdCompressSync],
    ] as const
  ) {
    const bytes = parquetWriteBuffer({
      columnData: [{
        name: "a",
        data: Array.from({ length: 100 }, (_, at) => at / 7),
        type: "DOUBLE",
      }],
      codec,
      compressors: { [codec]: () => new Uint8Array(pack(new Uint8Array(50_000_000))) },
    });
    await assertRejects(
      () => readParquet(new Uint8Array(bytes), "a"),
      ResultsError,
      "a page of it unpacks to more than it says",
    );
  }
});

test("readParquet() finds geometries by the type of their column, where nothing is said of the file", async () => {
  const places = [3, 4].map((x) => ({ type: "Point", coordinates: [x, 51] }));
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: "v", data: [1, 2], type: "DOUBLE" },
      { name: "place", data: places, type: "GEOMETRY" },
    ],
  });
  const { table, geometry, epsg } = await readParquet(new Uint8Array(bytes), "a");
  assertEquals([geometry, epsg, table.rows[0]?.place], ["place", undefined, places[0]]);
});
