import { assertEquals } from "@std/assert";
import { packbitsWithin } from "../../../src/results/unpack/packbits.ts";
import { test } from "../../support/test.ts";

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
