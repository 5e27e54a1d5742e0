import { assertEquals } from "@std/assert";
import { readChecksum } from "../../../../src/results/download/plan/checksum.ts";
import { test } from "../../../support/test.ts";

test("readChecksum() reads multihashes of sha2-256, sha1 and md5", () => {
  assertEquals(readChecksum(`1220${"AB".repeat(32)}`), {
    name: "sha2-256",
    algorithm: "sha256",
    digest: "ab".repeat(32),
  });
  assertEquals(readChecksum(`1114${"0".repeat(40)}`)?.name, "sha1");
  assertEquals(readChecksum(`d50110${"0".repeat(32)}`)?.name, "md5");
});

test("readChecksum() has nothing to say of what cannot be checked", () => {
  for (const value of ["", "1220", `1220${"z".repeat(64)}`, `90e402${"0".repeat(64)}`, 5, null]) {
    assertEquals(readChecksum(value), undefined);
  }
});
