import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  boundsWords,
  mapWidthOf,
  rasterOf,
  rasterPicture,
} from "../../../src/results/preview/raster_picture.ts";
import { openRaster } from "../../../src/results/raster/raster_file.ts";
import { checkSvg } from "../../display/check_svg.ts";
import { test } from "../../support/test.ts";
import { fixture, opening } from "../support/fixtures.ts";

test("rasterPicture() says in words what it shows, and its SVG is sound", async () => {
  const file = await openRaster(fixture("rasters/utm31n_ndvi_nan.tif"), opening);
  const picture = await rasterPicture(file, {
    band: undefined,
    bands: undefined,
    range: [0, 1],
    palette: "viridis",
    width: 640,
    maxBytes: 1e9,
    atlas: undefined,
    title: "<a & b>.tif",
    signal: undefined,
  });
  assertStringIncludes(
    picture.alt,
    "NDVI from -0.2 to 0.8, coloured from 0 to 1; 3°E to 3.11°E, 51.382°N to 51.452°N; 192 × 192 pixels in EPSG:32631",
  );
  assert(Math.abs(picture.width - 640) < 40, `${picture.width}`);
  assert(!picture.svg.includes("<a & b>"));
  checkSvg(picture.svg);
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
  assertEquals(typeof rasterOf, "function");
});
