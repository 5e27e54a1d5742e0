import { assertEquals, assertThrows } from "@std/assert";
import { CatalogueError } from "../../../src/catalogue/catalogue_error.ts";
import { readBenchmarks } from "../../../src/catalogue/reading/benchmarks.ts";
import { test } from "../../support/test.ts";

const run = (costs: number | null, area_size: number | null, start_time: string | null) => ({
  scenario_id: "a",
  costs,
  duration: 60,
  area_size,
  start_time,
});

test("readBenchmarks() sums up the runs of each size of area", () => {
  const { summary, runs } = readBenchmarks({
    service_id: "a",
    data: [
      run(4, 3.34, "2026-03-09T10:00:00Z"),
      run(9, 3.34, "2026-04-09T10:00:00Z"),
      run(30, 120, null),
      run(null, 3.34, "2026-05-09T10:00:00Z"),
      run(2, null, "2026-01-01T00:00:00Z"),
    ],
  }, "a");
  assertEquals(summary.toSorted(), [
    "2 credits in 1 run since 1 January 2026",
    "30 credits for 120 km² in 1 run",
    "4–9 credits for 3.34 km² in 2 runs since 9 March 2026",
  ]);
  assertEquals(runs.map(({ start }) => start?.getUTCMonth()), [4, 3, 2, 0, undefined]);
});

test("readBenchmarks() of none is none, and refuses what is not benchmarks", () => {
  assertEquals(readBenchmarks({ data: [] }, "a").summary, []);
  for (const value of [null, [], "x", { data: 5 }, { data: [5] }]) {
    assertThrows(() => readBenchmarks(value, "a"), CatalogueError);
  }
});

test("readBenchmarks() counts what was measured, whatever else a run says", () => {
  const { runs, summary } = readBenchmarks({
    data: [
      { scenario_id: 5, costs: "4", duration: -1, area_size: 0, start_time: "soon" },
      { ...run(3, 0, null), extra: true },
    ],
  }, "a");
  assertEquals(runs, [{ scenario: "" }, { scenario: "a", cost: 3, duration: 60 }]);
  assertEquals(summary, ["3 credits in 1 run"]);
});
