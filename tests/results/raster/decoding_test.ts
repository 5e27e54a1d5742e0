import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { brotliCompressSync, zstdCompressSync } from "node:zlib";
import { fromArrayBuffer } from "geotiff";
import { decodingOf, refuseUnreadable } from "../../../src/results/raster/decoding.ts";
import { preview, ResultsError } from "../../../src/results/mod.ts";
import { test } from "../../support/test.ts";
import { fixture } from "../support/fixtures.ts";
import { packLzw } from "../support/lzw.ts";

const TILE_OFFSETS = 324, TILE_SIZES = 325;
const STRIP_OFFSETS = 273, STRIP_SIZES = 279;

/** A raster whose first tile or strip is something else. */
function withTile(name: string, tile: Uint8Array): Uint8Array<ArrayBuffer> {
  const good = fixture(`kinds/${name}.tif`);
  const bytes = new Uint8Array([...good, ...tile]);
  const view = new DataView(bytes.buffer);
  const from = view.getUint32(4, true);
  for (let entry = 0; entry < view.getUint16(from, true); entry++) {
    const place = from + 2 + entry * 12;
    const tag = view.getUint16(place, true), size = view.getUint16(place + 2, true) === 3 ? 2 : 4;
    const amount = view.getUint32(place + 4, true);
    const at = amount * size > 4 ? view.getUint32(place + 8, true) : place + 8;
    const value = tag === TILE_OFFSETS || tag === STRIP_OFFSETS
      ? good.length
      : tag === TILE_SIZES || tag === STRIP_SIZES
      ? tile.length
      : undefined;
    if (value === undefined) continue;
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
  }
  return bytes;
}

const nothing = new Uint8Array(30_000_000);

/** A run of a packed byte that says that it stands 128 times, so often. */
const runs = (amount: number) =>
  Uint8Array.from({ length: amount * 2 }, (_, at) => at % 2 === 0 ? 129 : 0);

for (
  const [packing, name, bomb] of [
    ["LZW", "lzw_differences", packLzw(nothing)],
    ["ZSTD", "zstd_floats", new Uint8Array(zstdCompressSync(nothing))],
    ["LERC with ZSTD", "lerc_nan", new Uint8Array(zstdCompressSync(nothing))],
    ["PackBits", "packbits_strips", runs(20_000)],
  ] as const
) {
  test(`decodingOf() lets go of a tile of ${packing} that unpacks to more than a tile has`, async () => {
    const error = await assertRejects(() => preview(withTile(name, bomb)), ResultsError);
    assertStringIncludes(error.message, "a tile of it unpacks to more than a tile has");
    assertEquals(error.reason, "invalid");
    const broken = await assertRejects(
      () => preview(withTile(name, new Uint8Array(brotliCompressSync("what is this")))),
      ResultsError,
    );
    assertEquals(broken.reason, "invalid");
  });
}

test("decodingOf() lets go of a JPEG and of a LERC block that say that they are larger than a tile", async () => {
  const header = Uint8Array.fromHex("ffd8ffc0001108ffffffff03012200021101031101" + "00".repeat(8));
  await assertRejects(
    () => preview(withTile("jpeg_mask", header)),
    ResultsError,
    "unpacks to more than a tile has",
  );
  const block = new Uint8Array(60);
  block.set(new TextEncoder().encode("Lerc2 "));
  const view = new DataView(block.buffer);
  view.setInt32(6, 4, true);
  view.setUint32(14, 50_000, true);
  view.setUint32(18, 50_000, true);
  await assertRejects(
    () => preview(withTile("lerc_bytes", block)),
    ResultsError,
    "unpacks to more than a tile has",
  );
});

test("decodingOf() refuses a tile of more than a gigabyte before it is read", async () => {
  const image = await (await fromArrayBuffer(fixture("kinds/mask.tif").slice().buffer)).getImage();
  const large = Object.create(image, {
    getTileWidth: { value: () => 100_000 },
    getTileHeight: { value: () => 100_000 },
  });
  await assertRejects(() => decodingOf(large), ResultsError, "a tile of it would have 40 GB");
});

test("refuseUnreadable() names packings and numbers that nobody reads here", async () => {
  const image = await (await fromArrayBuffer(fixture("kinds/mask.tif").slice().buffer)).getImage();
  refuseUnreadable(image);
  const packedWith = (number: number) =>
    Object.create(image, {
      fileDirectory: {
        value: { getValue: (tag: string) => tag === "Compression" ? number : undefined },
      },
    });
  for (
    const [number, says] of [[34_712, "JPEG 2000"], [6, "JPEG of the old kind"], [
      12_345,
      "a method that is not known here (12345)",
    ]] as const
  ) {
    const error = await assertRejects(
      () => Promise.try(() => refuseUnreadable(packedWith(number))),
      ResultsError,
    );
    assertStringIncludes(error.message, `packed with ${says}`);
  }
});
