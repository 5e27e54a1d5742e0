import { assertEquals } from "@std/assert";
import { lzwWithin, packbitsWithin } from "../../../src/results/unpack/tiff_codecs.ts";
import { test } from "../../support/test.ts";
import { noise } from "../support/file_server.ts";
import { packLzw } from "../support/lzw.ts";

test("lzwWithin() unpacks what TIFF 6.0 packs: runs, noise, and more words than it can remember", () => {
  const words = Uint8Array.from(
    { length: 200_000 },
    (_, index) => (index * index) % 251 ^ (index >> 9),
  );
  for (const whole of [Uint8Array.of(7), new Uint8Array(70_000), noise(30_000), words]) {
    assertEquals(lzwWithin(packLzw(whole), whole.length), whole);
  }
  assertEquals(lzwWithin(new Uint8Array(), 10), new Uint8Array());
});

test("lzwWithin() unpacks the example of the specification", () => {
  // 7, 7, 7, 8, 8, 7, 7, 6, 6 as the codes 256, 7, 258, 8, 8, 258, 6, 6, 257 of nine bits (TIFF 6.0, page 58).
  const codes = [256, 7, 258, 8, 8, 258, 6, 6, 257];
  const bits = codes.map((code) => code.toString(2).padStart(9, "0")).join("").padEnd(88, "0");
  const packed = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => parseInt(byte, 2));
  assertEquals(lzwWithin(packed, 9), Uint8Array.of(7, 7, 7, 8, 8, 7, 7, 6, 6));
});

test("lzwWithin() lets go of what is larger than it may be, and of codes that there are not", () => {
  assertEquals(lzwWithin(packLzw(new Uint8Array(5_000_000)), 65_536), "large");
  assertEquals(lzwWithin(Uint8Array.of(0x80, 0x7f, 0xff, 0xff), 100), "broken");
});

test("packbitsWithin() unpacks runs and plain bytes, as TIFF 6.0 writes them", () => {
  // Apple's own example (Technical Note TN1023).
  const packed = Uint8Array.fromHex(
    "fe aa 02 80 00 2a fd aa 03 80 00 2a 22 f7 aa".replaceAll(" ", ""),
  );
  const whole = Uint8Array.fromHex("aaaaaa80002aaaaaaaaa80002a22aaaaaaaaaaaaaaaaaaaa");
  assertEquals(packbitsWithin(packed, whole.length), whole);
  assertEquals(packbitsWithin(Uint8Array.of(128, 0, 7, 128), 10), Uint8Array.of(7));
  assertEquals(packbitsWithin(new Uint8Array(), 10), new Uint8Array());
});

test("packbitsWithin() lets go of what is larger than it may be, and of what ends early", () => {
  const bomb = new Uint8Array(200_000).fill(129, 0).map((byte, at) => at % 2 === 0 ? byte : 0);
  assertEquals(packbitsWithin(bomb, 1_000_000), "large");
  assertEquals(packbitsWithin(Uint8Array.of(5, 1), 10), "broken");
  assertEquals(packbitsWithin(Uint8Array.of(200), 100), "broken");
});
