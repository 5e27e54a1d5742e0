import { assertEquals } from "@std/assert";
import { projectionFor } from "../../../src/map/projection.ts";
import { rasterOf } from "../../../src/map/marks/raster.ts";
import type { Shape } from "../../../src/map/marks/shapes.ts";
import type { View } from "../../../src/map/view.ts";
import { test } from "../../support/test.ts";

/** A view whose plane is its pixels, upside down. */
const view: View = {
  projection: projectionFor({ longitudes: [0, 1], latitudes: [0, 1] }),
  width: 40,
  height: 20,
  scale: 1,
  origin: [0, 20],
};

function area(...rings: readonly (readonly number[])[]): Shape {
  return { rings, lines: [], status: undefined };
}

test("rasterOf() merges what touches and is alike", () => {
  const shapes = [area([0, 20, 4, 20, 4, 16, 0, 16]), area([4, 20, 8, 20, 8, 16, 4, 16])];
  const { cell, paths } = rasterOf(shapes.map((shape) => [shape, "a"]), view, 1_000);
  assertEquals([cell, [...paths]], [2, [["a", "m0 0h4v2h-4z"]]]);
});

test("rasterOf() lets the last shape win, and keeps holes", () => {
  const hole = area([0, 20, 12, 20, 12, 14, 0, 14], [4, 18, 8, 18, 8, 16, 4, 16]);
  const { paths } = rasterOf(
    [[hole, "a"], [area([8, 20, 12, 20, 12, 14, 8, 14]), "b"]],
    view,
    1_000,
  );
  assertEquals([...paths], [["a", "m0 0h4v1h-4zm0 1h2v2h-2zm2 1h2v1h-2z"], ["b", "m4 0h2v3h-2z"]]);
});

test("rasterOf() loses nothing, however small, and draws lines", () => {
  const dot = area([5.1, 9.1, 5.2, 9.1, 5.2, 9.2, 5.1, 9.2]);
  assertEquals([...rasterOf([[dot, "a"]], view, 1_000).paths], [["a", "m2 5h1v1h-1z"]]);
  const line: Shape = { rings: [], lines: [[1, 19, 9, 19]], status: undefined };
  assertEquals([...rasterOf([[line, "a"]], view, 1_000).paths], [["a", "m0 0h5v1h-5z"]]);
});

test("rasterOf() takes larger cells until there is room", () => {
  const shapes = Array.from({ length: 200 }, (_, index) => {
    const [x, y] = [index % 20 * 2, Math.floor(index / 20) * 2];
    return [area([x, y, x + 2, y, x + 2, y + 2, x, y + 2]), (x + y) % 4 === 0 ? "a" : "b"] as const;
  });
  assertEquals([5_000, 2_000, 0].map((room) => rasterOf(shapes, view, room).cell), [2, 3, 4]);
});
