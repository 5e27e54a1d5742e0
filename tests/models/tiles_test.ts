import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import type { Position, Position2D } from "../../src/models/geojson/geojson.ts";
import { formatPath } from "../../src/models/schema/issue.ts";
import { GridTypeEnum, MAX_LATITUDE, polygonIssues, TileRequest } from "../../src/models/tiles.ts";
import { test } from "../support/test.ts";
import { problems } from "./support/problems.ts";
import { WIRE } from "./support/values.ts";

function found(...coordinates: Position[][]): string[] {
  return polygonIssues({ type: "Polygon", coordinates })
    .map(({ path, message }) => `${formatPath(path)}: ${message}`);
}

function box(west: number, south: number, east: number, north: number): Position2D[] {
  return [[west, south], [east, south], [east, north], [west, north], [west, south]];
}

function circle(count: number): Position2D[] {
  const ring = Array.from({ length: count }, (_, index): Position2D => {
    const angle = 2 * Math.PI * index / count;
    return [10 + Math.cos(angle), 50 + Math.sin(angle)];
  });
  return [...ring, ...ring.slice(0, 1)];
}

const GOOD: readonly (readonly [kind: string, coordinates: Position[][]])[] = [
  ["a box", [box(12, 41, 13, 42)]],
  ["a clockwise ring", [box(12, 41, 13, 42).reverse()]],
  ["a hole", [box(0, 0, 10, 10), box(2, 2, 4, 4)]],
  ["two holes", [box(0, 0, 10, 10), box(2, 2, 4, 4), box(5, 5, 6, 6)]],
  ["a hole that touches the shell", [box(0, 0, 10, 10), [[0, 5], [2, 4], [2, 6], [0, 5]]]],
  ["three dimensions", [[[0, 0, 5], [1, 0, 6], [1, 1, 7], [0, 0, 5]]]],
  ["two and three dimensions", [[[0, 0], [1, 0, 6], [1, 1, 7], [0, 0]]]],
  ["the edge of the grid", [box(-180, -MAX_LATITUDE, -100, MAX_LATITUDE)]],
  ["half the world", [box(-180, -10, 0, 10)]],
  ["a position given twice", [[[0, 0], [1, 0], [1, 0], [1, 1], [0, 0]]]],
  ["a position on an edge of the same ring", [[[0, 0], [2, 0], [2, 2], [1, 0], [0, 2], [0, 0]]]],
  ["a concave ring", [[[0, 0], [4, 0], [4, 4], [2, 1], [0, 4], [0, 0]]]],
  ["an area of nothing", [[[0, 0], [1, 0], [2, 0], [0, 0]]]],
];

for (const [kind, coordinates] of GOOD) {
  test(`polygonIssues() takes ${kind}`, () => assertEquals(found(...coordinates), []));
}

const BAD: readonly (readonly [kind: string, coordinates: Position[][], issues: string[]])[] = [
  ["no ring", [], ["coordinates: expected at least one ring, got none"]],
  ["an empty ring", [[]], [
    "coordinates[0]: expected at least 4 positions, the last like the first, got 0",
  ]],
  ["too short a hole", [box(0, 0, 9, 9), [[1, 1], [2, 2], [1, 1]]], [
    "coordinates[1]: expected at least 4 positions, the last like the first, got 3",
  ]],
  ["an open ring", [[[0, 0], [1, 0], [1, 1], [0, 1]]], [
    "coordinates[0]: expected a closed ring, its last position like its first, got [0, 0] and [0, 1]",
  ]],
  ["a ring that ends at another height", [[[0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 0, 2]]], [
    "coordinates[0]: expected a closed ring, its last position like its first, got [0, 0, 1] and [0, 0, 2]",
  ]],
  ["a ring that ends without a height", [[[0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 0]]], [
    "coordinates[0]: expected a closed ring, its last position like its first, got [0, 0, 1] and [0, 0]",
  ]],
  ["the pole", [[[0, 80], [10, 80], [5, 90], [0, 80]]], [
    "coordinates[0][2]: expected a latitude within ±85.06°, where the tiling grid (EPSG:3857) ends, got 90: clip the area there",
  ]],
  ["a latitude just beyond the grid", [[[0, 80], [10, 80], [5, -85.061], [0, 80]]], [
    "coordinates[0][2]: expected a latitude within ±85.06°, where the tiling grid (EPSG:3857) ends, got -85.061: clip the area there",
  ]],
  ["a longitude beyond 180", [[[170, 0], [180.5, 0], [180.5, 1], [170, 0]]], [
    "coordinates[0][1]: expected a longitude within ±180°, got 180.5: split an area that crosses the antimeridian in two",
    "coordinates[0][2]: expected a longitude within ±180°, got 180.5: split an area that crosses the antimeridian in two",
  ]],
  ["a jump over the antimeridian", [[[179, 0], [-179, 0], [-179, 1], [179, 0]]], [
    "coordinates[0][1]: expected less than 180° between two positions, got 179 and -179, which crosses the antimeridian (±180°): split the area there in two",
    "coordinates[0][3]: expected less than 180° between two positions, got -179 and 179, which crosses the antimeridian (±180°): split the area there in two",
  ]],
  ["a ring that crosses itself", [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]], [
    "coordinates[0]: expected rings that do not cross, got a segment from [2, 0] to [0, 2] that crosses the one from [0, 0] to [2, 2]",
  ]],
  ["a hole that crosses the shell", [box(0, 0, 10, 10), box(8, 4, 12, 6)], [
    "coordinates[1]: expected rings that do not cross, got a segment from [8, 4] to [12, 4] that crosses the one from [10, 0] to [10, 10]",
  ]],
  ["holes that cross", [box(0, 0, 10, 10), box(2, 2, 5, 5), box(4, 4, 7, 7)], [
    "coordinates[2]: expected rings that do not cross, got a segment from [4, 7] to [4, 4] that crosses the one from [5, 5] to [2, 5]",
  ]],
];

