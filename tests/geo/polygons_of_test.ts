import { assertEquals, assertStrictEquals } from "@std/assert";
import { polygonsOf } from "../../src/geo/polygons_of.ts";
import type { Geometry, Polygon, Position } from "../../src/models/geojson.ts";
import { test } from "../support/test.ts";

const ring: readonly Position[] = [[4, 51], [5, 51], [5, 52], [4, 51]];
const hole: readonly Position[] = [[4.6, 51.3], [4.7, 51.3], [4.7, 51.4], [4.6, 51.3]];
const holed: Polygon = { type: "Polygon", coordinates: [ring, hole] };
const pair: Geometry = { type: "MultiPolygon", coordinates: [[ring, hole], [ring]] };
const line: Geometry = { type: "LineString", coordinates: ring };

test("polygonsOf() hands back a polygon as it is", () => {
  const [only, ...others] = polygonsOf(holed);
  assertStrictEquals(only, holed);
  assertEquals(others, []);
});

test("polygonsOf() takes one in several pieces apart, and keeps the holes", () => {
  assertEquals(polygonsOf(pair), [holed, { type: "Polygon", coordinates: [ring] }]);
});

test("polygonsOf() looks into collections, however deep", () => {
  const nested: Geometry = {
    type: "GeometryCollection",
    geometries: [line, { type: "GeometryCollection", geometries: [pair, line] }, holed],
  };
  assertEquals(polygonsOf(nested), [...polygonsOf(pair), holed]);
});

test("polygonsOf() finds none in points and lines", () => {
  const geometries: readonly Geometry[] = [
    { type: "Point", coordinates: [4, 51] },
    { type: "MultiPoint", coordinates: ring },
    line,
    { type: "MultiLineString", coordinates: [ring] },
    { type: "GeometryCollection", geometries: [line] },
    { type: "GeometryCollection", geometries: [] },
    { type: "MultiPolygon", coordinates: [] },
  ];
  for (const geometry of geometries) assertEquals(polygonsOf(geometry), []);
});
