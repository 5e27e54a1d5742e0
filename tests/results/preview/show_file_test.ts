import { assertEquals } from "@std/assert";
import { inputFile } from "../../../src/results/input.ts";
import { showFile } from "../../../src/results/preview/show_file.ts";
import { test } from "../../support/test.ts";
import { fixture, fixturePath } from "../support/fixtures.ts";

test("showFile() makes of each kind of file what it is best looked at as", async () => {
  const kindsOf = async (source: Parameters<typeof inputFile>[0]) =>
    (await showFile(inputFile(source), {}, undefined)).blocks.map(({ kind }) => kind);
  assertEquals(await kindsOf(fixture("rasters/lonlat4326.tif")), ["picture"]);
  assertEquals(await kindsOf(fixturePath("tables/cube_nc3.nc")), ["picture"]);
  assertEquals(await kindsOf(fixturePath("tables/parcels_utm.parquet")), ["picture"]);
  assertEquals(await kindsOf(fixturePath("tables/timeseries.json")), ["picture", "table"]);
  assertEquals(await kindsOf(fixturePath("tables/parcels.csv")), ["table"]);
  assertEquals(await kindsOf(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2])), ["picture"]);
});
