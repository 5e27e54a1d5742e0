import { assert, assertEquals } from "@std/assert";
import {
  clean,
  hasSignedPath,
  hasUserInfo,
  redact,
  redactCause,
  redactHeaders,
  redactJson,
} from "../../src/core/redact.ts";
import { test } from "../support/test.ts";

test("redact() finds a known secret as it is", () => {
  assertEquals(redact("one s3cret, two s3crets", ["s3cret"]), "one (hidden), two (hidden)s");
});

test("redact() takes an empty secret for none", () => {
  assertEquals(redact("nothing is hidden", [""]), "nothing is hidden");
});

test("redact() takes the longer of two secrets first", () => {
  assertEquals(redact("token-1-more", ["token-1", "token-1-more"]), "(hidden)");
});

test("redact() leaves a text alone that holds none", () => {
  const text = "Bearer token is missing; Basic auth is off; see the code, and the signature below";
  assertEquals(redact(text, ["s3cret"]), text);
});

test("redact() finds what looks like a secret", () => {
  const cases: Record<string, string> = {
    "Authorization: Bearer abc.def": "Authorization: (hidden)",
    '{"authorization":"Basic dXNlcjpwYXNz"}': '{"authorization":"(hidden)"}',
    "sent Bearer 0a1b2c3d4e to it": "sent Bearer (hidden) to it",
    "sent bearer abcdefghijklmnopqrstuvwxyz": "sent bearer (hidden)",
    "Set-Cookie: sid=1; Path=/": "Set-Cookie: (hidden)",
    "x-api-key=17": "x-api-key=(hidden)",
    "got eyJhbGciOiJI.eyJzdWIiOiIx.c2ln!": "got (hidden)!",
    "wss://x.test/ws?interval=1&token=abc&x=1": "wss://x.test/ws?interval=1&token=(hidden)&x=1",
    "https://s3.test/a.tif?X-Amz-Signature=0f&X-Amz-Date=1":
      "https://s3.test/a.tif?X-Amz-Signature=(hidden)&X-Amz-Date=1",
    "https://b.test/a?sig=a%2Fb&se=1": "https://b.test/a?sig=(hidden)&se=1",
  };
  for (const [text, clean] of Object.entries(cases)) assertEquals(redact(text), clean);
});

test("redact() does not break the JSON around a header", () => {
  const clean = redact(JSON.stringify({ message: 'no authorization: "Bearer" wanted', id: 1 }));
  assertEquals(JSON.parse(clean).id, 1);
});

test("redactJson() cleans strings and keys at every depth, and keeps the rest", () => {
  const value = JSON.parse('{"a":[1,null,true,"x s3cret"],"s3cret":{"__proto__":"s3cret"}}');
  const clean = redactJson(value, ["s3cret"]);
  assertEquals(
    JSON.stringify(clean),
    '{"a":[1,null,true,"x (hidden)"],"(hidden)":{"__proto__":"(hidden)"}}',
  );
});

test("redactHeaders() cleans values, and copies only where it must", () => {
  const headers = new Headers({ "X-Echo": "Bearer s3cret", "X-Other": "1" });
  const clean = redactHeaders(headers, ["s3cret"]);
  assertEquals([...clean], [["x-echo", "Bearer (hidden)"], ["x-other", "1"]]);
  const harmless = new Headers({ "X-Other": "1" });
  assert(redactHeaders(harmless, ["s3cret"]) === harmless);
});

test("redactCause() keeps name, message, stack and causes of an error, and nothing else", () => {
  const inner = Object.assign(new RangeError("inner s3cret"), { token: "s3cret" });
  const outer = Object.assign(new TypeError("outer s3cret", { cause: inner }), {
    request: { headers: { authorization: "s3cret" } },
  });
  const clean = redactCause(outer, ["s3cret"]);
  assertEquals([clean.name, clean.message], ["TypeError", "outer (hidden)"]);
  const { name, message } = Object(clean.cause);
  assertEquals([name, message], ["RangeError", "inner (hidden)"]);
  assert(clean.stack?.includes("redact_test.ts"));
  assert(!Deno.inspect(clean, { showHidden: true }).includes("s3cret"));
});

test("redactCause() makes an error of whatever was thrown", () => {
  assertEquals(redactCause("no s3cret", ["s3cret"]).message, "no (hidden)");
  assertEquals(redactCause(undefined, []).message, "undefined");
  assertEquals(redactCause(Symbol("s"), []).message, "Symbol(s)");
  assertEquals(redactCause(Object.create(null), []).message, "something that cannot be shown");
});

test("redactCause() ends where causes go round in a circle", () => {
  const error = new Error("round");
  error.cause = error;
  let depth = 0;
  for (let at: unknown = redactCause(error, []); at instanceof Error; at = at.cause) depth++;
  assertEquals(depth, 8);
});

