import { assertEquals, assertThrows } from "@std/assert";
import { bboxToPolygon } from "../../src/geo/bbox_to_polygon.ts";
import { polygonIssues } from "../../src/models/geojson/polygon_issues.ts";
import { test } from "../support/test.ts";

test("bboxToPolygon() goes counterclockwise from the south-west corner", () => {
  const expected = [[[12, 41], [13, 41], [13, 42], [12, 42], [12, 41]]];
  assertEquals(bboxToPolygon([12, 41, 13, 42]).coordinates, expected);
  assertEquals(
    bboxToPolygon({ west: 12, south: 41, east: 13, north: 42 }).coordinates,
    expected,
  );
});

test("bboxToPolygon() leaves out the heights of six numbers", () => {
  assertEquals(bboxToPolygon([12, 41, -100, 13, 42, 900]), bboxToPolygon([12, 41, 13, 42]));
});

test("bboxToPolygon() goes on beyond 180° where west is greater than east", () => {
  assertEquals(bboxToPolygon([177, -19, -179, -16]).coordinates, [[
    [177, -19],
    [181, -19],
    [181, -16],
    [177, -16],
    [177, -19],
  ]]);
});

test("bboxToPolygon() makes a wide box that the service's grid takes", () => {
  for (const box of [[-170, -10, 170, 10], [-180, -85, 180, 85]] as const) {
    assertEquals(polygonIssues(bboxToPolygon(box)), []);
  }
});

const refused = [
  [[12, 42, 13, 41], "expected south before north, got 42 and 41"],
  [[12, 41, 13, 91], "expected latitudes within ±90°, got 41 and 91"],
  [[600000, 41, 13, 42], "expected longitudes within ±180°, got 600000 and 13"],
  [[-200, 41, 200, 42], "expected at most 360° from west to east, got 400"],
  [[200, 41, -200, 42], "expected at most 360° from east to west, got 400"],
  [[NaN, 41, 13, 42], "expected west, south, east and north as numbers"],
] as const;
for (const [box, problem] of refused) {
  test(`bboxToPolygon() refuses ${box.join(", ")}`, () => {
    assertThrows(
      () => bboxToPolygon(box),
      RangeError,
      `Cannot make a polygon of the box: ${problem}`,
    );
  });
}

test("bboxToPolygon() refuses what is no box at all", () => {
  for (const [given, found] of [[undefined, "nothing"], ["Ghent", 'the string "Ghent"']]) {
    assertThrows(
      () => Reflect.apply(bboxToPolygon, undefined, [given]),
      RangeError,
      `Cannot make a polygon of the box: expected west, south, east and north as numbers, got ${found}`,
    );
  }
});
