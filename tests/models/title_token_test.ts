import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  hasRoomForToken,
  markTitle,
  MAX_MARKED_TITLE_LENGTH,
  shownTitle,
  TITLE_TOKEN_LENGTH,
  titleToken,
  tokenIn,
} from "../../src/models/title_token.ts";
import { test } from "../support/test.ts";

test("titleToken() is eight characters of Crockford's base 32, each time others", () => {
  const tokens = Array.from({ length: 500 }, () => titleToken());
  for (const token of tokens) assertMatch(token, /^[0-9a-hjkmnp-tv-z]{8}$/);
  assertEquals(new Set(tokens).size, 500);
  assertEquals(titleToken((bytes) => bytes.fill(31)), "zzzzzzzz");
  assertEquals(titleToken((bytes) => bytes.fill(32)), "00000000");
});

test("tokenIn() finds what markTitle() wrote, in a task's jobs as well", () => {
  assertEquals(markTitle("Fields", "k3f9qa2m"), "Fields [#k3f9qa2m]");
  assertEquals(tokenIn("Fields [#k3f9qa2m]"), "k3f9qa2m");
  assertEquals(tokenIn("Fields [#k3f9qa2m] - Processing Job 12"), "k3f9qa2m");
  for (const title of ["Fields", "Fields [#k3f9qa2]", "[#k3f9qa2m] Fields", "Fields [#k3f9qa2l]"]) {
    assertEquals(tokenIn(title), undefined);
  }
});

test("shownTitle() leaves what is no token", () => {
  assertEquals(shownTitle("Fields [#k3f9qa2m]"), "Fields");
  assertEquals(shownTitle("Fields [#k3f9qa2m] - Processing Job 12"), "Fields - Processing Job 12");
  assertEquals(shownTitle("Fields [#12]"), "Fields [#12]");
});

test("hasRoomForToken() counts characters as the database does", () => {
  assertEquals(MAX_MARKED_TITLE_LENGTH + TITLE_TOKEN_LENGTH, 255);
  assert(hasRoomForToken("🌾".repeat(MAX_MARKED_TITLE_LENGTH)));
  assert(!hasRoomForToken("x".repeat(MAX_MARKED_TITLE_LENGTH + 1)));
});
