import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import * as fc from "fast-check";
import { bboxToPolygon } from "../../src/geo/box.ts";
import { splitAtAntimeridian } from "../../src/geo/split_at_antimeridian.ts";
import type { Polygon, Position } from "../../src/models/geojson/geojson.ts";
import { polygonIssues } from "../../src/models/tiles.ts";
import { test } from "../support/test.ts";

function areaOf(polygon: Polygon): number {
  let sum = 0;
  for (const ring of polygon.coordinates) {
    for (let index = 1; index < ring.length; index++) {
      const [a = [0, 0], b = [0, 0]] = [ring[index - 1], ring[index]];
      sum += a[0] * b[1] - b[0] * a[1];
    }
  }
  return sum / 2;
}

test("splitAtAntimeridian() hands back what does not run over it", () => {
  for (const box of [[12, 41, 13, 42], [-180, -80, 180, 80], [-180, 0, -179, 1]] as const) {
    const polygon = bboxToPolygon(box);
    const [part] = splitAtAntimeridian(polygon);
    assertStrictEquals(part, polygon);
  }
});

test("splitAtAntimeridian() hands back what runs around a pole", () => {
  const ring: Position[] = [[0, 80], [90, 80], [180, 80], [-90, 80], [0, 80]];
  const polygon: Polygon = { type: "Polygon", coordinates: [ring] };
  assertEquals(splitAtAntimeridian(polygon), [polygon]);
});

test("splitAtAntimeridian() cuts a box in two that the service's grid takes", () => {
  fc.assert(fc.property(
    fc.double({ min: 90.5, max: 179.9, noNaN: true }),
    fc.double({ min: -179.9, max: -90.5, noNaN: true }),
    fc.double({ min: -80, max: 79, noNaN: true }),
    (west, east, south) => {
      const whole = bboxToPolygon([west, south, east, south + 1]);
      const parts = splitAtAntimeridian(whole);
      assertEquals(parts.length, 2);
      for (const part of parts) assertEquals(polygonIssues(part), []);
      const sum = parts.reduce((sum, part) => sum + areaOf(part), 0);
      assert(Math.abs(sum - areaOf(whole)) < 1e-6);
    },
  ));
});

test("splitAtAntimeridian() takes rings that leap from 179 to -179 too", () => {
  const ring: Position[] = [[179, 0], [-179, 0], [-179, 1], [179, 1], [179, 0]];
  const parts = splitAtAntimeridian({ type: "Polygon", coordinates: [ring] });
  assertEquals(parts.map(areaOf), [1, 1]);
});

test("splitAtAntimeridian() keeps bays and holes apart on either side", () => {
  const box = (west: number, south: number, east: number, north: number): Position[] => [
    [west, south],
    [west, north],
    [east, north],
    [east, south],
    [west, south],
  ];
  const polygon: Polygon = {
    type: "Polygon",
    coordinates: [
      // Open to the east: a bay that crosses the antimeridian.
      [[179, 0], [182, 0], [182, 1], [179.5, 1], [179.5, 2], [182, 2], [182, 3], [179, 3], [
        179,
        0,
      ]],
      box(179.1, 0.2, 179.3, 0.4),
      box(179.8, 0.2, 180.2, 0.8),
    ],
  };
  const parts = splitAtAntimeridian(polygon);
  assertEquals(parts.map(({ coordinates }) => coordinates.length), [2, 1, 1]);
  for (const part of parts) assertEquals(polygonIssues(part), []);
  const sum = parts.reduce((sum, part) => sum + areaOf(part), 0);
  assert(Math.abs(sum - areaOf(polygon)) < 1e-9);
});

test("splitAtAntimeridian() leaves each hole in the part that it lies in", () => {
  const hole = (south: number): Position[] => [
    [180.2, south],
    [180.2, south + 0.2],
    [180.8, south + 0.2],
    [180.8, south],
    [180.2, south],
  ];
  // Two arms reach over the antimeridian, each with a hole on the other side.
  const arms: Position[] = [
    [179, 0],
    [182, 0],
    [182, 1],
    [179.5, 1],
    [179.5, 2],
    [182, 2],
    [182, 3],
    [179, 3],
    [179, 0],
  ];
  const parts = splitAtAntimeridian({ type: "Polygon", coordinates: [arms, hole(0.4), hole(2.4)] });
  const heights = parts.map(({ coordinates }) =>
    coordinates.map((ring) => ring.map(([, latitude]) => latitude)).map((all) => [
      Math.min(...all),
      Math.max(...all),
    ])
  ).sort(([, a = [-1]], [, b = [-1]]) => (a[0] ?? 0) - (b[0] ?? 0));
  const rounded = heights.map((rings) =>
    rings.map((ring) => ring.map((y) => Number(y.toFixed(9))))
  );
  assertEquals(rounded, [[[0, 3]], [[0, 1], [0.4, 0.6]], [[2, 3], [2.4, 2.6]]]);
});

test("splitAtAntimeridian() finds the height where it cuts", () => {
  const ring: Position[] = [[179, 0, 0], [181, 0, 100], [181, 1, 100], [179, 1, 0], [179, 0, 0]];
  const [part] = splitAtAntimeridian({ type: "Polygon", coordinates: [ring] });
  assertEquals(part?.coordinates[0]?.filter(([longitude]) => longitude === 180), [
    [180, 1, 50],
    [180, 0, 50],
    [180, 1, 50],
  ]);
});
