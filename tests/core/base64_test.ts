import { assertEquals } from "@std/assert";
import { toBase64 } from "../../src/core/base64.ts";
import { test } from "../support/test.ts";

test("toBase64() writes bytes of any length", () => {
  const bytes = Uint8Array.from({ length: 100_001 }, (_, index) => index * 7);
  assertEquals(Uint8Array.fromBase64(toBase64(bytes)), bytes);
  assertEquals(toBase64(new Uint8Array()), "");
  assertEquals(toBase64(new TextEncoder().encode("ab")), "YWI=");
});
