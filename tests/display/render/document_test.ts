import { assertEquals } from "@std/assert";
import { code, isShowable, piecesOf } from "../../../src/display/render/document.ts";
import { test } from "../../support/test.ts";

test("piecesOf() takes text, a piece, or several of both", () => {
  assertEquals(piecesOf("a"), [{ text: "a" }]);
  assertEquals(piecesOf(code("a")), [{ text: "a", style: "code" }]);
  assertEquals(piecesOf(["a", code("b")]), [{ text: "a" }, { text: "b", style: "code" }]);
  assertEquals(piecesOf([]), []);
});

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
