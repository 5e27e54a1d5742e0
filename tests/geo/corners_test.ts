import { assertEquals } from "@std/assert";
import { cornersOf } from "../../src/geo/corners.ts";
import { bboxToPolygon } from "../../src/geo/bbox_to_polygon.ts";
import { test } from "../support/test.ts";

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
