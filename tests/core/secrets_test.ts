import { assert, assertEquals } from "@std/assert";
import { redact } from "../../src/core/redact.ts";
import {
  isSecretHeader,
  isSecretInAddress,
  isSecretName,
  isSignatureName,
  patternOf,
} from "../../src/core/secrets.ts";
import { test } from "../support/test.ts";

test("isSecretName() knows names that hold secrets, however they are spelt", () => {
  const names = [
    "token",
    "API_KEY",
    "clientSecret",
    "password",
    "refresh_token",
    "device_code",
    "X-Auth-Token",
    "aws_secret_access_key",
    "Set-Cookie",
  ];
  assertEquals(names.filter((name) => !isSecretName(name)), []);
  const others = ["tokens", "key", "bbox", "", "code", "token_type", "error_code", "signature"];
  assertEquals(others.filter(isSecretName), []);
});

test("isSecretInAddress() knows the words that are secret in a query alone", () => {
  const names = [
    "code",
    "key",
    "sig",
    "Signature",
    "X-Amz-Credential",
    "x-goog-signature",
    "token",
  ];
  assertEquals(names.filter((name) => !isSecretInAddress(name)), []);
  const others = ["interval", "X-Amz-Date", "X-Amz-Expires", "X-Goog-Algorithm", "se", "v", "keys"];
  assertEquals(others.filter(isSecretInAddress), []);
});

test("isSignatureName() tells what opens a file for a while from what opens an account", () => {
  const names = ["sig", "X-Amz-Expires", "expires", "X-Amz-Security-Token", "Key-Pair-Id"];
  assertEquals(names.filter((name) => !isSignatureName(name)), []);
  assertEquals(["token", "code", "key", "password"].filter(isSignatureName), []);
});

test("isSecretHeader() hides one header too many rather than one too few", () => {
  assertEquals(["Authorization", "X-Api-Key", "Cookie", "Accept"].map(isSecretHeader), [
    true,
    true,
    true,
    false,
  ]);
});

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
