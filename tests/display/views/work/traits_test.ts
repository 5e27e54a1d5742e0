import { assertEquals } from "@std/assert";
import {
  parameterColumn,
  parametersColumn,
  traitsOf,
} from "../../../../src/display/views/work/traits.ts";
import type { Line } from "../../../../src/display/render/document.ts";
import { fitLine, textOf } from "../../../../src/display/render/fit.ts";
import { bboxToPolygon } from "../../../../src/geo/box.ts";
import { test } from "../../../support/test.ts";
import { job } from "../../views.ts";

const text = (line: Line) => textOf(fitLine(line, 200));

/** What is told of jobs with these parameters: what they share, and the columns with their cells. */
function told(...parameters: readonly Record<string, unknown>[]) {
  const { common, columns } = traitsOf(parameters.map((one) => job({ parameters: one })));
  return {
    common: common.map(text),
    columns: Object.fromEntries(
      columns.map(({ column, cells }) => [column.title, cells.map(text)]),
    ),
  };
}

test("traitsOf() tells what is shared from what differs", () => {
  assertEquals(
    told(
      { bands: ["B04", "B08"], resolution: 10, mask: true },
      { bands: ["B04", "B08"], resolution: 20, mask: true },
    ),
    { common: ["bands B04, B08", "mask true"], columns: { resolution: ["10", "20"] } },
  );
});

test("traitsOf() shows places by their corners, however they are written", () => {
  const box = { west: 3.2, south: 50.9, east: 3.4, north: 51 };
  assertEquals(
    told(
      { spatial_extent: box },
      { spatial_extent: bboxToPolygon([3.4, 50.9, 3.6, 51]) },
      { spatial_extent: { type: "Point", coordinates: [3.4, 50.9] } },
    ).columns,
    {
      spatial_extent: [
        "3.2, 50.9 to 3.4, 51",
        "3.4, 50.9 to 3.6, 51",
        "Point 3.4, 50.9",
      ],
    },
  );
});

test("traitsOf() brings where and when of several services into one column", () => {
  const { columns } = told(
    {
      spatial_extent: { west: 3, south: 50, east: 4, north: 51 },
      temporal_extent: ["2025-01-01", "2025-02-01T00:00:00Z"],
    },
    { bbox: [5, 50, 6, 51], date_range: ["2025-03-01", null] },
  );
  assertEquals(columns, {
    Where: ["3, 50 to 4, 51", "5, 50 to 6, 51"],
    When: ["2025-01-01 → 2025-02-01", "2025-03-01 → open"],
  });
});

test("traitsOf() takes no list for a place or a stretch of time that is none", () => {
  const { columns } = told(
    { percentiles: [5, 25, 75, 95], range: [null, null], pair: ["a", "b"] },
    { percentiles: [5, 25, 75, 90], range: [null, 1], pair: ["a", "c"] },
  );
  assertEquals(Object.keys(columns), ["percentiles", "range", "pair"]);
  assertEquals(columns.percentiles, ["5, 25, 75, 95", "5, 25, 75, 90"]);
  assertEquals(columns.pair, ["a, b", "a, c"]);
});

test("traitsOf() gathers what few jobs have, or what is too much, in one column", () => {
  const { columns, common } = told(
    { a: 1, b: 1, c: 1, d: 1, e: 1, rare: "x" },
    { a: 2, b: 2, c: 2, d: 2, e: 1 },
    { a: 3, b: 3, c: 3, d: 3, e: 1 },
  );
  assertEquals(Object.keys(columns), ["a", "b", "c", "Other parameters"]);
  assertEquals(columns["Other parameters"], ['d: 1, rare: "x"', "d: 2", "d: 3"]);
  assertEquals(common, ["e 1"]);
});

test("traitsOf() shows no secret, and what is missing as missing", () => {
  const { columns, common } = told(
    { token: "s3cret", name: "a", flag: null },
    { token: "s3cret", flag: null, name: undefined },
  );
  assertEquals(common, ["token (hidden)", "flag null"]);
  assertEquals(columns, { name: ["a", "undefined"] });
  assertEquals(told({ a: 1 }, {}).columns, { a: ["1", "–"] });
});

test("parameterColumn() and parametersColumn() show one parameter, or all", () => {
  const list = [job(), job({ parameters: {} })];
  assertEquals(parameterColumn(list, "resolution").cells.map(text), ["10", "–"]);
  assertEquals(parameterColumn([job()], "resolution").column.align, "right");
  assertEquals(parametersColumn(list).cells.map(text), [
    "12, 41 to 13, 42 · resolution 10 · bands B04, B08",
    "",
  ]);
});
