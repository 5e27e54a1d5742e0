import { assertEquals } from "@std/assert";
import { encodePng } from "../../../src/results/raster/png.ts";
import { test } from "../../support/test.ts";
import { noise } from "../support/file_server.ts";
import { readPng } from "../support/read_png.ts";

test("encodePng() writes pixels that come back as they were", async () => {
  const pixels = noise(7 * 5 * 4);
  const read = await readPng(await encodePng(pixels, { width: 7, height: 5 }));
  assertEquals([read.width, read.height], [7, 5]);
  for (let y = 0; y < 5; y++) {
    for (let x = 0; x < 7; x++) {
      const at = (y * 7 + x) * 4;
      assertEquals(read.at(x, y), [...pixels.subarray(at, at + 4)]);
    }
  }
});

test("encodePng() has the signature and the checksums of a PNG", async () => {
  const bytes = await encodePng(new Uint8Array(4), { width: 1, height: 1 });
  assertEquals([...bytes.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  // The checksum of an empty IEND is the same in every PNG.
  assertEquals([...bytes.subarray(-4)], [0xae, 0x42, 0x60, 0x82]);
});
