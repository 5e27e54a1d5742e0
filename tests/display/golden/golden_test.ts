import { assert, assertEquals } from "@std/assert";
import { test } from "../../support/test.ts";
import { widthOf } from "../check_text.ts";
import { goldenFile, goldenText, WIDTHS } from "./golden.ts";

for (const width of WIDTHS) {
  test(`the text of every view at ${width} columns is the one that was read`, async () => {
    assertEquals(await goldenText(width), await Deno.readTextFile(goldenFile(width)));
  });

  test(`nothing is wider than ${width} columns, save a call to be copied`, async () => {
    for (const line of (await goldenText(width)).split("\n")) {
      assert(
        widthOf(line) <= width || /^(?: *|\w[\w ]* {2,})await [^ ].*\)[,.]?$/.test(line),
        line,
      );
    }
  });
}
