import { assertEquals, assertStrictEquals } from "@std/assert";
import { partsOf, polygonsOf, walkLines } from "../../src/geo/walk.ts";
import type { Geometry, Polygon, Position } from "../../src/models/geojson/geojson.ts";
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

test("walkLines() visits every line of everything, in order", () => {
  const seen: unknown[] = [];
  const point = { type: "Point", coordinates: [4, 51] } as const;
  const feature = { type: "Feature", geometry: pair, properties: null } as const;
  walkLines({
    type: "FeatureCollection",
    features: [feature, { ...feature, geometry: null }, {
      ...feature,
      geometry: {
        type: "GeometryCollection",
        geometries: [point, { type: "MultiPoint", coordinates: [[1, 2], [3, 4]] }, line, {
          type: "MultiLineString",
          coordinates: [ring, hole],
        }],
      },
    }],
  }, (positions, kind) => seen.push([kind, positions]));
  assertEquals(seen, [
    ["ring", ring],
    ["ring", hole],
    ["ring", ring],
    ["point", [[4, 51]]],
    ["point", [[1, 2]]],
    ["point", [[3, 4]]],
    ["line", ring],
    ["line", ring],
    ["line", hole],
  ]);
});

test("partsOf() says where each part was", () => {
  const value = {
    type: "FeatureCollection",
    features: [{ type: "Feature", geometry: null }, {
      type: "Feature",
      geometry: { type: "GeometryCollection", geometries: [holed, 5] },
    }, line],
  };
  assertEquals(partsOf({ path: ["aoi"], value }), [
    { path: ["aoi", "features", 0, "geometry"], value: null },
    { path: ["aoi", "features", 1, "geometry", "geometries", 0], value: holed },
    { path: ["aoi", "features", 1, "geometry", "geometries", 1], value: 5 },
    { path: ["aoi", "features", 2], value: line },
  ]);
});
