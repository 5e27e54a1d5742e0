import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { drawRaster, rasterPicture } from "../../../src/results/preview/raster_picture.ts";
import { openRaster } from "../../../src/results/raster/raster_file.ts";
import { checkSvg } from "../../display/check_svg.ts";
import { test } from "../../support/test.ts";
import { fixture, opening } from "../support/fixtures.ts";
import { readPng } from "../support/read_png.ts";

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

test("drawRaster() reads the overview that fits, two pixels for one of the page", async () => {
  const file = await openRaster(fixture("rasters/mercator3857.tif"), opening);
  const options = {
    band: undefined,
    bands: undefined,
    range: undefined,
    palette: "greys" as const,
    maxBytes: 1e9,
    signal: undefined,
  };
  const small = await drawRaster(file, { ...options, mapWidth: 40 });
  assertEquals(small.read[0], 96);
  const large = await drawRaster(file, { ...options, mapWidth: 400 });
  assertEquals(large.read[0], 192);
  const png = await readPng(large.png);
  assertEquals([png.width, png.height], [large.frame.columns, large.frame.rows]);
  assert(Math.abs(png.width - 2 * large.frame.width) <= 1);
});
