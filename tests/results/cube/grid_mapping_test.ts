import { assertEquals } from "@std/assert";
import { mappingOf } from "../../../src/results/cube/grid_mapping.ts";
import { transformation } from "../../../src/results/raster/crs/crs.ts";
import { test } from "../../support/test.ts";

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
