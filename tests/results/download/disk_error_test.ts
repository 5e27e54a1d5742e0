import { assertEquals, assertStringIncludes } from "@std/assert";
import { diskError } from "../../../src/results/download/disk_error.ts";
import { test } from "../../support/test.ts";

const failing = (code: string) =>
  Object.assign(new Error(`${code}: failed, write '/a/b'`), { code });

test("diskError() says what the disk says, and what helps", () => {
  for (
    const [code, says] of [
      ["ENOSPC", "the disk is full\n  What to do: make room"],
      ["EDQUOT", "your share of the disk is used up"],
      ["EFBIG", "takes no file of that size"],
      ["EACCES", "you may not write there\n  What to do: look at the folder's permissions"],
      ["EROFS", "the disk can only be read"],
      ["ENAMETOOLONG", "with a shorter path"],
      ["EMFILE", "{ concurrency: 1 }"],
      ["EWEIRD", "the disk refused it (EWEIRD)"],
    ] as const
  ) {
    const error = diskError("a.tif", failing(code));
    assertEquals(error?.reason, "disk");
    assertStringIncludes(error?.message ?? "", `Cannot write a.tif: `);
    assertStringIncludes(error?.message ?? "", says);
    assertEquals(error?.message.includes("/a/b"), false);
  }
});

test("diskError() knows a permission of Deno, and takes nothing else for the disk's", () => {
  const refused = Object.assign(new Error("Requires write access"), { name: "NotCapable" });
  assertEquals(diskError("a.tif", refused)?.reason, "permission");
  assertEquals(diskError("a.tif", new TypeError("x is not a function")), undefined);
  assertEquals(diskError("a.tif", failing("Z_DATA_ERROR")), undefined);
  assertEquals(diskError("a.tif", "no error"), undefined);
});
