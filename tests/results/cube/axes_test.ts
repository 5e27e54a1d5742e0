import { assertEquals } from "@std/assert";
import type { ArrayVariable } from "../../../src/results/cube/array_variable.ts";
import { isDegrees, planesIn, stepsOf, stridesOf } from "../../../src/results/cube/axes.ts";
import { test } from "../../support/test.ts";

const variable = (
  name: string,
  dimensions: readonly string[],
  attributes: ArrayVariable["attributes"] = {},
  values: readonly number[] = [0, 1],
): ArrayVariable => ({
  name,
  dimensions,
  shape: dimensions.map(() => 2),
  attributes,
  values: () => values,
});

const planes = (...variables: ArrayVariable[]) =>
  planesIn(variables, new Map(variables.map((one) => [one.name, one]))).map((plane) =>
    [plane.variable.name, plane.x, plane.y, plane.cells?.longitude.name] as const
  );

test("planesIn() finds x and y wherever they stand, by name or by what is said of them", () => {
  assertEquals(
    planes(
      variable("a", ["x", "y", "t"]),
      variable("b", ["t", "lat", "lon"]),
      variable("c", ["t"]),
    ),
    [["a", 0, 1, undefined], ["b", 2, 1, undefined]],
  );
  assertEquals(
    planes(
      variable("a", ["t", "rows", "cols"]),
      variable("cols", ["cols"], { axis: "X" }),
      variable("rows", ["rows"], { standard_name: "projection_y_coordinate" }),
    ),
    [["a", 2, 1, undefined]],
  );
  assertEquals(planes(variable("data/a", ["data/y", "data/x"]))[0]?.slice(0, 3), ["data/a", 1, 0]);
});

test("planesIn() finds variables whose cells have their places in tables", () => {
  assertEquals(
    planes(
      variable("lat", ["j", "i"], { units: "degrees_north" }),
      variable("lon", ["j", "i"], { units: "degrees_east" }),
      variable("sst", ["t", "j", "i"]),
    ),
    [["sst", 2, 1, "lon"]],
  );
  assertEquals(planes(variable("sst", ["t", "j", "i"])), []);
});

test("isDegrees() tells longitudes from latitudes", () => {
  const east = variable("a", ["a"], { units: "degree_E" });
  assertEquals([isDegrees(east, "X"), isDegrees(east, "Y")], [true, false]);
});

test("stridesOf() says how far one step leads", () => {
  assertEquals(stridesOf([4, 3, 2]), [6, 2, 1]);
  assertEquals(stridesOf([]), []);
});

test("stepsOf() calls steps by their dates, texts or numbers", () => {
  const band = { ...variable("band", ["band"]), texts: () => ["B04", "B08"] };
  assertEquals(stepsOf(band, 2, []), ["B04", "B08"]);
  assertEquals(stepsOf(variable("data/depth", ["d"], {}, [0, 10]), 2, []), ["depth 0", "depth 10"]);
  assertEquals(stepsOf(undefined, 1, [new Date("2026-06-01")]), ["2026-06-01"]);
  assertEquals(stepsOf(undefined, 2, []), [undefined, undefined]);
});
