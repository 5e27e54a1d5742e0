import { assertEquals, assertThrows } from "@std/assert";
import { deflateSync } from "node:zlib";
import { inflateWithin } from "../../../src/results/raster/inflate.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { test } from "../../support/test.ts";
import { noise } from "../support/file_server.ts";

const pack = (bytes: Uint8Array) => new Uint8Array(deflateSync(bytes));

test("inflateWithin() unpacks a tile, whatever stands behind it", () => {
  const tile = noise(300_000);
  const packed = pack(tile);
  assertEquals(new Uint8Array(inflateWithin(packed.buffer, tile.length)), tile);
  const more = new Uint8Array([...packed, 1, 2, 3]);
  assertEquals(new Uint8Array(inflateWithin(more.buffer, tile.length)), tile);
});

test("inflateWithin() lets go of what is much larger than a tile, and of what is broken", () => {
  const bomb = pack(new Uint8Array(50_000_000));
  for (
    const [bytes, says] of [
      [bomb, "unpacks to more than a tile has"],
      [bomb.slice(0, 100), "cannot be unpacked"],
      [new Uint8Array([1, 2, 3]), "cannot be unpacked"],
    ] as const
  ) {
    assertThrows(() => inflateWithin(bytes.buffer, 512 * 512), ResultsError, says);
  }
});
