import { assert, assertEquals } from "@std/assert";
import { projectionFor } from "../../src/map/projection.ts";
import { scaleBarOf } from "../../src/map/scale_bar.ts";
import { toPlace, viewOf } from "../../src/map/view.ts";
import { test } from "../support/test.ts";

function viewOver(west: number, south: number, east: number, north: number, amount = 12) {
  const projection = projectionFor({ longitudes: [west, east], latitudes: [south, north] });
  const [a, b] = [projection.project(west, south), projection.project(east, north)];
  return viewOf({ x: [a[0], b[0]], y: [a[1], b[1]] }, projection, amount);
}

test("scaleBarOf() is as long as it says, and is left out where that is not one length", () => {
  const view = viewOver(4, 50, 5, 51);
  const bar = scaleBarOf(view);
  assertEquals(bar?.text, "10 km");
  const [x, y] = [view.width / 2, view.height / 2];
  const [from, to] = [toPlace(view, x, y), toPlace(view, x + (bar?.length ?? 0), y)];
  const metres = (to[0] - from[0]) * 111_195 * Math.cos(from[1] * Math.PI / 180);
  assert(Math.abs(metres - 10_000) < 50, String(metres));
  assertEquals(scaleBarOf(viewOver(-180, -90, 180, 90)), undefined);
  assertEquals(scaleBarOf(viewOver(-10, 0, 60, 60)), undefined);
});
