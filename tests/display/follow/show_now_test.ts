import { assertEquals } from "@std/assert";
import { test } from "../../support/test.ts";
import { playScene } from "./run_child.ts";

test("showNow() prints the text where there is no kernel", async () => {
  const { lines, errors, code } = await playScene("show");
  assertEquals([lines, errors, code], [["! A remark"], "", 0]);
});
