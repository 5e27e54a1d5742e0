import { assert, assertEquals } from "@std/assert";
import { patternOf } from "../../../src/core/secrets/known_secret.ts";
import { redact } from "../../../src/core/redact.ts";
import { test } from "../../support/test.ts";

const SECRET = "a/b+c\"d\\e<f>=&'~";

test("patternOf() finds a known secret in every encoding that a server may echo", () => {
  const encodings: Record<string, string> = {
    json: JSON.stringify(SECRET),
    "json in json": JSON.stringify(JSON.stringify(SECRET)),
    "json with escaped slashes": JSON.stringify(SECRET).replaceAll("/", "\\/"),
    "json with escaped angles": JSON.stringify(SECRET).replaceAll("<", "\\u003c")
      .replaceAll(">", "\\u003E"),
    url: encodeURIComponent(SECRET),
    "url in lower case": encodeURIComponent(SECRET).replaceAll(/%../g, (hex) => hex.toLowerCase()),
    form: new URLSearchParams({ a: SECRET }).toString(),
    html: SECRET.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;").replaceAll("'", "&#39;"),
    "html in numbers": SECRET.replaceAll("&", "&#38;").replaceAll('"', "&#x22;"),
  };
  for (const [name, text] of Object.entries(encodings)) {
    const clean = redact(`before ${text} after`, [SECRET]);
    assert(/^before (?:a=|[\\"]*)\(hidden\)[\\"]* after$/.test(clean), `${name}: ${clean}`);
  }
});

test("patternOf() finds a long secret that was shortened", () => {
  const secret = "ory_at_4mK9-0123456789abcdefghij";
  assertEquals(
    redact("bad token ory_at_4mK9-0123456789ab... expired", [secret]),
    "bad token (hidden) expired",
  );
});

test("patternOf() finds backslashes in a row, as they are and doubled", () => {
  const secret = "a\\\\\\b";
  for (
    const text of [
      secret,
      JSON.stringify(secret),
      JSON.stringify(JSON.stringify(secret)),
      encodeURIComponent(secret),
    ]
  ) {
    assertEquals(patternOf(secret).test(text), true, text);
  }
  assertEquals(patternOf(secret).test("a\\b"), false);
});

test("patternOf() finds a secret longer than any expression, and what follows it", () => {
  for (const part of ["+/", "x"]) {
    const secret = part.repeat(500_000);
    assertEquals(redact(`got ${secret.slice(0, 50_000)} after`, [secret]), "got (hidden)");
    assertEquals(redact("got nothing", [secret]), "got nothing");
  }
  const token = "0123456789abcdef".repeat(512);
  assertEquals(redact(`got ${token} after`, [token]), "got (hidden) after");
});
