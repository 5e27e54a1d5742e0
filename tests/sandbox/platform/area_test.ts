import {
  areaOf,
  cellsOf,
  DEFAULT_BOX,
  vegetationIndex,
} from "../../../src/sandbox/platform/area.ts";
import { assert, assertEquals } from "@std/assert";
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

test("areaOf() goes round the back of the world where that is narrower, as every box does", () => {
  const tile = (west: number) => ({
    type: "Polygon",
    coordinates: [[[west, 1], [west + 1, 1], [west + 1, 2], [west, 2], [west, 1]]],
  });
  const aoi = { type: "GeometryCollection", geometries: [tile(179), tile(-180)] };
  assertEquals(areaOf({ aoi }), [179, 1, 181, 2]);
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

test("vegetationIndex() is the same for a place every time, and differs from place to place", () => {
  assertEquals(vegetationIndex(12.5, 41.5), vegetationIndex(12.5, 41.5));
  const values = cellsOf([12, 41, 13, 42], 16).map(({ value }) => value);
  assert(new Set(values).size > 100);
  assert(values.every((value) => value >= -0.2 && value <= 0.95));
});

test("cellsOf() covers the area row by row from the north-west", () => {
  const cells = cellsOf([10, 40, 12, 44], 2);
  assertEquals(cells.map(({ row, column, box }) => [row, column, ...box]), [
    [0, 0, 10, 42, 11, 44],
    [0, 1, 11, 42, 12, 44],
    [1, 0, 10, 40, 11, 42],
    [1, 1, 11, 40, 12, 42],
  ]);
  assertEquals(cells[0]?.value, vegetationIndex(10.5, 43));
});
