import { assertEquals } from "@std/assert";
import { code, piecesOf } from "../../../src/display/render/document.ts";
import { test } from "../../support/test.ts";

test("piecesOf() takes text, a piece, or several of both", () => {
  assertEquals(piecesOf("a"), [{ text: "a" }]);
  assertEquals(piecesOf(code("a")), [{ text: "a", style: "code" }]);
  assertEquals(piecesOf(["a", code("b")]), [{ text: "a" }, { text: "b", style: "code" }]);
  assertEquals(piecesOf([]), []);
});
