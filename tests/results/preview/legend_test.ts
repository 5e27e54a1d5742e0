import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { formatNumber, meaningLegend, meaningWords } from "../../../src/results/preview/legend.ts";
import { test } from "../../support/test.ts";

const statistics = { valid: 5, least: -0.2, most: 0.8, low: -0.1, high: 0.7 };

test("meaningLegend() and meaningWords() say the range and the true extremes", () => {
  const meaning = {
    kind: "values",
    band: "<NDVI>",
    range: [-0.1, 0.7],
    statistics,
    palette: "viridis",
  } as const;
  assertStringIncludes(meaningWords(meaning), "from -0.2 to 0.8, coloured from -0.1 to 0.7");
  const { svg } = meaningLegend(meaning);
  assert(!svg.includes("<NDVI>") && svg.includes("lowest -0.2") && svg.includes("highest 0.8"));
});

test("meaningLegend() lists twelve classes of many", () => {
  const classes = Array.from(
    { length: 30 },
    (_, value) => ({
      value,
      name: `class ${value}`,
      colour: [1, 2, 3] as const,
      share: value === 0 ? 0.001 : 0.03,
    }),
  );
  assertStringIncludes(meaningLegend({ kind: "classes", classes }).svg, "and 18 more");
  assertStringIncludes(meaningWords({ kind: "classes", classes }), "class 0 < 1 %");
});

test("meaningWords() of colours and of nothing", () => {
  assertEquals(
    meaningWords({ kind: "colour", bands: ["B04", "B03", "B02"], range: undefined }),
    "B04, B03, B02 as red, green, blue",
  );
  assertEquals(meaningWords({ kind: "empty" }), "no values anywhere");
});

test("formatNumber() has as many digits as tell something", () => {
  assertEquals([0, 0.1234, 12.345, 5180.4, 1e7, 1e-5, NaN].map(formatNumber), [
    "0",
    "0.123",
    "12.35",
    "5180",
    "1.00e7",
    "1.00e-5",
    "NaN",
  ]);
});
