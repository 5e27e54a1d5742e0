import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  displayWidth,
  headOf,
  pad,
  shorten,
  shortenMiddle,
  tailOf,
  wrap,
} from "../../src/core/width.ts";
import { test } from "../support/test.ts";
import { widthOf } from "../display/check_text.ts";

test("displayWidth() counts the columns of a terminal", () => {
  const widths = {
    "": 0,
    "abc": 3,
    "é": 1,
    "e\u0301": 1,
    "农田": 4,
    "한국": 4,
    "ＡＢ": 4,
    "🌾": 2,
    "👩‍🌾": 2,
    "👨‍👩‍👧‍👦": 2,
    "👍🏽": 2,
    "🇧🇪🇮🇹": 4,
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿": 2,
    "🏳️‍🌈": 2,
    "1️⃣": 2,
    "123": 3,
    "© ✓ ✗ …": 7,
    "שלום": 4,
  };
  for (const [text, width] of Object.entries(widths)) {
    assertEquals(displayWidth(text), width, text);
    assertEquals(displayWidth(text), widthOf(text), text);
  }
});

test("shorten() keeps what fits and says that there was more", () => {
  assertEquals(shorten("abcdef", 6), "abcdef");
  assertEquals(shorten("abcdef", 5), "abcd…");
  assertEquals(shorten("abc def", 5), "abc…");
  assertEquals(shorten("农田农田", 6), "农田…");
  assertEquals(shorten("👩‍🌾👩‍🌾", 3), "👩‍🌾…");
  assertEquals(shorten("abc", 0), "");
});

test("shortenMiddle() keeps the beginning and the end", () => {
  assertEquals(shortenMiddle("abcdef", 6), "abcdef");
  assertEquals(shortenMiddle("abcdefghij", 7), "abcd…ij");
  assertEquals(shortenMiddle("abcdefghij", 7, 0.75), "ab…ghij");
  assertEquals(shortenMiddle("one two three four", 9), "one t…our");
  assertEquals(shortenMiddle("农田农田农田", 7), "农田…田");
  assertEquals(shortenMiddle("👩‍🌾👩‍🌾👩‍🌾👩‍🌾", 6), "👩‍🌾…👩‍🌾");
  assertEquals([2, 1, 0].map((width) => shortenMiddle("abcdef", width)), ["a…", "…", ""]);
});

test("tailOf() cuts no character", () => {
  assertEquals(tailOf("abc", 2), "bc");
  assertEquals(tailOf("xe\u0301", 1), "e\u0301");
  assertEquals(tailOf("x👨‍👩‍👧‍👦", 1), "");
  assertEquals(tailOf("abc", -1), "");
});

test("headOf() cuts no character", () => {
  assertEquals(headOf("e\u0301e\u0301", 1), "e\u0301");
  assertEquals(headOf("👨‍👩‍👧‍👦x", 1), "");
  assertEquals(headOf("abc", -1), "");
});

test("pad() fills up by width", () => {
  assertEquals(pad("农", 4), "农  ");
  assertEquals(pad("abcd", 2), "abcd");
});

test("wrap() breaks at spaces, and within words that are too long", () => {
  assertEquals(wrap("one two three", 7), ["one two", "three"]);
  assertEquals(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
  assertEquals(wrap("", 10), [""]);
});

test("shorten() and wrap() never exceed their width", () => {
  fc.assert(fc.property(
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc.integer({ min: 2, max: 40 }),
    (text, width) => {
      assert(displayWidth(shorten(text, width)) <= width);
      assert(displayWidth(shortenMiddle(text, width)) <= width);
      for (const line of wrap(text, width)) assert(displayWidth(line) <= width, line);
      assertEquals(wrap(text, width).join("").replaceAll(" ", ""), text.replaceAll(" ", ""));
    },
  ));
});

test("displayWidth() joins pictures, and no picture to a digit", () => {
  // A digit is an "emoji" of Unicode, but only pictures are joined: UAX #29, rule GB11.
  assertEquals(["7\u200d👦", "#\u200d👦", "👩\u200d👦", "7\ufe0f\u20e3"].map(displayWidth), [
    3,
    3,
    2,
    2,
  ]);
});
