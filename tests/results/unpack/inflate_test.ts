import { assertEquals } from "@std/assert";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { inflateWithin } from "../../../src/results/unpack/inflate.ts";
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
