import { assertEquals } from "@std/assert";
import { isShowable } from "../../../src/display/render/limits.ts";
import { test } from "../../support/test.ts";

test("isShowable() takes pictures that need no request", () => {
  assertEquals(isShowable("data:image/svg+xml;base64,PHN2Zz4="), true);
  assertEquals(isShowable("data:image/png;base64,iVBORw0KGgo="), true);
  for (
    const src of [
      "https://x.test/a.png",
      "data:text/html;base64,PHN2Zz4=",
      "data:image/svg+xml,<svg>",
      'data:image/png;base64,AA=="onerror="x',
      "",
    ]
  ) {
    assertEquals(isShowable(src), false, src);
  }
});
