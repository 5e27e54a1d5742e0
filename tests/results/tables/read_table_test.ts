import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { readTable } from "../../../src/results/tables/read_table.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { toCsv } from "../../../mod.ts";
import { test } from "../../support/test.ts";
import { bundleOf } from "../support/bundle.ts";
import { expectedTables, fixturePath } from "../support/fixtures.ts";

const { parcels } = expectedTables;

for (
  const name of [
    "parcels.csv",
    "parcels_semicolon_bom.csv",
    "parcels_snappy.parquet",
    "parcels_zstd.parquet",
    "parcels_utm.parquet",
    "parcels.geojson",
    "parcels_utm_crs.geojson",
  ]
) {
  test(`readTable() reads of ${name} what Python does`, async () => {
    const { rows, columns } = await readTable(fixturePath(`tables/${name}`));
    assertEquals(rows.length, parcels.rows);
    assertEquals(rows.map(({ ndvi }) => ndvi), [...parcels.ndvi]);
    assertEquals(rows.map(({ crop }) => crop), [...parcels.crop]);
    assertEquals([rows[0]?.parcel, rows[59]?.parcel], [parcels.parcel0, parcels.parcel59]);
    const seen = rows[59]?.seen;
    assertEquals(seen instanceof Date ? seen.toISOString().slice(0, 10) : seen, parcels.seen59);
    assertEquals(columns.slice(0, 4).map(({ type }) => type), ["text", "number", "number", "date"]);
  });
}

test("readTable() shows itself, and stays plain data", async () => {
  const table = await readTable(fixturePath("tables/parcels.csv"));
  assertStringIncludes(bundleOf(table)["text/plain"] ?? "", "60 rows");
  assertEquals(Object.keys(table), ["name", "columns", "rows"]);
  const [head, ...rows] = toCsv(table).trimEnd().split("\r\n");
  assertEquals(head, table.columns.map(({ name }) => name).join(","));
  assertEquals(rows.length, 60);
});

test("readTable() says what a file is that is no table", async () => {
  const text = (words: string) => new TextEncoder().encode(words);
  const fail = async (...given: Parameters<typeof readTable>) =>
    (await assertRejects(() => readTable(...given), ResultsError)).message;
  assertStringIncludes(await fail(text("<!doctype html>")), "it is a web page");
  assertStringIncludes(await fail(new Uint8Array()), "it is empty");
  assertStringIncludes(
    await fail(fixturePath("rasters/all_nan.tif")),
    "a raster: preview() shows it",
  );
  assertStringIncludes(await fail(text('{"a":1}')), "neither GeoJSON nor a list of rows");
  assertStringIncludes(await fail(text("{")), "malformed");
  assertStringIncludes(
    await fail(fixturePath("tables/parcels.csv"), { maxBytes: 10 }),
    "and 10 B are allowed",
  );
});

test("readTable() reads rows in JSON", async () => {
  const { rows } = await readTable({
    kind: "json",
    mediaType: null,
    data: [{ day: "2026-06-01", n: 1 }, { day: null, n: 2 }],
  });
  assertEquals(rows, [{ day: new Date("2026-06-01"), n: 1 }, { day: null, n: 2 }]);
});
