import { assertEquals, assertThrows } from "@std/assert";
import { seriesOfJson, seriesOfTable } from "../../../src/results/series/series.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { tableOf } from "../../../src/results/tables/table.ts";
import { test } from "../../support/test.ts";

test("seriesOfJson() sorts dates, and fills what is missing", () => {
  const { dates, features, bands, values } = seriesOfJson(
    {
      "2026-06-11": [[1, 2], [3]],
      "2026-06-01": [[null, "x"]],
      "2026-06-21": [],
      "2026-07-01": null,
    },
    "x",
    { bands: ["B04"] },
  );
  assertEquals(dates.map((date) => date.toISOString().slice(0, 10)), [
    "2026-06-01",
    "2026-06-11",
    "2026-06-21",
    "2026-07-01",
  ]);
  assertEquals([features, bands], [["feature 1", "feature 2"], ["B04", "band 2"]]);
  assertEquals(values[0], [[null, null], [null, null]]);
  assertEquals(values[1], [[1, 2], [3, null]]);
  assertEquals(seriesOfJson({ "2026-06-01": [5] }, "x", {}).values, [[[5]]]);
});

test("seriesOfJson() refuses what is no series", () => {
  for (const value of [null, [], {}, { a: [[1]] }, 5]) {
    assertThrows(
      () => seriesOfJson(value, "x", {}),
      ResultsError,
      "Cannot read x as a time series",
    );
  }
});

test("seriesOfTable() finds the dates, the features and the numbers", () => {
  const table = tableOf("x.csv", [
    { id: "north", date: new Date("2026-06-11"), B04: 1 },
    { id: "south", date: new Date("2026-06-11"), B04: 2 },
    { id: "north", date: new Date("2026-06-01"), B04: null },
  ]);
  const { features, bands, values } = seriesOfTable(table, {});
  assertEquals([features, bands], [["north", "south"], ["B04"]]);
  assertEquals(values, [[[null], [null]], [[1], [2]]]);
  assertThrows(
    () => seriesOfTable(tableOf("x", [{ a: 1 }]), {}),
    ResultsError,
    "none of its columns is of dates",
  );
  assertThrows(
    () => seriesOfTable(tableOf("x", [{ t: new Date(0) }]), {}),
    ResultsError,
    "none of its columns is of numbers",
  );
});
