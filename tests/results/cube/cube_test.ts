import { assert, assertEquals, assertRejects } from "@std/assert";
import type { ArrayVariable } from "../../../src/results/cube/array_variable.ts";
import { cubeOf } from "../../../src/results/cube/cube.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { test } from "../../support/test.ts";

const variable = (
  name: string,
  dimensions: readonly string[],
  shape: readonly number[],
  values: readonly number[],
  attributes = {},
): ArrayVariable => ({
  name,
  dimensions,
  shape,
  attributes,
  values: () => values,
});
const axes = [variable("lon", ["lon"], [2], [3, 4]), variable("lat", ["lat"], [2], [52, 51])];

test("cubeOf() takes packing, missing values and times as the file says", async () => {
  const { cube } = await cubeOf(
    [
      ...axes,
      variable("time", ["time"], [2], [0, 36], { units: "hours since 2026-06-01 12:00" }),
      variable("t2m", ["time", "lat", "lon"], [2, 2, 2], [0, 1, 2, -9, 4, 5, 6, 7], {
        scale_factor: 0.5,
        add_offset: 10,
        _FillValue: [-9],
        units: "K",
      }),
    ],
    "x.nc",
    undefined,
  );
  assertEquals([cube.variable, cube.unit, cube.shape, cube.crs], [
    "t2m",
    "K",
    [2, 2, 2],
    "degrees",
  ]);
  assertEquals(cube.times.map((time) => time.toISOString()), [
    "2026-06-01T12:00:00.000Z",
    "2026-06-03T00:00:00.000Z",
  ]);
  const layer = cube.layer(0);
  assertEquals([...layer.slice(0, 3)], [10, 10.5, 11]);
  assert(Number.isNaN(layer[3]));
  await assertRejects(
    () => Promise.try(() => cube.layer(2)),
    ResultsError,
    "there are 2, the first is 0",
  );
});

test("cubeOf() takes the variable that is wanted, and names those that there are", async () => {
  const plane = (name: string) => variable(name, ["lat", "lon"], [2, 2], [1, 2, 3, 4]);
  const { cube } = await cubeOf([...axes, plane("a"), plane("b")], "x.nc", "b");
  assertEquals([cube.variable, cube.variables, cube.layers], ["b", ["a", "b"], [""]]);
  await assertRejects(
    () => cubeOf([...axes, plane("a")], "x.nc", "c"),
    ResultsError,
    "there are a",
  );
  await assertRejects(
    () => cubeOf(axes, "x.nc", undefined),
    ResultsError,
    "none of its variables lies over x and y",
  );
});

test("cubeOf() does not guess coordinates", async () => {
  const metres = [variable("x", ["x"], [2], [0, 40]), variable("y", ["y"], [2], [40, 0])];
  await assertRejects(
    () => cubeOf([...metres, variable("a", ["y", "x"], [2, 2], [1, 2, 3, 4])], "x.nc", undefined),
    ResultsError,
    "nothing says what its coordinates are",
  );
});

test("cubeOf() takes degrees for what they are, whatever the axes are called", async () => {
  for (const attributes of [{ units: "degrees_east" }, { standard_name: "longitude" }]) {
    const { cube } = await cubeOf(
      [
        { ...variable("x", ["x"], [2], [5, 6]), attributes },
        variable("y", ["y"], [2], [52, 51]),
        variable("a", ["y", "x"], [2, 2], [1, 2, 3, 4]),
      ],
      "x.nc",
      undefined,
    );
    assertEquals([cube.crs, [...cube.layer(0)]], ["degrees", [1, 2, 3, 4]]);
  }
});

test("cubeOf() refuses what is too large for memory before it is read", async () => {
  const large = {
    ...variable("t2m", ["time", "lat", "lon"], [1_000_000, 2, 2], []),
    shape: [100_000_000, 2, 2],
    values: () => {
      throw new Error("it is read");
    },
  };
  const error = await assertRejects(
    () => cubeOf([...axes, large], "x.nc", undefined),
    ResultsError,
    "t2m has 100000000 × 2 × 2 values, more than fit here",
  );
  assertEquals(error.reason, "too-large");
});