test("redact() hides what names call a secret, wherever they stand", () => {
  const cases: Record<string, string> = {
    "ask https://x.test/a?token=s3cret": "ask https://x.test/a?token=(hidden)",
    "https://x.test/?a=1&access_token=s3cret&b=2": "https://x.test/?a=1&access_token=(hidden)&b=2",
    "https://x.test/?a=1&amp;key=s3cret&amp;b=2": "https://x.test/?a=1&amp;key=(hidden)&amp;b=2",
    "https://x.test/#id_token=s3cret": "https://x.test/#id_token=(hidden)",
    "to=https%3A%2F%2Fx.test%3Fcode%3Ds3cret%26b%3D1":
      "to=https%3A%2F%2Fx.test%3Fcode%3D(hidden)%26b%3D1",
    "https://me:hunter2@c.test/udp.json?api_key=abc":
      "https://(hidden)@c.test/udp.json?api_key=(hidden)",
    "https://x.test/?X-Amz-Signature=s3cret&X-Amz-Credential=AK%2F1&X-Goog-Signature=ab":
      "https://x.test/?X-Amz-Signature=(hidden)&X-Amz-Credential=(hidden)&X-Goog-Signature=(hidden)",
    "grant_type=x&client_secret=s3cret&device_code=d3vice":
      "grant_type=x&client_secret=(hidden)&device_code=(hidden)",
    "client_secret=s3cret": "client_secret=(hidden)",
    '{"refresh_token":"s3cret","expires_in":300}': '{"refresh_token":"(hidden)","expires_in":300}',
    '{"a":"{\\"refresh_token\\": \\"s3c\\\\\\"ret\\"}"}':
      '{"a":"{\\"refresh_token\\": \\"(hidden)\\"}"}',
    '{"password":"s3c\\"ret\\\\","b":1}': '{"password":"(hidden)","b":1}',
    "{'refresh_token': 's3cret', 'b': 1}": "{'refresh_token': '(hidden)', 'b': 1}",
    "[('authorization', 'Bearer s3cret')]": "[('authorization', '(hidden)')]",
    "s3://AKEY:s3cret@bucket/key": "s3://(hidden)@bucket/key",
    "postgres://u:s3cret@host:5432/db": "postgres://(hidden)@host:5432/db",
    "postgres://u:s3/cret@host/db": "postgres://(hidden)@host/db",
    "https:\\/\\/me:s3cret@x.test\\/a": "https:\\/\\/(hidden)@x.test\\/a",
    "Cookie: sid=s3cret; theme=s3cret": "Cookie: (hidden)",
    "password: s3cret123": "password: (hidden)",
    "found AKIAIOSFODNN7EXAMPLE there": "found (hidden) there",
  };
  for (const [text, clean] of Object.entries(cases)) assertEquals(redact(text), clean);
});

test("redact() hides user and signature in the path of a result's address", () => {
  const base = "https://openeo.test/openeo/1.2/jobs/j-1/results";
  const cases: Record<string, string> = {
    [`${base}/assets/dXNlcg==/0123456789abcdef/openEO.tif?expires=1`]:
      `${base}/assets/(hidden)/(hidden)/openEO.tif?expires=1`,
    [`${base}/items11/dXNlcg/0123456789abcdef/item`]: `${base}/items11/(hidden)/(hidden)/item`,
    [`${base}/dXNlcg/0123456789abcdef0123456789abcdef?expires=1`]:
      `${base}/(hidden)/(hidden)?expires=1`,
    [`${base}/assets/openEO.tif`]: `${base}/assets/openEO.tif`,
    [`${base}/2024/openEO.tif`]: `${base}/2024/openEO.tif`,
    "https:\\/\\/x.test\\/results\\/assets\\/u\\/s1g\\/a.tif":
      "https:\\/\\/x.test\\/results\\/assets\\/(hidden)\\/(hidden)\\/a.tif",
  };
  for (const [text, clean] of Object.entries(cases)) {
    assertEquals(redact(text), clean);
    assertEquals(redact(redact(text)), clean);
    assertEquals(hasSignedPath(text), text !== clean);
  }
});

test("redact() leaves ordinary words, codes and addresses alone", () => {
  for (
    const text of [
      "a=b",
      "me@example.test",
      "ndvi@v2",
      "npm:zod@4",
      "a token of thanks",
      "bearer of news",
      "x?tokens=3",
      "Invalid token: signature has expired",
      "could not validate credentials: please sign in",
      '{"code":"JOB_NOT_FOUND","error_code":"INTERNAL_ERROR","key":"value"}',
      "status code=404, exit code: 1",
      "HTTP 502 at 2026-11-23T15:38:21Z: https://x.test:8443/a/b?v=1#top",
      "https://x.test/@scope/package",
      'client.upscaleTasks.watch(7, { expectedJobs: 12, token: "" })',
      "spatial_extent: { west: 12, south: 41, east: 13, north: 42 }",
    ]
  ) {
    assertEquals(redact(text), text);
  }
});

test("redact() reads a bounded part, and drops what it has not read", () => {
  const clean = redact(`${"a ".repeat(600_000)}token=s3cret`);
  assertEquals([clean.length, clean.endsWith("…")], [1_048_577, true]);
});

test("hasUserInfo() sees the user in an address", () => {
  assertEquals(hasUserInfo("https://me@x.test/a"), true);
  assertEquals(hasUserInfo("https://x.test/me@a"), false);
});

test("redactJson() hides what a key calls a secret", () => {
  assertEquals(redactJson({ refresh_token: "s3cret", code: "X", n: { apiKey: "k" } }, []), {
    refresh_token: "(hidden)",
    code: "X",
    n: { apiKey: "(hidden)" },
  });
});

test("redactCause() takes out what would command a terminal", () => {
  const clean = redactCause(new Error("a\u001b[31mb\nc\u202ed"), []);
  assertEquals(clean.message, "ab\ncd");
  assert(!/[\p{Cc}\p{Cf}]/u.test(clean.stack?.replaceAll("\n", "") ?? ""));
});

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
