import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { ArrayVariable } from "../../../src/results/cube/array_variable.ts";
import { placesOf } from "../../../src/results/cube/places.ts";
import { test } from "../../support/test.ts";

const variable = (
  name: string,
  values: readonly number[],
  attributes: ArrayVariable["attributes"] = {},
): ArrayVariable => ({
  name,
  dimensions: [name],
  shape: [values.length],
  attributes,
  values: () => values,
});

const plane = (attributes: ArrayVariable["attributes"], rows = 2, columns = 2) => ({
  variable: { ...variable("v", []), dimensions: ["y", "x"], shape: [rows, columns], attributes },
  x: 1,
  y: 0,
});

const named = (...variables: ArrayVariable[]) => new Map(variables.map((one) => [one.name, one]));

test("placesOf() takes coordinates by their grid mapping, in kilometres too", async () => {
  const mapping = variable("m", [0], {
    grid_mapping_name: "lambert_azimuthal_equal_area",
    latitude_of_projection_origin: 52,
    longitude_of_projection_origin: 10,
    false_easting: 4_321_000,
    false_northing: 3_210_000,
  });
  const places = await placesOf(
    plane({ grid_mapping: "m" }),
    named(
      variable("x", [4_321, 4_322], { units: "km" }),
      variable("y", [3_210_000, 3_209_000]),
      mapping,
    ),
  );
  if (typeof places === "string") throw new Error(places);
  assertEquals([places.x, places.byCell], [[4_321_000, 4_322_000], false]);
  const [longitude, latitude] = places.transformation.toDegrees(4_321_000, 3_210_000);
  assertAlmostEquals(longitude, 10, 1e-9);
  assertAlmostEquals(latitude, 52, 1e-9);
});

test("placesOf() lays rows that are not evenly apart where they are", async () => {
  const places = await placesOf(
    plane({}, 3),
    named(
      variable("x", [3, 4], { units: "degrees_east" }),
      variable("y", [50, 40, 20], { units: "degrees_north" }),
    ),
  );
  if (typeof places === "string") throw new Error(places);
  assertEquals(places.byCell, true);
  assertEquals(places.transformation.toDegrees(0.5, 1.5), [3.5, 30]);
  assertEquals(places.transformation.fromDegrees(3.5, 30), [0.5, 1.5]);
});

test("placesOf() says what is missing", async () => {
  const x = variable("x", [0, 1]), y = variable("y", [1, 0]);
  assertEquals(await placesOf(plane({}), named(x)), "its x and y have no coordinates");
  assertEquals(await placesOf(plane({}), named(x, y)), "nothing says what its coordinates are");
});
