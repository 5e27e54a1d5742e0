import { assertEquals } from "@std/assert";
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { inflateWithin, openZstd } from "../../../src/results/unpack/decompress.ts";
import { test } from "../../support/test.ts";
import { noise } from "../support/file_server.ts";

const KINDS = [
  ["deflate", deflateSync],
  ["gzip", gzipSync],
  ["brotli", brotliCompressSync],
] as const;

test("inflateWithin() unpacks what is no larger than it may be, whatever stands behind it", () => {
  const whole = noise(300_000);
  for (const [kind, pack] of KINDS) {
    const packed = new Uint8Array(pack(whole));
    assertEquals(inflateWithin(packed, whole.length, kind), whole, kind);
  }
  const more = new Uint8Array([...deflateSync(whole), 1, 2, 3]);
  assertEquals(inflateWithin(more, whole.length), whole);
});

test("inflateWithin() lets go of what is larger, and of what is broken", () => {
  for (const [kind, pack] of KINDS) {
    const bomb = new Uint8Array(pack(new Uint8Array(50_000_000)));
    assertEquals(inflateWithin(bomb, 512 * 512, kind), "large", kind);
    // Brotli has no beginning to know it by, and no sum at its end.
    if (kind === "brotli") continue;
    assertEquals(inflateWithin(bomb.slice(0, 20), 512 * 512, kind), "broken", kind);
    assertEquals(inflateWithin(Uint8Array.of(1, 2, 3), 512 * 512, kind), "broken", kind);
  }
});

test("openZstd() unpacks what is no larger than it may be", async () => {
  const unpack = await openZstd();
  for (const length of [1, 300, 70_000, 300_000]) {
    const whole = noise(length);
    assertEquals(unpack(new Uint8Array(zstdCompressSync(whole)), whole.length), whole);
    assertEquals(unpack(new Uint8Array(zstdCompressSync(whole)), whole.length + 10), whole);
  }
});

test("openZstd() lets go of what says that it is larger, of what lies about it, and of what is broken", async () => {
  const unpack = await openZstd();
  const bomb = new Uint8Array(zstdCompressSync(new Uint8Array(50_000_000)));
  assertEquals(unpack(bomb, 262_144), "large");
  // One block that is a byte over and over, in a frame that says how large it is (RFC 8878, 3.1.1).
  const frame = (told: number, runs: number) => {
    const bytes = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0, 0, 0, 0, 7]);
    const view = new DataView(bytes.buffer);
    view.setUint32(5, told, true);
    view.setUint16(9, (runs << 3 | 3) & 0xffff, true);
    view.setUint8(11, runs >> 13);
    return bytes;
  };
  assertEquals(unpack(frame(100_000, 100_000), 262_144), new Uint8Array(100_000).fill(7));
  assertEquals(unpack(frame(1_000, 100_000), 262_144), "broken");
  assertEquals(unpack(frame(4_000_000_000, 100_000), 262_144), "large");
  assertEquals(unpack(frame(100_000, 100_000).slice(0, 8), 262_144), "broken");
  assertEquals(unpack(Uint8Array.of(1, 2, 3), 262_144), "broken");
});
