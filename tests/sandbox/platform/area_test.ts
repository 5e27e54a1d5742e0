import { assertEquals } from "@std/assert";
import { areaOf, DEFAULT_BOX } from "../../../src/sandbox/platform/area.ts";
import { test } from "../../support/test.ts";

const POLYGON = { type: "Polygon", coordinates: [[[5, 1], [7, 1], [7, 2], [5, 2], [5, 1]]] };

test("areaOf() finds an area in any of its forms", () => {
  assertEquals(areaOf({ bbox: [1, 2, 3, 4] }), [1, 2, 3, 4]);
  assertEquals(areaOf({ where: { west: 1, south: 2, east: 3, north: 4, crs: 4326 } }), [
    1,
    2,
    3,
    4,
  ]);
  assertEquals(areaOf({ aoi: POLYGON }), [5, 1, 7, 2]);
  assertEquals(areaOf({ aoi: { type: "Feature", geometry: POLYGON } }), [5, 1, 7, 2]);
  const features = [{ type: "Feature", geometry: POLYGON }, {
    type: "Feature",
    geometry: { type: "Point", coordinates: [9, 0] },
  }];
  assertEquals(areaOf({ aoi: { type: "FeatureCollection", features } }), [5, 0, 9, 2]);
});

test("areaOf() prefers parameters with a usual name", () => {
  assertEquals(areaOf({ window: [1, 1, 2, 2], bbox: [3, 3, 4, 4] }), [3, 3, 4, 4]);
});

test("areaOf() passes over what is no area", () => {
  const odd = [
    { bbox: [1, 2, 3] },
    { bbox: [3, 2, 1, 4] },
    { bbox: ["1", "2", "3", "4"] },
    { bbox: [0, -91, 1, 0] },
    { aoi: { type: "FeatureCollection", features: [] } },
    { aoi: null, bands: ["B04"], resolution: 10 },
    {},
  ];
  for (const parameters of odd) assertEquals(areaOf(parameters), DEFAULT_BOX);
});
