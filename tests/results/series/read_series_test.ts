import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { readSeries } from "../../../src/results/series/read_series.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { toCsv } from "../../../mod.ts";
import { test } from "../../support/test.ts";
import { bundleOf } from "../support/bundle.ts";
import { expectedTables, fixture, fixturePath } from "../support/fixtures.ts";

const { timeseries } = expectedTables;

for (const name of ["timeseries.json", "timeseries.csv"]) {
  test(`readSeries() reads of ${name} what Python does`, async () => {
    const series = await readSeries(fixturePath(`tables/${name}`));
    assertEquals([series.dates.length, series.features.length, series.bands.length], [
      timeseries.dates,
      timeseries.features,
      timeseries.bands,
    ]);
    assertEquals(series.values[0], timeseries.first.map((row) => [...row]));
    assertEquals(series.values.at(-1), timeseries.last.map((row) => [...row]));
  });
}

test("readSeries() reads what a synchronous job brought, and one feature of one band", async () => {
  const data: unknown = JSON.parse(
    new TextDecoder().decode(fixture("tables/timeseries_single.json")),
  );
  const series = await readSeries({ kind: "json", mediaType: "application/json", data }, {
    bands: ["NDVI"],
    features: ["north"],
  });
  assertEquals([series.bands, series.features, series.dates.length], [["NDVI"], ["north"], 18]);
  const shown = bundleOf(series);
  assertStringIncludes(shown["text/plain"] ?? "", "NDVI: first 0.0071");
  assertEquals(Object.keys(series), ["dates", "features", "bands", "values"]);
  const [head, first = "", ...rows] = toCsv(series).trimEnd().split("\r\n");
  assertEquals([head, rows.length], ["date,feature,NDVI", 17]);
  assertEquals(first, `${series.dates[0]?.toISOString()},north,${series.values[0]?.[0]?.[0]}`);
});

test("readSeries() says what is none", async () => {
  const text = (words: string) => new TextEncoder().encode(words);
  await assertRejects(() => readSeries(text("{")), ResultsError, "malformed");
  await assertRejects(
    () => readSeries(text("a,b\n1,2\n")),
    ResultsError,
    "none of its columns is of dates",
  );
  await assertRejects(
    () => readSeries(text("{}"), JSON.parse('{"band":["x"]}')),
    Error,
    'did you mean "bands"?',
  );
});
