import { assertEquals } from "@std/assert";
import { zstdCompressSync } from "node:zlib";
import { openZstd } from "../../../src/results/unpack/zstd.ts";
import { test } from "../../support/test.ts";
import { noise } from "../support/file_server.ts";

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
