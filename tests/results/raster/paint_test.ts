import { assertEquals, assertThrows } from "@std/assert";
import { chooseBands, paint, type PaintOptions } from "../../../src/results/raster/paint.ts";
import type { RasterFile } from "../../../src/results/raster/raster_file.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { test } from "../../support/test.ts";

const options: PaintOptions = {
  band: undefined,
  bands: undefined,
  range: undefined,
  palette: "greys",
};
const fileOf = (names: readonly string[], more: Partial<RasterFile> = {}): RasterFile => ({
  width: 2,
  height: 2,
  bands: names.map((name) => ({ name, scale: 1, offset: 0 })),
  noData: undefined,
  alpha: undefined,
  palette: undefined,
  classNames: new Map(),
  isColour: false,
  keys: {},
  affine: [0, 1, 0, 0, 0, -1],
  levels: [],
  ...more,
});

test("chooseBands() takes what is asked for, else classes, else colours by name, else the first", () => {
  const palette = new Map([[1, [1, 2, 3, 255]]] as const);
  assertEquals(chooseBands(fileOf(["a", "b"]), options), { kind: "values", bands: [0] });
  assertEquals(chooseBands(fileOf(["a"], { palette }), options).kind, "classes");
  assertEquals(chooseBands(fileOf(["B02", "b03", "B04"]), options), {
    kind: "colour",
    bands: [2, 1, 0],
  });
  assertEquals(chooseBands(fileOf(["", "", ""], { isColour: true }), options), {
    kind: "colour",
    bands: [0, 1, 2],
  });
  assertEquals(chooseBands(fileOf(["a", "b"]), { ...options, band: "B" }), {
    kind: "values",
    bands: [1],
  });
  assertEquals(chooseBands(fileOf(["a", "b", "c"]), { ...options, bands: [3, "a", 2] }).bands, [
    2,
    0,
    1,
  ]);
});

test("chooseBands() names the bands that there are", () => {
  const file = fileOf(["NDVI", ""]);
  assertThrows(
    () => chooseBands(file, { ...options, band: "NDWI" }),
    ResultsError,
    'the raster has NDVI, 2; did you mean "NDVI"?',
  );
  assertThrows(
    () => chooseBands(file, { ...options, band: 0 }),
    ResultsError,
    "numbers begin with 1",
  );
});

test("paint() scales values, leaves out no-data, and says the true extremes", () => {
  const file = fileOf(["LAI"], { bands: [{ name: "LAI", scale: 0.1, offset: 1 }], noData: -1 });
  const { pixels, meaning } = paint(
    file,
    { kind: "values", bands: [0] },
    [[0, 10, -1, NaN]],
    undefined,
    { ...options, range: [1, 2] },
  );
  assertEquals([...pixels], [255, 255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0]);
  assertEquals(
    meaning.kind === "values" ? [meaning.statistics.least, meaning.statistics.most] : [],
    [1, 2],
  );
});

test("paint() keeps the order of extremes where a scale is negative", () => {
  const file = fileOf(["x"], { bands: [{ name: "x", scale: -1, offset: 0 }] });
  const { meaning } = paint(file, { kind: "values", bands: [0] }, [[1, 5]], undefined, options);
  assertEquals(
    meaning.kind === "values" ? [meaning.statistics.least, meaning.statistics.most] : [],
    [-5, -1],
  );
});

test("paint() sees through what a mask does not cover, and says that nothing is there", () => {
  const { meaning } = paint(fileOf(["x", "alpha"]), { kind: "values", bands: [0] }, [[1, 2]], [
    0,
    0,
  ], options);
  assertEquals(meaning.kind, "empty");
});

test("paint() tells how much of the ground each class takes", () => {
  const palette = new Map([[1, [9, 9, 9, 255]], [2, [8, 8, 8, 255]]] as const);
  const file = fileOf(["c"], { palette, noData: 0, classNames: new Map([[2, "water"]]) });
  const { meaning } = paint(
    file,
    { kind: "classes", bands: [0] },
    [[0, 1, 2, 2]],
    undefined,
    options,
  );
  assertEquals(
    meaning.kind === "classes" ? meaning.classes.map(({ name, share }) => [name, share]) : [],
    [["1", 1 / 3], ["water", 2 / 3]],
  );
});
