import { assertEquals, assertRejects } from "@std/assert";
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
