import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { bearerToken, tokenBook } from "../../../src/sandbox/service/auth.ts";
import { test } from "../../support/test.ts";

test("tokenBook() knows whose a token is and until when it holds", () => {
  const book = tokenBook([["a-token", "ada"]]);
  assertEquals(book.userAt("a-token", 1e15), "ada");
  assertEquals(book.userAt("another", 0), undefined);
  const short = book.issue("ben", 500);
  assertNotEquals(short, book.issue("ben", 500));
  assertEquals([book.userAt(short, 499), book.userAt(short, 500)], ["ben", undefined]);
});

test("tokenBook() remembers a token that has expired", () => {
  const book = tokenBook([["a-token", "ada"]]);
  book.expire("a-token", 10);
  assertEquals([book.userAt("a-token", 9), book.userAt("a-token", 10)], ["ada", undefined]);
  assertEquals([book.wasIssued("a-token"), book.wasIssued("another")], [true, false]);
  assertThrows(() => book.expire("another", 10), Error, "did not issue it");
});

test("bearerToken() reads a bearer token and nothing else", () => {
  assertEquals(bearerToken("Bearer abc"), "abc");
  assertEquals(bearerToken("bearer abc"), "abc");
  for (const header of ["Bearer", "Bearer "]) assertEquals(bearerToken(header), "", header);
  for (const header of [null, "", "abc", "Basic YTpi"]) {
    assertEquals(bearerToken(header), undefined, String(header));
  }
});
