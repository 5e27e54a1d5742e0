import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { projectionFor } from "../../../src/map/projection.ts";
import { viewOf } from "../../../src/map/view.ts";
import {
  boundsWords,
  drawGround,
  foundIn,
  frameOf,
  imageOf,
  mapWidthOf,
  rasterView,
} from "../../../src/results/preview/frame.ts";
import { transformationOf } from "../../../src/results/raster/crs/crs.ts";
import { placementOf } from "../../../src/results/raster/placement.ts";
import { openRaster } from "../../../src/results/raster/raster_file.ts";
import { checkSvg } from "../../display/check_svg.ts";
import { test } from "../../support/test.ts";
import { fixture, opening } from "../support/fixtures.ts";

async function laid() {
  const file = await openRaster(fixture("rasters/mercator3857.tif"), opening);
  const placement = placementOf(file, await transformationOf(file.keys));
  const view = rasterView(placement.box, placement.projection, 400);
  return { file, placement, view, frame: frameOf(view, placement.box) };
}

test("rasterView() is as wide as asked, and never a strip", () => {
  const projection = projectionFor({ longitudes: [0, 10], latitudes: [0, 1] });
  const [x, y] = [[0, 0.17], [0, 0.001]] as const;
  const flat = rasterView({ x, y }, projection, 400),
    high = rasterView({ x: y, y: x }, projection, 400);
  assertEquals([flat.width, flat.height, high.width, high.height], [400, 200, 400, 360]);
});

test("frameOf() is where the raster lies in the map, two pixels for one of the page", async () => {
  const { view, frame } = await laid();
  assertEquals([frame.columns, frame.rows], [
    Math.round(frame.width * 2),
    Math.round(frame.height * 2),
  ]);
  assert(frame.x >= 0 && frame.x + frame.width <= view.width);
  assert(frame.y >= 0 && frame.y + frame.height <= view.height);
});

test("foundIn() finds the pixels of an overview in order, and in a part of the frame those of the whole", async () => {
  const { file, placement, view, frame } = await laid();
  const level = { width: file.width, height: file.height };
  const whole = foundIn(frame, view, { file, placement, level });
  assertEquals(whole.length, frame.columns * frame.rows);
  assertEquals([whole.at(0), whole.at(-1)], [0, file.width * file.height - 1]);
  const window = { x: 5, y: 7, columns: 20, rows: 10 };
  const part = foundIn(frame, view, { file, placement, level, window });
  const near = (one = -9, other = -9) =>
    Math.abs(one % file.width - other % file.width) <= 1 &&
    Math.abs(Math.floor(one / file.width) - Math.floor(other / file.width)) <= 1;
  for (const [index, pixel] of part.entries()) {
    const column = window.x + index % window.columns;
    const row = window.y + Math.floor(index / window.columns);
    assert(near(pixel, whole[row * frame.columns + column]), `${column}, ${row}`);
  }
  const half = foundIn(frame, view, {
    file,
    placement,
    level: { width: file.width / 2, height: file.height / 2 },
  });
  assertEquals(half.at(-1), file.width * file.height / 4 - 1);
});

test("imageOf() keeps pixels sharp", () => {
  const image = imageOf(new Uint8Array([1]), { x: 1, y: 2, width: 3, height: 4 });
  assertStringIncludes(image, 'href="data:image/png;base64,AQ=="');
  assertStringIncludes(image, "image-rendering:pixelated");
});

test("drawGround() draws what lies on the ground under its own legend, and counts no footprints", () => {
  const projection = projectionFor({ longitudes: [4, 5], latitudes: [50, 51] });
  const [[west, north], [east, south]] = [projection.project(4, 51), projection.project(5, 50)];
  const view = viewOf({ x: [west, east], y: [north, south] }, projection, 4, {
    width: mapWidthOf(640),
    height: [200, 380],
  });
  const ground = '<rect width="10" height="10" fill="#ff0000"/>';
  const { text, width } = drawGround(view, {
    title: "NDVI",
    atlas: undefined,
    ground,
    legend: { svg: '<text class="b" y="12">0 to 1</text>', height: 26 },
  });
  assert(Math.abs(width - 640) < 40, `${width}`);
  for (const part of [ground, ">NDVI</text>", ">0 to 1</text>"]) assertStringIncludes(text, part);
  assertEquals(text.match(/class="(?:tiles|cells|lines)"/g), null);
  checkSvg(text);
});

test("boundsWords() goes over the antimeridian and around a pole", () => {
  assertEquals(
    boundsWords({ west: 177.7, south: 68.8, east: 181.8, north: 70.3 }),
    "177.7°E to 178.2°W, 68.8°N to 70.3°N",
  );
  assertEquals(boundsWords({ west: -180, south: 87.5, east: 180, north: 90 }), "87.5°N to 90°N");
  assertEquals(
    boundsWords({ west: -1, south: -2, east: -0.99, north: -1.99 }),
    "1°W to 0.99°W, 2°S to 1.99°S",
  );
});

test("mapWidthOf() leaves room for what stands beside the map", () => {
  assertEquals([mapWidthOf(640), mapWidthOf(100)], [422, 160]);
});
