import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { ArrayVariable } from "../../../src/results/cube/array_variable.ts";
import { mappingOf, placesOf } from "../../../src/results/cube/places.ts";
import { transformation } from "../../../src/results/raster/crs/crs.ts";
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

test("mappingOf() puts a grid mapping into proj's words, which lead where the number of the same does", async () => {
  const words = mappingOf({
    attributes: {
      grid_mapping_name: "transverse_mercator",
      longitude_of_central_meridian: 3,
      latitude_of_projection_origin: [0],
      scale_factor_at_central_meridian: 0.9996,
      false_easting: 500_000,
      false_northing: 0,
      semi_major_axis: 6_378_137,
      inverse_flattening: 298.257223563,
    },
  }) ?? "";
  const [lon, lat] = (await transformation(words, "a")).toDegrees(500_000, 5_680_000);
  const utm = await transformation("+proj=utm +zone=31 +datum=WGS84 +units=m", "b");
  const [longitude, latitude] = utm.toDegrees(500_000, 5_680_000);
  assertEquals([lon.toFixed(7), lat.toFixed(7)], [longitude.toFixed(7), latitude.toFixed(7)]);
});

test("mappingOf() knows two parallels, the latitude of true scale, and balls", () => {
  assertEquals(
    mappingOf({
      attributes: {
        grid_mapping_name: "lambert_conformal_conic",
        standard_parallel: Float64Array.of(30, 50),
        latitude_of_projection_origin: 40,
        longitude_of_central_meridian: 20,
      },
    }),
    "+proj=lcc +lat_0=40 +lon_0=20 +lat_1=30 +lat_2=50 +x_0=0 +y_0=0 +datum=WGS84 +units=m",
  );
  assertEquals(
    mappingOf({
      attributes: {
        grid_mapping_name: "polar_stereographic",
        latitude_of_projection_origin: 90,
        straight_vertical_longitude_from_pole: -45,
        standard_parallel: 70,
        earth_radius: 6_371_000,
      },
    }),
    "+proj=stere +lat_0=90 +lon_0=-45 +lat_ts=70 +x_0=0 +y_0=0 +a=6371000 +b=6371000 +units=m",
  );
});

test("mappingOf() takes degrees as they are, and has nothing to say of what is none", () => {
  assertEquals(
    mappingOf({ attributes: { grid_mapping_name: "latitude_longitude" } }),
    "+proj=longlat +datum=WGS84",
  );
  assertEquals(mappingOf({ attributes: { grid_mapping_name: "peirce_quincuncial" } }), undefined);
  assertEquals(mappingOf({ attributes: {} }), undefined);
});
