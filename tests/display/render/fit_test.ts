import { assertEquals } from "@std/assert";
import { code, muted } from "../../../src/display/render/document.ts";
import { fitLine, textOf } from "../../../src/display/render/fit.ts";
import { test } from "../../support/test.ts";

test("fitLine() keeps a line that fits", () => {
  assertEquals(fitLine("abc", 3), { pieces: [{ text: "abc" }], whole: undefined });
  assertEquals(textOf(fitLine(["a", muted(" b"), "  ", code("c ")], 6)), "a b  c");
});

test("fitLine() shortens a line and keeps the whole of it", () => {
  const fitted = fitLine(["one ", code("two"), " three"], 9);
  assertEquals(textOf(fitted), "one two…");
  assertEquals(fitted.pieces[1], code("two"));
  assertEquals(fitted.whole, "one two three");
});

test("fitLine() says that there is more when the next piece has no room at all", () => {
  assertEquals(textOf(fitLine(["abc", "def"], 3)), "ab…");
});

test("fitLine() bounds the whole to 500 characters", () => {
  const { whole = "" } = fitLine("🌾".repeat(5_000), 20);
  assertEquals([...whole].length, 500);
  assertEquals(whole.endsWith("…"), true);
});

test("fitLine() tells the whole where a piece says less by itself", () => {
  assertEquals(
    fitLine({ text: "ndvi", whole: "https://x.test/ndvi.json" }, 20).whole,
    "https://x.test/ndvi.json",
  );
});
