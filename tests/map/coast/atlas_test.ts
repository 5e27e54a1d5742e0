import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { loadAtlas } from "../../../src/map/coast/atlas.ts";
import { projectionFor } from "../../../src/map/projection.ts";
import { type View, viewOf } from "../../../src/map/view.ts";
import { test } from "../../support/test.ts";

function viewOver(west: number, south: number, east: number, north: number): View {
  const projection = projectionFor({ longitudes: [west, east], latitudes: [south, north] });
  const [a, b] = [projection.project(west, south), projection.project(east, north)];
  return viewOf({ x: [a[0], b[0]], y: [a[1], b[1]] }, projection, 12);
}

test("loadAtlas() draws coasts that fit the scale, and none of a field", async () => {
  const atlas = await loadAtlas();
  assertEquals(atlas.land(viewOver(4.7, 50.86, 4.701, 50.861)), undefined);
  const ireland = atlas.land(viewOver(-11, 51, -5, 56)) ?? "";
  assert(ireland.length > 2_000 && ireland.length < 20_000, String(ireland.length));
  const africa = atlas.land(viewOver(-18, -35, 52, 35)) ?? "";
  assert(africa.length > 2_000 && africa.length < 20_000, String(africa.length));
  assertEquals(atlas.land(viewOver(-140, -20, -130, -10))?.includes("NaN"), false);
});

test("loadAtlas() draws the sea around Fiji as sea, and the land around the pole as land", async () => {
  const atlas = await loadAtlas();
  const covers = (path: string, { width, height }: View) =>
    boxes(path).some(([w, h]) => w >= width * 10 && h >= height * 10);
  const fiji = viewOver(176, -20, 182, -16);
  assertEquals(covers(atlas.land(fiji) ?? "", fiji), false);
  const antarctica = viewOver(0, -84, 10, -82);
  assertEquals(covers(atlas.land(antarctica) ?? "", antarctica), true);
});

test("loadAtlas() draws what is seen again only once", async () => {
  const atlas = await loadAtlas();
  const view = viewOver(-11, 51, -5, 56);
  assertStrictEquals(atlas.globe(view, 48), atlas.globe({ ...view }, 48));
  assert(atlas.globe(view, 48) !== atlas.globe(view, 40));
});

test("loadAtlas() has a globe with the view on it", async () => {
  const { land, frame, middle, size } = (await loadAtlas()).globe(viewOver(-18, -35, 52, 35), 48);
  assert(land.length > 1_000 && land.length < 10_000, String(land.length));
  assert(frame.length > 50);
  assert(Math.hypot(...middle) < 2, String(middle));
  assert(size > 40 && size < 96, String(size));
});

/** The widths and heights of a path's rings, in tenths. */
function boxes(path: string): [number, number][] {
  return path.split("z").filter((ring) => ring !== "").map((ring) => {
    const numbers = ring.split("l")[1]?.match(/-?\d+/g)?.map(Number) ?? [];
    let [x, y, left, right, top, bottom] = [0, 0, 0, 0, 0, 0];
    for (let index = 0; index < numbers.length; index += 2) {
      x += numbers[index] ?? 0;
      y += numbers[index + 1] ?? 0;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
    return [right - left, bottom - top];
  });
}
