import { assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { bboxToPolygon } from "../../src/geo/bbox_to_polygon.ts";
import { polygonToBbox } from "../../src/geo/polygon_to_bbox.ts";
import { test } from "../support/test.ts";

test("polygonToBbox() undoes bboxToPolygon(), over the antimeridian too", () => {
  const longitude = fc.integer({ min: -179, max: 179 });
  const latitude = fc.integer({ min: -90, max: 89 });
  fc.assert(fc.property(longitude, latitude, longitude, fc.nat(90), (west, south, east, height) => {
    fc.pre(west !== east);
    const box = [west, south, east, Math.min(90, south + height)] as const;
    assertEquals(polygonToBbox(bboxToPolygon(box)), [...box]);
  }));
});

test("polygonToBbox() knows the whole world", () => {
  assertEquals(polygonToBbox(bboxToPolygon([-180, -90, 180, 90])), [-180, -90, 180, 90]);
});

test("polygonToBbox() takes parts that were cut at the antimeridian together", () => {
  const [a, b] = [bboxToPolygon([177, -19, 180, -16]), bboxToPolygon([-180, -19, -179, -16])];
  const area = { type: "MultiPolygon" as const, coordinates: [a.coordinates, b.coordinates] };
  assertEquals(polygonToBbox(area), [177, -19, -179, -16]);
});

test("polygonToBbox() takes a leap of more than 180° for the shorter way", () => {
  const ring = [[179, 0], [-179, 0], [-179, 1], [179, 1], [179, 0]] as const;
  assertEquals(polygonToBbox({ type: "Polygon", coordinates: [ring] }), [179, 0, -179, 1]);
});

test("polygonToBbox() goes the narrower way round between parts", () => {
  const area = { type: "MultiPoint" as const, coordinates: [[140, 35], [-150, 61]] as const };
  assertEquals(polygonToBbox(area), [140, 35, -150, 61]);
});

test("polygonToBbox() reaches to the pole that a ring runs around", () => {
  const ring = [[0, 80], [90, 81], [180, 80], [-90, 80], [0, 80]] as const;
  assertEquals(polygonToBbox({ type: "Polygon", coordinates: [ring] }), [-180, 80, 180, 90]);
});

test("polygonToBbox() takes features and collections", () => {
  const feature = {
    type: "Feature",
    geometry: bboxToPolygon([1, 2, 3, 4]),
    properties: null,
  } as const;
  const nowhere = { type: "Feature", geometry: null, properties: null } as const;
  assertEquals(polygonToBbox(feature), [1, 2, 3, 4]);
  assertEquals(polygonToBbox({ type: "FeatureCollection", features: [nowhere, feature] }), [
    1,
    2,
    3,
    4,
  ]);
  const geometries = [feature.geometry, { type: "Point", coordinates: [5, 6] } as const];
  assertEquals(polygonToBbox({ type: "GeometryCollection", geometries }), [1, 2, 5, 6]);
});

test("polygonToBbox() refuses what has no positions", () => {
  assertThrows(
    () => polygonToBbox({ type: "Polygon", coordinates: [] }),
    RangeError,
    "Cannot find the bounding box of the Polygon: it has no positions",
  );
});

test("polygonToBbox() names the position that is none in degrees", () => {
  const utm = [[6e5, 5.6e6], [6.1e5, 5.6e6], [6.1e5, 5.61e6], [6e5, 5.6e6]] as const;
  const cases: readonly (readonly [area: unknown, message: string])[] = [
    [
      { type: "Polygon", coordinates: [utm] },
      "of the Polygon: coordinates[0][0]: expected a longitude within ±180° and a latitude within ±90°, got [600000, 5600000]: these may be metres",
    ],
    [
      { type: "Polygon", coordinates: [[1, 2], [3, 2], [3, 4], [1, 2]] },
      "of the Polygon: coordinates[0]: expected a list of positions, got the position [1, 2]: a level of brackets is missing",
    ],
    [
      {
        type: "FeatureCollection",
        features: [{
          type: "Feature",
          geometry: { type: "LineString", coordinates: [[1, 2], [3, "4"]] },
        }],
      },
      'of the FeatureCollection: features[0].geometry.coordinates[1]: expected a position of two numbers, got [3, the string "4"]',
    ],
    [undefined, "of the area: expected a place, got nothing"],
    [
      { type: "Polygon" },
      "of the Polygon: coordinates: expected a list of rings or lines, got nothing",
    ],
  ];
  for (const [area, message] of cases) {
    assertThrows(
      () => Reflect.apply(polygonToBbox, undefined, [area]),
      RangeError,
      `Cannot find the bounding box ${message}`,
    );
  }
});
