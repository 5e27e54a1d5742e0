import { assert, assertStringIncludes } from "@std/assert";
import { readBenchmarks } from "../../../src/catalogue/reading/benchmarks.ts";
import { benchmarksView } from "../../../src/catalogue/views/benchmarks.ts";
import { test } from "../../support/test.ts";
import { textOf } from "../support/text_of.ts";

test("benchmarksView() shows the newest ten runs, and what they have cost together", () => {
  const data = Array.from({ length: 12 }, (_, index) => ({
    scenario_id: "<b>small</b>",
    costs: index + 1,
    duration: 125,
    area_size: 3.34,
    start_time: `2026-03-${String(index + 1).padStart(2, "0")}T10:00:00Z`,
  }));
  const view = benchmarksView(readBenchmarks({ data }, "a"));
  const text = textOf(view);
  for (const words of ["12 runs · the newest 10 shown", "12 March 2026", "2 min 5 s", "3.34 km²"]) {
    assertStringIncludes(text, words);
  }
  assertStringIncludes(text, "1–12 credits for 3.34 km² in 12 runs since 1 March 2026");
  assert(!text.includes("2 March 2026\n"), text);
});

test("benchmarksView() of none says so, and of what was not measured that it was not", () => {
  assertStringIncludes(
    textOf(benchmarksView(readBenchmarks({ data: [] }, "a"))),
    "has run no benchmarks of a",
  );
  assertStringIncludes(textOf(benchmarksView(readBenchmarks({ data: [{}] }, "a"))), "not said");
});
