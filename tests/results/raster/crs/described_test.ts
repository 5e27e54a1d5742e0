import { assertEquals } from "@std/assert";
import { describedBy, numberIn } from "../../../../src/results/raster/crs/described.ts";
import { test } from "../../../support/test.ts";

const ball = { GeogSemiMajorAxisGeoKey: 6_371_007.181, GeogSemiMinorAxisGeoKey: 6_371_007.181 };

test("describedBy() puts the keys of a file into proj's words", () => {
  assertEquals(
    describedBy({ ...ball, ProjCoordTransGeoKey: 24, ProjCenterLongGeoKey: 0 }),
    "+proj=sinu +lon_0=0 +x_0=0 +y_0=0 +a=6371007.181 +b=6371007.181",
  );
  assertEquals(
    describedBy({
      ProjCoordTransGeoKey: 15,
      ProjNatOriginLatGeoKey: -71,
      ProjStraightVertPoleLongGeoKey: 10,
    }),
    "+proj=stere +lat_0=-90 +lat_ts=-71 +lon_0=10 +x_0=0 +y_0=0 +datum=WGS84",
  );
});

test("describedBy() takes lengths in the file's own unit", () => {
  const words = describedBy({
    ProjCoordTransGeoKey: 1,
    ProjLinearUnitsGeoKey: 9003,
    ProjFalseEastingGeoKey: 3937,
  });
  assertEquals(
    words,
    "+proj=tmerc +x_0=1200 +y_0=0 +to_meter=0.3048006096012192 +datum=WGS84",
  );
});

test("describedBy() takes what GDAL writes as text, an oblique Mercator that is Switzerland's, and nothing else", () => {
  const wkt = 'PROJCS["a",PROJECTION["Mollweide"]]';
  assertEquals(describedBy({ PCSCitationGeoKey: `ESRI PE String = ${wkt}` }), wkt);
  assertEquals(describedBy({ PCSCitationGeoKey: "a name" }), undefined);
  assertEquals(
    describedBy({ ProjCoordTransGeoKey: 9_815, ProjAzimuthAngleGeoKey: 90 })?.split(" ")[0],
    "+proj=somerc",
  );
  assertEquals(describedBy({ ProjCoordTransGeoKey: 9_815, ProjAzimuthAngleGeoKey: 30 }), undefined);
  assertEquals(describedBy({}), undefined);
});

test("numberIn() is the first of several keys that is a number", () => {
  assertEquals(numberIn({ a: "1", b: NaN, c: 2, d: 3 }, "a", "b", "c", "d"), 2);
  assertEquals(numberIn({}, "a"), undefined);
});
