import { assertEquals, assertThrows } from "@std/assert";
import {
  bboxToPolygon,
  boundsOf,
  boxPolygon,
  boxProblem,
  countsInDegrees,
  rangeOf,
  readBox,
} from "../../src/geo/box.ts";
import { polygonIssues } from "../../src/models/tiles.ts";
import { test } from "../support/test.ts";

test("boxProblem() guesses what numbers are that are no degrees", () => {
  const problem = (west: number, south: number, east: number, north: number) =>
    boxProblem({ west, south, east, north });
  assertEquals(problem(12, 41, 13, 42), undefined);
  assertEquals(
    problem(5e5, 5.6e6, 6e5, 5.7e6)?.includes("metres of a projected system such as UTM"),
    true,
  );
  assertEquals(
    problem(41, 112, 42, 113),
    "expected latitudes within ±90°, got 112 and 113: latitude and longitude may be swapped",
  );
});

test("boxPolygon() puts positions in the middle of edges that are longer than 180°", () => {
  const [ring = []] = boxPolygon({ west: -170, south: 0, east: 170, north: 1 }).coordinates;
  assertEquals(ring.map(([longitude]) => longitude), [-170, 0, 170, 170, 0, -170, -170]);
});

test("rangeOf() takes the least and the greatest, in whatever order they come", () => {
  assertEquals(rangeOf([3, -2, 5, 0]), [-2, 5]);
  assertEquals(rangeOf([7]), [7, 7]);
  assertEquals(rangeOf([]), [Infinity, -Infinity]);
  assertEquals(rangeOf(Array.from({ length: 300_000 }, (_, index) => index)), [0, 299_999]);
});

test("boundsOf() takes the box around points, and no third number of them", () => {
  assertEquals(boundsOf([[3, -2], [-1, 5, 99], [0, 0]]), [-1, -2, 3, 5]);
  assertEquals(boundsOf([[7, 8]]), [7, 8, 7, 8]);
  assertEquals(boundsOf([]), [Infinity, Infinity, -Infinity, -Infinity]);
});

test("readBox() makes nothing of what is no attempt at a box", () => {
  for (
    const value of [undefined, null, 5, "", "a,b,c,d", [1, 2], ["1", "2", "3", "4"], {}, { a: 1 }]
  ) {
    assertEquals(readBox(value), undefined);
  }
});

test("readBox() says what is wrong with a box that lacks an edge", () => {
  assertEquals(readBox({ west: 1, south: 2 }), {
    ok: false,
    problem: { path: [], message: "expected west, south, east and north as numbers" },
  });
  assertEquals(readBox({ spatial: { bbox: [[1, 9, 3, 4]] } }), {
    ok: false,
    problem: { path: ["spatial", "bbox"], message: "expected south before north, got 9 and 4" },
  });
});

test("countsInDegrees() knows the names of longitude and latitude", () => {
  const degrees = [undefined, null, 4326, "EPSG:4326", "epsg:4326", "WGS84", "WGS 84", "OGC:CRS84"];
  assertEquals(degrees.map(countsInDegrees), degrees.map(() => true));
  const others = [3857, 32631, "EPSG:3035", "EPSG:14326", "", {}, "UTM"];
  assertEquals(others.map(countsInDegrees), others.map(() => false));
});

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
