import { assertEquals } from "@std/assert";
import { bboxToPolygon } from "../../src/geo/bbox_to_polygon.ts";
import { extentOf, poleWithin } from "../../src/geo/extent_of.ts";
import { test } from "../support/test.ts";

test("extentOf() takes geometries of every kind together", () => {
  assertEquals(
    extentOf([
      bboxToPolygon([12, 41, 13, 42]),
      { type: "MultiLineString", coordinates: [[[14, 40], [15, 43]]] },
      { type: "GeometryCollection", geometries: [{ type: "Point", coordinates: [10, 39] }] },
    ]),
    { longitudes: [10, 15], latitudes: [39, 43] },
  );
});

test("extentOf() of nothing is nothing", () => {
  assertEquals(extentOf([]), undefined);
  assertEquals(extentOf([{ type: "MultiPoint", coordinates: [] }]), undefined);
});

test("poleWithin() tells the pole that a ring runs around", () => {
  const ring = (latitude: number) =>
    [0, 120, -120, 0].map((longitude): [number, number] => [longitude, latitude]);
  assertEquals([poleWithin(ring(80)), poleWithin(ring(-60))], [90, -90]);
  assertEquals(poleWithin(bboxToPolygon([0, 0, 1, 1]).coordinates[0] ?? []), undefined);
});
