import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { mosaicPicture } from "../../../../src/results/preview/several/mosaic.ts";
import { paletteOf } from "../../../../src/results/raster/colours.ts";
import type { RasterFile } from "../../../../src/results/raster/raster_file.ts";
import { ResultsError } from "../../../../src/results/results_error.ts";
import { test } from "../../../support/test.ts";
import { rasterOf } from "../../support/rasters.ts";
import { readPng } from "../../support/read_png.ts";

const options = {
  band: undefined,
  bands: undefined,
  range: undefined,
  palette: "viridis",
  width: 640,
  atlas: undefined,
  maxBytes: 1e6,
  signal: undefined,
  title: (drawn: number) => `${drawn} tiles`,
} as const;
const tile = (name: string, file: RasterFile) => ({ name, open: () => Promise.resolve(file) });
const colour = paletteOf("viridis");

test("mosaicPicture() lays rasters beside each other, with one range of colours for all", async () => {
  const { picture, problems } = await mosaicPicture([
    tile("west", rasterOf([5, 51], 0.5, [[0, 1], [2, 3]])),
    tile("east", rasterOf([6, 51], 0.5, [[4, 5], [6, -9]], { noData: -9 })),
  ], { ...options, range: [0, 10] });
  assertEquals(problems, []);
  assertStringIncludes(picture.alt, "2 tiles; NDVI from 0 to 6");
  const { raster } = picture;
  assertEquals(raster?.bounds, { west: 5, south: 50, east: 7, north: 51 });
  const png = await readPng(raster?.png ?? new Uint8Array());
  const at = (longitude: number, latitude: number) =>
    png.at(
      Math.floor((longitude - 5) / 2 * png.width),
      Math.floor((51 - latitude) * png.height),
    );
  for (
    const [longitude, latitude, value] of [
      [5.25, 50.75, 0],
      [5.75, 50.75, 1],
      [5.25, 50.25, 2],
      [6.25, 50.75, 4],
      [6.75, 50.75, 5],
      [6.25, 50.25, 6],
    ] as const
  ) {
    assertEquals(at(longitude, latitude), [...colour(value / 10), 255], `${value}`);
  }
  // What has no value is seen through.
  assertEquals(at(6.75, 50.25)[3], 0);
});

test("mosaicPicture() lies over the antimeridian where its rasters do", async () => {
  const { picture } = await mosaicPicture([
    tile("west", rasterOf([179, 10], 0.5, [[1, 2], [3, 4]])),
    tile("east", rasterOf([-180, 10], 0.5, [[5, 6], [7, 8]])),
  ], options);
  assertEquals(picture.raster?.bounds, { west: 179, south: 9, east: 181, north: 10 });
});

test("mosaicPicture() says of what it cannot draw why, and draws the others", async () => {
  const broken = new ResultsError("Cannot read the raster: it is broken", { reason: "invalid" });
  const { picture, problems } = await mosaicPicture([
    tile("good", rasterOf([5, 51], 0.5, [[0, 1], [2, 3]])),
    { name: "bad", open: () => Promise.reject(broken) },
    tile(
      "classes",
      rasterOf([6, 51], 0.5, [[1, 1], [1, 1]], { palette: new Map([[1, [9, 9, 9, 255]]]) }),
    ),
  ], options);
  assertEquals(problems.map(({ name }) => name), ["bad", "classes"]);
  assertStringIncludes(picture.alt, "1 tiles");
  const error = await assertRejects(() =>
    mosaicPicture([{ name: "bad", open: () => Promise.reject(broken) }], options)
  );
  assert(error === broken);
});

test("mosaicPicture() reads of all together no more than its budget", async () => {
  const large = (at: number) =>
    tile(
      `tile ${at}`,
      rasterOf([5 + at, 51], 0.5, [[0, 1], [2, 3]], {
        levels: [{
          width: 2_000,
          height: 2_000,
          bytes: () => Promise.resolve(600_000),
          read: () => Promise.reject(new Error("nobody reads")),
        }],
      }),
    );
  const error = await assertRejects(
    () => mosaicPicture([large(0), large(1)], options),
    ResultsError,
  );
  assertEquals(error.reason, "too-large");
});
