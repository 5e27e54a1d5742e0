import { assertEquals } from "@std/assert";
import { fromArrayBuffer } from "geotiff";
import { toGeoTiff } from "../../../src/sandbox/platform/geotiff.ts";
import { test } from "../../support/test.ts";

test("toGeoTiff() writes a file that reads back: place, projection and values", async () => {
  const values = [0, 0.25, 0.5, 0.75, -0.2, 1, 2, 3, 4];
  const bytes = await toGeoTiff({ box: [12, 41, 15, 44], size: 3, values });
  const image = await (await fromArrayBuffer(bytes.buffer)).getImage();
  assertEquals(image.getBoundingBox(), [12, 41, 15, 44]);
  assertEquals(image.getGeoKeys()?.GeographicTypeGeoKey, 4326);
  assertEquals([image.getWidth(), image.getHeight()], [3, 3]);
  const raster = await image.readRasters({ interleave: true });
  assertEquals([...raster].map((value) => Math.round(Number(value) * 1e6) / 1e6), values);
});