for (const [kind, coordinates, issues] of BAD) {
  test(`polygonIssues() refuses ${kind}`, () => {
    const lines = found(...coordinates);
    assertEquals(lines, issues);
    assert(lines.length > 0);
  });
}

test("polygonIssues() finds a crossing wherever the ring begins and whichever way it runs", () => {
  const bow: Position2D[] = [[0, 0], [4, 4], [8, 4], [8, 0], [4, 0], [0, 4]];
  for (let shift = 0; shift < bow.length; shift++) {
    const turned = [...bow.slice(shift), ...bow.slice(0, shift)];
    const ring = [...turned, ...turned.slice(0, 1)];
    assertEquals(found(ring).length, 1);
    assertEquals(found(ring.toReversed()).length, 1);
    assertEquals(found(ring.map(([x, y]): Position2D => [y, x])).length, 1);
  }
});

test("polygonIssues() agrees with a search through all pairs of segments", () => {
  const position = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
  let crossing = 0;
  fc.assert(
    fc.property(fc.array(position, { minLength: 3, maxLength: 7 }), (open) => {
      const ring = [...open, ...open.slice(0, 1)];
      const expected = crossesAnywhere(ring);
      if (expected) crossing++;
      assertEquals(found(ring).length, expected ? 1 : 0);
    }),
    { numRuns: 1000 },
  );
  assert(crossing > 50 && crossing < 950);
});

function crossesAnywhere(ring: readonly Position2D[]): boolean {
  const segments = ring.slice(1).map((to, index) => [ring[index] ?? to, to] as const);
  return segments.some(([a, b]) =>
    segments.some(([c, d]) =>
      turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0
    )
  );
}

function turn(a: Position2D, b: Position2D, c: Position2D): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

test("polygonIssues() looks at 10,000 positions", () => {
  const ring = circle(10_000);
  assertEquals(found(ring), []);
  const swapped = ring.with(5000, [10.9, 50.9]);
  assertEquals(found(swapped).length, 1);
});

test("polygonIssues() leaves a ring as it was", () => {
  const ring = box(12, 41, 13, 42);
  const before = JSON.stringify(ring);
  found(ring);
  assertEquals(JSON.stringify(ring), before);
});

const request = Object(WIRE.TileRequest);
const wrong = (aoi: unknown) => problems(TileRequest, { ...request, aoi });

test("TileRequest.parse() hands the request back as it is", () => {
  assertStrictEquals(TileRequest.parse(request), request);
});

test("TileRequest.parse() names every problem of the area by its place", () => {
  assertEquals(
    wrong({ type: "Polygon", coordinates: [[[12, 41], [13, 89], [190, 41], [12, 42]]] }),
    [
      "aoi.coordinates[0]: expected a closed ring, its last position like its first, got [12, 41] and [12, 42]",
      "aoi.coordinates[0][1]: expected a latitude within ±85.06°, where the tiling grid (EPSG:3857) ends, got 89: clip the area there",
      "aoi.coordinates[0][2]: expected a longitude within ±180°, got 190: split an area that crosses the antimeridian in two",
    ],
  );
});

test("TileRequest.parse() refuses what is no polygon", () => {
  assertEquals(wrong({ type: "Feature", geometry: request.aoi }), [
    'aoi.type: expected "Polygon", got the string "Feature"',
    "aoi.coordinates: expected an array, got nothing",
  ]);
  assertEquals(wrong({ type: "MultiPolygon", coordinates: [request.aoi.coordinates] }), [
    'aoi.type: expected "Polygon", got the string "MultiPolygon"',
    "aoi.coordinates[0][0]: expected 2 or 3 items, got an array of 5",
  ]);
  assertEquals(wrong([12, 41, 13, 42]), ["aoi: expected an object, got an array of 4"]);
  assertEquals(wrong({ type: "Polygon", coordinates: [[12, 41], [13, 41]] }), [
    "aoi.coordinates[0][0]: expected an array, got the number 12",
    "aoi.coordinates[0][1]: expected an array, got the number 41",
    "aoi.coordinates[1][0]: expected an array, got the number 13",
    "aoi.coordinates[1][1]: expected an array, got the number 41",
  ]);
});

test("TileRequest.parse() refuses an unknown grid", () => {
  assertEquals(problems(TileRequest, { ...request, grid: "20km" }), [
    'grid: expected one of "20x20km", "250x250km", got the string "20km"; did you mean "20x20km"?',
  ]);
  assertEquals(Object.values(GridTypeEnum), ["20x20km", "250x250km"]);
});
