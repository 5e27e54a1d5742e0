import { assert, assertEquals } from "@std/assert";
import { displayable, jupyterDisplay } from "../../../src/display/render/displayable.ts";
import {
  barHtml,
  barText,
  code,
  isShowable,
  piecesOf,
  shares,
} from "../../../src/display/render/document.ts";
import { test } from "../../support/test.ts";
import { checkHtml } from "../check_html.ts";

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

const piece = (amount: number, sign = "█") => ({ amount, sign, color: "#1a7f37" });

test("shares() cuts a whole as the amounts say", () => {
  const cut = (...amounts: readonly number[]) =>
    shares(amounts.map((amount) => ({ amount })), 24, 1);
  assertEquals(cut(7, 1, 3, 1), [14, 2, 6, 2]);
  assertEquals(cut(1, 1), [12, 12]);
  assertEquals(cut(3), [24]);
  assertEquals(cut(), []);
});

test("shares() shows the least amount, and is never longer than the whole", () => {
  assertEquals(shares([{ amount: 1_999 }, { amount: 1 }], 24, 1), [23, 1]);
  for (const amounts of [[1, 1, 1, 1, 997], [1_000, 1], [5, 5, 5, 5, 5, 5, 5]]) {
    const widths = shares(amounts.map((amount) => ({ amount })), 24, 1);
    assertEquals(widths.reduce((sum, width) => sum + width, 0), 24);
    assert(widths.every((width) => width >= 1));
  }
});

test("barText() and barHtml() draw a piece for each state", () => {
  assertEquals(barText([piece(3), piece(1, "✗")]), "██████████████████✗✗✗✗✗✗");
  assertEquals(barText([]), "");
  assertEquals(barHtml([]), "");
  const html = barHtml([piece(3), piece(1)]);
  assertEquals([...html.matchAll(/width:(\d+)px/g)].map(([, width]) => Number(width)), [179, 60]);
});

test("a bar stands before its line, in HTML that survives a sanitizer", () => {
  const bundle = displayable(() => [
    { kind: "line", line: "3 of 4", bar: [piece(3), piece(1, "✗")] },
    { kind: "line", line: "more" },
  ])[jupyterDisplay]();
  // A number stays with its word.
  assert(checkHtml(bundle["text/html"]).endsWith("3\u00a0of\u00a04more"));
  assertEquals(bundle["text/plain"], "██████████████████✗✗✗✗✗✗  3 of 4\nmore");
  assertEquals(bundle["text/markdown"], "3 of 4\n\nmore");
});
