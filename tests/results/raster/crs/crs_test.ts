import { assert, assertEquals, assertRejects } from "@std/assert";
import { transformation, transformationOf } from "../../../../src/results/raster/crs/crs.ts";
import { definitionOf } from "../../../../src/results/raster/crs/known.ts";
import { ResultsError } from "../../../../src/results/results_error.ts";
import { test } from "../../../support/test.ts";

test("transformationOf() knows coordinates by their number, there and back", async () => {
  for (
    const epsg of [
      32631,
      32760,
      3857,
      3035,
      3995,
      3031,
      3413,
      4326,
      25832,
      6933,
      2154,
      28992,
      31370,
      5070,
      32661,
    ]
  ) {
    const { toDegrees, fromDegrees, name } = await transformationOf({
      ProjectedCSTypeGeoKey: epsg,
    });
    const [longitude, latitude] = epsg === 5070
      ? [-100, 40]
      : epsg === 3031 || epsg === 32760
      ? [175, -75]
      : [4.5, 52];
    const place = toDegrees(...fromDegrees(longitude ?? 0, latitude ?? 0));
    assert(
      Math.abs(place[0] - (longitude ?? 0)) < 1e-6 && Math.abs(place[1] - (latitude ?? 0)) < 1e-6,
      `${epsg} ${place}`,
    );
    assertEquals(name, `EPSG:${epsg}`);
  }
});

test("transformationOf() reads coordinates that a file describes by itself", async () => {
  const { fromDegrees, name } = await transformationOf({
    ProjectedCSTypeGeoKey: 32_767,
    PCSCitationGeoKey: "My LAEA",
    ProjCoordTransGeoKey: 10,
    ProjCenterLatGeoKey: 52,
    ProjCenterLongGeoKey: 10,
    ProjFalseEastingGeoKey: 4_321_000,
    ProjFalseNorthingGeoKey: 3_210_000,
    GeogSemiMajorAxisGeoKey: 6_378_137,
    GeogInvFlatteningGeoKey: 298.257222101,
  });
  const known = await transformationOf({ ProjectedCSTypeGeoKey: 3035 });
  assertEquals(name, "My LAEA");
  const [a, b] = [fromDegrees(4, 50), known.fromDegrees(4, 50)];
  assert(Math.abs(a[0] - b[0]) < 1e-3 && Math.abs(a[1] - b[1]) < 1e-3, `${a} ${b}`);
});

test("transformationOf() takes coordinates in degrees as they are", async () => {
  const { toDegrees } = await transformationOf({
    GTModelTypeGeoKey: 2,
    GeographicTypeGeoKey: 4258,
  });
  assertEquals(toDegrees(3, 51), [3, 51]);
});

test("transformationOf() names coordinates that nobody knows", async () => {
  const error = await assertRejects(
    () => transformationOf({ ProjectedCSTypeGeoKey: 2263 }),
    ResultsError,
    "EPSG:2263",
  );
  assertEquals(error.reason, "unsupported");
  await assertRejects(
    () => transformationOf({}),
    ResultsError,
    "the file does not say what its coordinates are",
  );
  await assertRejects(
    () => transformationOf({ ProjectedCSTypeGeoKey: 32_767, GTCitationGeoKey: "unknown" }),
    ResultsError,
    "(coordinates of its own)",
  );
});

test("transformationOf() does not take coordinates for degrees because those that they stand on are", async () => {
  // What GDAL writes where GeoTIFF has no words: degrees below, and neither a number nor a method above.
  const keys = { GTModelTypeGeoKey: 32_767, GeographicTypeGeoKey: 4326 };
  await assertRejects(() => transformationOf(keys), ResultsError, "none that are known here");
  const { name } = await transformationOf({
    ...keys,
    PCSCitationGeoKey:
      'ESRI PE String = PROJCS["World",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Mollweide"],PARAMETER["Central_Meridian",0.0],UNIT["Meter",1.0]]',
  });
  assertEquals(name, "World");
});

test("transformation() of what is no place is no number", async () => {
  const { toDegrees } = await transformation(definitionOf(32631) ?? "", "x");
  assert(toDegrees(NaN, 5).every(Number.isNaN));
});
