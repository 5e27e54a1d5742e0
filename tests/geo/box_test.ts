import { assertEquals } from "@std/assert";
import { boundsOf, boxPolygon, boxProblem, rangeOf } from "../../src/geo/box.ts";
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
