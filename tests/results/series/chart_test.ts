import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { chartOf, seriesBlocks, seriesView } from "../../../src/results/series/chart.ts";
import { type Series, seriesOfJson } from "../../../src/results/series/series.ts";
import { checkHtml } from "../../display/check_html.ts";
import { test } from "../../support/test.ts";
import { bundleOf } from "../support/bundle.ts";

const seriesOf = (values: Series["values"], bands = ["a"], features = ["f"]): Series => ({
  dates: values.map((_, index) => new Date(Date.UTC(2026, 5, 1 + index))),
  features,
  bands,
  values,
});

test("chartOf() breaks the line where a value is missing, and marks one that stands alone", () => {
  const { text } = chartOf(seriesOf([[[1]], [[2]], [[null]], [[3]], [[null]], [[2]], [[1]]]));
  const [, path = ""] = /class="l" stroke="#0072b2" d="(M[^"]*L[^"]*)"/.exec(text) ?? [];
  assertEquals(path.split("M").length - 1, 3);
  assertEquals(text.split("<circle").length - 1, 1);
});

test("chartOf() has round ticks around all values, and dates at both ends", () => {
  const { text } = chartOf(seriesOf([[[0.13]], [[0.87]]]));
  assert(text.includes(">0<") && text.includes(">0.2<") && text.includes(">1<"), text);
  assert(text.includes(">2026-06-01<") && text.includes(">2026-06-02<"));
});

test("chartOf() escapes names, and draws no more than can be told apart", () => {
  const bands = Array.from({ length: 20 }, (_, index) => `<b${index}>`);
  const features = Array.from({ length: 30 }, (_, index) => `&${index}`);
  const { text } = chartOf(
    seriesOf(
      [
        features.map(() => bands.map(() => 1)),
        features.map(() => bands.map(() => 2)),
      ],
      bands,
      features,
    ),
  );
  assert(!text.includes("<b0>") && text.includes("12 of 30 features shown, 8 of 20 bands shown"));
});

test("chartOf() of one value, of equal ones and of none is a chart all the same", () => {
  for (const values of [[[[5]]], [[[5]], [[5]]], [[[null]]], []]) {
    const { text } = chartOf(seriesOf(values));
    assert(!/NaN|Infinity/.test(text), text);
  }
});

test("seriesView() says first, last, lowest and highest of each band in words", () => {
  const series = seriesOfJson(
    { "2026-06-01": [[1, null]], "2026-06-02": [[0.5, null]], "2026-06-03": [[3, null]] },
    "x",
    {},
  );
  const shown = bundleOf(seriesView(series));
  assertStringIncludes(
    (shown["text/plain"] ?? "").replace(/\s+/g, " "),
    "band 1: first 1, last 3, lowest 0.5, highest 3; band 2: no values",
  );
  checkHtml(shown["text/html"] ?? "");
  assertStringIncludes(String(seriesBlocks(series).length), "2");
});
