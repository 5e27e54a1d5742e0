import { assert, assertEquals } from "@std/assert";
import { projectionFor } from "../../src/map/projection.ts";
import { metresPerPixel, toPixels, toPlace, viewOf } from "../../src/map/view.ts";
import { test } from "../support/test.ts";

function viewOver(west: number, south: number, east: number, north: number, amount = 12) {
  const projection = projectionFor({ longitudes: [west, east], latitudes: [south, north] });
  const [a, b] = [projection.project(west, south), projection.project(east, north)];
  return viewOf({ x: [a[0], b[0]], y: [a[1], b[1]] }, projection, amount);
}

test("viewOf() holds what it has to show, in a shape that pages have room for", () => {
  for (const box of [[4, 50, 5, 51], [0, 0, 60, 1], [0, -50, 1, 50], [4, 50, 4, 50]] as const) {
    const [west, south, east, north] = box;
    const view = viewOver(west, south, east, north);
    assert(view.height >= 240 && view.height <= 430, String(view.height));
    for (const [longitude, latitude] of [[west, south], [east, north]] as const) {
      const [x, y] = toPixels(view, longitude, latitude);
      assert(x > 0 && x < view.width && y > 0 && y < view.height, `${box}: ${x} ${y}`);
    }
  }
});

test("viewOf() shows no less than 100 m, and no more than the world", () => {
  const point = viewOver(4, 50, 4, 50);
  assert(metresPerPixel(point) * point.height > 99, String(metresPerPixel(point)));
  const world = viewOver(-180, -90, 180, 90);
  const [west, north] = toPlace(world, 0, 0);
  assertEquals([Math.round(west), Math.round(north)], [-180, 90]);
});

test("viewOf() shows more of what lies around a single footprint", () => {
  const [alone, together] = [viewOver(4, 50, 5, 51, 1), viewOver(4, 50, 5, 51, 100)];
  assert(alone.scale < together.scale);
});
