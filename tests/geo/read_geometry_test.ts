import { assertEquals } from "@std/assert";
import { bboxToPolygon } from "../../src/geo/bbox_to_polygon.ts";
import { readGeometry, readNamedGeometry } from "../../src/geo/read_geometry.ts";
import { test } from "../support/test.ts";

const polygon = bboxToPolygon([12, 41, 13, 42]);
const point = { type: "Point", coordinates: [12, 41] };
const feature = { type: "Feature", geometry: polygon, properties: {} };

const readable: readonly (readonly [string, unknown, unknown])[] = [
  ["four numbers", [12, 41, 13, 42], polygon],
  ["six numbers", [12, 41, 0, 13, 42, 9], polygon],
  ["named edges", { west: 12, south: 41, east: 13, north: 42 }, polygon],
  [
    "named edges with a system",
    { west: 12, south: 41, east: 13, north: 42, crs: "EPSG:4326" },
    polygon,
  ],
  ["a polygon", polygon, polygon],
  ["a point", point, point],
  ["a feature", feature, polygon],
  [
    "a collection of one",
    { type: "FeatureCollection", features: [feature, { type: "Feature" }] },
    polygon,
  ],
  [
    "a collection of several",
    { type: "GeometryCollection", geometries: [polygon, point, null] },
    { type: "GeometryCollection", geometries: [polygon, point] },
  ],
];
for (const [name, value, expected] of readable) {
  test(`readGeometry() reads ${name}`, () => assertEquals(readGeometry(value), expected));
}

const unreadable: readonly (readonly [string, unknown])[] = [
  ["nothing", undefined],
  ["a text", "12,41,13,42"],
  ["three numbers", [12, 41, 13]],
  ["numbers that are no degrees", [600_000, 5_600_000, 610_000, 5_610_000]],
  ["numbers as text", ["12", "41", "13", "42"]],
  ["south beyond north", [12, 42, 13, 41]],
  ["edges in another system", { west: 1, south: 2, east: 3, north: 4, crs: "EPSG:32631" }],
  ["an empty polygon", { type: "Polygon", coordinates: [] }],
  ["a polygon with a hole in its data", {
    type: "Polygon",
    coordinates: [[[0, 0], [1, null], [0, 0]]],
  }],
  ["a position beyond a pole", { type: "Point", coordinates: [0, 91] }],
  ["a feature without a place", { type: "Feature", geometry: null, properties: {} }],
  ["an unknown type", { type: "Circle", coordinates: [0, 0] }],
];
for (const [name, value] of unreadable) {
  test(`readGeometry() finds no place in ${name}`, () =>
    assertEquals(readGeometry(value), undefined));
}

test("readGeometry() comes back from a collection that holds itself", () => {
  const geometries: unknown[] = [];
  const collection = { type: "GeometryCollection", geometries };
  geometries.push(collection);
  assertEquals(readGeometry(collection), undefined);
});

test("readNamedGeometry() takes no bare numbers", () => {
  assertEquals(readNamedGeometry([12, 41, 13, 42]), undefined);
  assertEquals(readNamedGeometry(polygon), polygon);
});
