import { assertEquals } from "@std/assert";
import { fromArrayBuffer } from "geotiff";
import { openLerc } from "../../../src/results/unpack/lerc.ts";
import { test } from "../../support/test.ts";
import { fixture } from "../support/fixtures.ts";

/** The first tile of a raster, as it is packed. */
async function tileOf(name: string): Promise<Uint8Array> {
  const bytes = fixture(`kinds/${name}.tif`);
  const image = await (await fromArrayBuffer(bytes.buffer)).getImage();
  const from = Number(await image.fileDirectory.loadValueIndexed("TileOffsets", 0));
  const size = Number(await image.fileDirectory.loadValueIndexed("TileByteCounts", 0));
  return bytes.subarray(from, from + size);
}

test("openLerc() unpacks a block, and puts the cover back that stands in its mask", async () => {
  const unpack = await openLerc();
  const block = { width: 16, height: 16, interleaved: true };
  const colours = unpack(await tileOf("lerc_bytes"), { ...block, samples: 3 });
  assertEquals(colours.slice(0, 6), Uint8Array.of(0, 20, 40, 1, 21, 41));
  // Nothing of its first sixteen columns is covered.
  const covered = unpack(await tileOf("lerc_alpha"), { ...block, samples: 4 });
  assertEquals(covered.length, 16 * 16 * 4);
  assertEquals(covered[3], 0);
});

test("openLerc() lets go of a block that is larger than a tile, and of what is none", async () => {
  const unpack = await openLerc();
  const tile = (await tileOf("lerc_bytes")).slice();
  const block = { width: 16, height: 16, samples: 3, interleaved: true };
  assertEquals(unpack(tile, { ...block, width: 8 }), "large");
  assertEquals(unpack(tile, { ...block, samples: 1 }), "large");
  new DataView(tile.buffer).setUint32(14, 1_000_000, true);
  assertEquals(unpack(tile, block), "large");
  assertEquals(unpack(Uint8Array.of(1, 2, 3), block), "broken");
  assertEquals(unpack(new TextEncoder().encode("Lerc2 "), block), "broken");
});
