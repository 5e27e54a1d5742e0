import { assert, assertEquals } from "@std/assert";
import { projectionFor } from "../../src/map/projection.ts";
import { drawScaleBar, scaleBarOf } from "../../src/map/scale_bar.ts";
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

test("drawScaleBar() draws the length beside its text, and takes no room where there is none", () => {
  const view = viewOver(4, 50, 5, 51);
  const { length = 0 } = scaleBarOf(view) ?? {};
  const drawn = drawScaleBar(view);
  assert(drawn.svg.includes(`d="M1 6v5h${Math.round(length * 10) / 10}v-5"`), drawn.svg);
  assert(drawn.svg.endsWith(">10 km</text>"), drawn.svg);
  assertEquals(drawn.height, 20);
  assertEquals(drawScaleBar(viewOver(-180, -90, 180, 90)), { svg: "", height: 0 });
});
