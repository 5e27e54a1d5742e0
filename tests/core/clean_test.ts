import { assertEquals } from "@std/assert";
import { clean } from "../../src/core/clean.ts";
import { test } from "../support/test.ts";

test("clean() leaves ordinary text alone", () => {
  for (const text of ["", "a", "Max NDVI of Latium – June", "農業 🌾", "naïve", "👩‍🌾", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"]) {
    assertEquals(clean(text), text);
  }
});

test("clean() makes one line of several", () => {
  assertEquals(clean(" a\r\n\tb\u2028c\u00a0 d\u3000"), "a b c d");
});

test("clean() takes out terminal escapes with what they carry", () => {
  assertEquals(clean("\u001b[1;31mred\u001b[0m"), "red");
  assertEquals(clean("\u009b31mred"), "red");
  assertEquals(clean("\u001b]0;title\u0007a\u001b]8;;https://x.test\u001b\\b"), "ab");
  assertEquals(clean("a\u001bcb\u001b(0c"), "abc");
  assertEquals(clean("a\u001b]0;never closed"), "a");
});

test("clean() takes out what is not seen and turns or hides text", () => {
  assertEquals(clean("\u202egnp\u202c \u2067x\u2069\u200e\u200f\u061c"), "gnp x");
  assertEquals(clean("a\u200bb\u00adc\ufeffd\0e\u007f"), "abcde");
});

test("clean() hides secrets, also where one begins before the end and ends behind it", () => {
  assertEquals(clean("see https://x.test/\n?token=s3cret."), "see https://x.test/ ?token=(hidden)");
  const shown = clean(`${"x ".repeat(1_995)}https://me:s3cret@x.test/`);
  assertEquals([shown.includes("s3c"), shown.length <= 4_000], [false, true]);
});

test("clean() keeps eight marks on a letter", () => {
  assertEquals(clean("z" + "\u0301".repeat(50)), "z" + "\u0301".repeat(8));
});

test("clean() makes lone surrogates visible and never cuts a pair", () => {
  assertEquals(clean("\ud800a"), "\ufffda");
  assertEquals(clean("x" + "🌾".repeat(3_000)).isWellFormed(), true);
  assertEquals(clean("y".repeat(10_000)).length, 4_000);
});
