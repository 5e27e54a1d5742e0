import { assertAlmostEquals, assertEquals } from "@std/assert";
import { fromArrayBuffer } from "geotiff";
import { toGeoTiff } from "../../../src/sandbox/platform/geotiff.ts";
import { test } from "../../support/test.ts";

const SIZE = 64;
const VALUES = Array.from({ length: SIZE * SIZE }, (_, index) => index);

test("toGeoTiff() keeps bands, place, names and the value for none, in tiles with an overview", async () => {
  const bytes = await toGeoTiff({
    box: [12, 41, 14, 43],
    size: SIZE,
    bands: [VALUES, VALUES.map((value) => value / 4)],
    names: ["NDVI", "quality"],
    noData: -9999,
  });
  const tiff = await fromArrayBuffer(bytes.buffer);
  assertEquals(await tiff.getImageCount(), 2);
  const image = await tiff.getImage(0);
  assertEquals([image.getWidth(), image.getTileWidth(), image.isTiled], [SIZE, 32, true]);
  assertEquals(image.getBoundingBox(), [12, 41, 14, 43]);
  assertEquals(image.getGeoKeys()?.GeographicTypeGeoKey, 4326);
  assertEquals(image.getGDALNoData(), -9999);
  assertEquals((await image.getGDALMetadata(1))?.DESCRIPTION, "quality");
  const rasters = await image.readRasters();
  for (const at of [0, 31, 32, 2047, 2048, 4095]) {
    assertAlmostEquals(Number(Object(rasters[0])[at]), at);
    assertAlmostEquals(Number(Object(rasters[1])[at]), at / 4);
  }
  const overview = await (await tiff.getImage(1)).readRasters({ interleave: true });
  assertEquals([overview.width, Number(overview[2 * 33])], [32, 2 * SIZE + 2]);
});

test("toGeoTiff() with a palette is a raster of classes in their colours", async () => {
  const bytes = await toGeoTiff({
    box: [0, 0, 1, 1],
    size: SIZE,
    bands: [VALUES.map((value) => value % 3)],
    names: ["class"],
    noData: 0,
    palette: [[0, 0, 0], [255, 0, 16], [1, 2, 3]],
  });
  const image = await (await fromArrayBuffer(bytes.buffer)).getImage();
  assertEquals([image.getBitsPerSample(), image.getSampleFormat()], [8, 1]);
  const raster = await image.readRasters({ interleave: true });
  assertEquals([...raster.slice(0, 4)].map(Number), [0, 1, 2, 0]);
  const rgb = await image.readRGB({ interleave: true });
  assertEquals([...rgb.slice(3, 9)].map(Number), [255, 0, 16, 1, 2, 3]);
});
