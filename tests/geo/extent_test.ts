import { assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { bboxToPolygon } from "../../src/geo/box.ts";
import {
  cornersOf,
  extentOf,
  nearLongitude,
  poleWithin,
  polygonToBbox,
  spanRanges,
  unrollLongitudes,
  wrapLongitude,
} from "../../src/geo/extent.ts";
import { test } from "../support/test.ts";

test("wrapLongitude() keeps what is in range to the last digit", () => {
  assertEquals([-180, 12.3456789, 180, 181.5, -181, 540].map(wrapLongitude), [
    -180,
    12.3456789,
    -180,
    -178.5,
    179,
    -180,
  ]);
});

test("nearLongitude() finds the same meridian on the near side", () => {
  assertEquals([nearLongitude(-179, 178), nearLongitude(179, -178), nearLongitude(10, 20)], [
    181,
    -181,
    10,
  ]);
});

test("unrollLongitudes() runs on over the antimeridian, either way and more than once", () => {
  const line = (...longitudes: number[]) =>
    longitudes.map((longitude): [number, number] => [longitude, 0]);
  assertEquals(unrollLongitudes(line(170, -170, 170)), [170, 190, 170]);
  assertEquals(unrollLongitudes(line(0, 120, -120, 0, 120)), [0, 120, 240, 360, 480]);
  assertEquals(unrollLongitudes(line(-180, 180, -180)), [-180, 180, -180]);
});

test("spanRanges() finds the widest gap, wherever it lies", () => {
  assertEquals(spanRanges([]), undefined);
  assertEquals(spanRanges([[10, 20], [15, 40], [-5, 0]]), [-5, 40]);
  assertEquals(spanRanges([[170, 175], [-175, -170]]), [170, 190]);
  assertEquals(spanRanges([[175, 182]]), [175, 182]);
  assertEquals(spanRanges([[-180, 180]]), [-180, 180]);
  assertEquals(spanRanges([[0, 400]]), [-180, 180]);
  assertEquals(spanRanges([[180, 180], [-180, -179]]), [180, 181]);
});

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

const tile = bboxToPolygon([3.379663056824921, 51.01317, 3.559326113649843, 51.12601]);

test("cornersOf() tells the kind and the corners of GeoJSON", () => {
  const feature = { type: "Feature", geometry: tile, properties: { name: "a" } };
  const cases: [object, string][] = [
    [tile, "Polygon 3.38, 51.01 to 3.56, 51.13"],
    [
      { type: "MultiPolygon", coordinates: [tile.coordinates] },
      "MultiPolygon 3.38, 51.01 to 3.56, 51.13",
    ],
    [feature, "Feature 3.38, 51.01 to 3.56, 51.13"],
    [
      { type: "FeatureCollection", features: [feature, { ...feature, geometry: null }] },
      "FeatureCollection 3.38, 51.01 to 3.56, 51.13",
    ],
    [
      { type: "GeometryCollection", geometries: [tile] },
      "GeometryCollection 3.38, 51.01 to 3.56, 51.13",
    ],
    [{ type: "LineString", coordinates: [[1, 2], [3, 4]] }, "LineString 1, 2 to 3, 4"],
    [{ type: "Point", coordinates: [3.3796630568, 51.5] }, "Point 3.37966, 51.5"],
  ];
  for (const [value, text] of cases) assertEquals(cornersOf(value), text);
});

test("cornersOf() takes as many digits as tell neighbours apart", () => {
  const box = (west: number, size: number) =>
    cornersOf(bboxToPolygon([west, 51, west + size, 51 + size]));
  assertEquals(box(3.123456, 2), "Polygon 3.1, 51 to 5.1, 53");
  assertEquals(box(3.123456, 0.5), "Polygon 3.12, 51 to 3.62, 51.5");
  assertEquals(box(3.123456, 0.0012), "Polygon 3.1235, 51 to 3.1247, 51.0012");
  assertEquals(box(3.123456, 0.00002), "Polygon 3.12346, 51 to 3.12348, 51.00002");
  assertEquals(cornersOf(bboxToPolygon([-180, -85, 180, 85])), "Polygon -180, -85 to 180, 85");
  for (const size of [1, 0.1, 0.01, 0.001]) {
    const texts = Array.from({ length: 50 }, (_, at) => box(3.1234567 + at * size, size));
    assertEquals(new Set(texts).size, 50, `tiles of ${size} degrees`);
  }
});

test("cornersOf() goes from west to east over the antimeridian", () => {
  assertEquals(cornersOf(bboxToPolygon([177, -19, -179, -16])), "Polygon 177, -19 to -179, -16");
});

test("cornersOf() knows nothing of what is not GeoJSON in degrees", () => {
  const others = [
    {},
    [],
    { type: "Circle", coordinates: [1, 2] },
    { type: 5, coordinates: [1, 2] },
    { type: "Polygon" },
    { type: "Polygon", coordinates: [] },
    { type: "Polygon", coordinates: "x" },
    { type: "Point", coordinates: [500_000, 5_600_000] },
    { type: "Feature", geometry: null },
    { type: "FeatureCollection", features: [] },
    { west: 1, south: 2, east: 3, north: 4 },
  ];
  for (const value of others) assertEquals(cornersOf(value), undefined);
});
