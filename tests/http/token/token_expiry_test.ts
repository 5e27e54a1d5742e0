import { assertEquals } from "@std/assert";
import { tokenExpiry, tokenUser } from "../../../src/http/token/token_expiry.ts";
import { test } from "../../support/test.ts";

/** A token with these claims, as a sign-in service encodes it. */
function tokenOf(claims: unknown): string {
  return `eyJhbGciOiJSUzI1NiJ9.${encode(JSON.stringify(claims))}.c2lnbmF0dXJl`;
}

/** Base64 as RFC 7515 has it: for URLs, without padding. */
function encode(text: string): string {
  const binary = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

test("tokenExpiry() reads the expiry of a JSON Web Token", () => {
  const claims = { sub: "ada", exp: 1_795_448_301 };
  assertEquals(tokenExpiry(tokenOf(claims))?.toISOString(), "2026-11-23T15:38:21.000Z");
  const fraction = tokenExpiry(tokenOf({ exp: 1_795_448_301.5 }));
  assertEquals(fraction?.toISOString(), "2026-11-23T15:38:21.500Z");
  assertEquals(tokenExpiry(tokenOf({ exp: 0 }))?.getTime(), 0);
});

test("tokenExpiry() reads claims in any writing, at every length of padding", () => {
  for (const name of ["", "a", "ab", "abc", "Žofie?~~>>", "李四", "👩‍🚀"]) {
    const token = tokenOf({ name, exp: 1 });
    assertEquals(tokenExpiry(token)?.getTime(), 1000, token);
  }
});

test("tokenExpiry() knows nothing of a token that does not say", () => {
  const tokens = [
    "",
    "opaque",
    "..",
    "a.b",
    "a.!!!.c",
    "e30.e30.x",
    `a.${encode("{cut")}.c`,
    ...[null, 5, "exp", [], { exp: null }, { exp: "1795448301" }, { exp: 1e300 }, { exp: {} }]
      .map(tokenOf),
    `a.${encode('{"exp":1e999}')}.c`,
  ];
  for (const token of tokens) assertEquals(tokenExpiry(token), undefined, token);
});

test("tokenUser() is the name that somebody would know themselves by", () => {
  assertEquals(tokenUser(tokenOf({ preferred_username: "ada", name: "Ada", sub: "1" })), "ada");
  assertEquals(tokenUser(tokenOf({ preferred_username: " ", name: "Ada" })), "Ada");
  assertEquals(tokenUser(tokenOf({ name: 5, email: "ada@example.test" })), "ada@example.test");
  for (const token of ["", "opaque", tokenOf({ sub: "f:1:2" }), tokenOf(null)]) {
    assertEquals(tokenUser(token), undefined);
  }
});
