import { assertEquals } from "@std/assert";
import { boxPolygon, boxProblem } from "../../src/geo/box.ts";
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
