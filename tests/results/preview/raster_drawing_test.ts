import { assert, assertEquals } from "@std/assert";
import { drawRaster } from "../../../src/results/preview/raster_drawing.ts";
import { openRaster } from "../../../src/results/raster/raster_file.ts";
import { test } from "../../support/test.ts";
import { fixture, opening } from "../support/fixtures.ts";
import { readPng } from "../support/read_png.ts";

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
