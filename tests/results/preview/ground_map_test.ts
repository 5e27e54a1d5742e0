import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { projectionFor } from "../../../src/map/projection.ts";
import { viewOf } from "../../../src/map/view.ts";
import { boundsWords, drawGround, mapWidthOf } from "../../../src/results/preview/ground_map.ts";
import { checkSvg } from "../../display/check_svg.ts";
import { test } from "../../support/test.ts";

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
