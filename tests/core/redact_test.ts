import { assert, assertEquals } from "@std/assert";
import { redact, redactCause, redactHeaders, redactJson } from "../../src/core/redact.ts";
import { test } from "../support/test.ts";

const SECRET = "a/b+c\"d\\e<f>=&'~";

test("redact() finds a known secret as it is", () => {
  assertEquals(redact("one s3cret, two s3crets", ["s3cret"]), "one [redacted], two [redacted]s");
});

test("redact() finds a known secret in every encoding that a server may echo", () => {
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
    assert(/^before (?:a=|[\\"]*)\[redacted\][\\"]* after$/.test(clean), `${name}: ${clean}`);
  }
});

test("redact() finds a long secret that was shortened", () => {
  const secret = "ory_at_4mK9-0123456789abcdefghij";
  assertEquals(
    redact("bad token ory_at_4mK9-0123456789ab... expired", [secret]),
    "bad token [redacted] expired",
  );
});

test("redact() takes the longer of two secrets first", () => {
  assertEquals(redact("token-1-more", ["token-1", "token-1-more"]), "[redacted]");
});

test("redact() leaves a text alone that holds none", () => {
  const text = "Bearer token is missing; Basic auth is off; see the code, and the signature below";
  assertEquals(redact(text, ["s3cret"]), text);
});

test("redact() finds what looks like a secret", () => {
  const cases: Record<string, string> = {
    "Authorization: Bearer abc.def": "Authorization: [redacted]",
    '{"authorization":"Basic dXNlcjpwYXNz"}': '{"authorization":"[redacted]"}',
    "sent Bearer 0a1b2c3d4e to it": "sent Bearer [redacted] to it",
    "sent bearer abcdefghijklmnopqrstuvwxyz": "sent bearer [redacted]",
    "Set-Cookie: sid=1; Path=/": "Set-Cookie: [redacted]",
    "x-api-key=17": "x-api-key=[redacted]",
    "got eyJhbGciOiJI.eyJzdWIiOiIx.c2ln!": "got [redacted]!",
    "wss://x.test/ws?interval=1&token=abc&x=1": "wss://x.test/ws?interval=1&token=[redacted]&x=1",
    "https://s3.test/a.tif?X-Amz-Signature=0f&X-Amz-Date=1":
      "https://s3.test/a.tif?X-Amz-Signature=[redacted]&X-Amz-Date=1",
    "https://b.test/a?sig=a%2Fb&se=1": "https://b.test/a?sig=[redacted]&se=1",
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
    '{"a":[1,null,true,"x [redacted]"],"[redacted]":{"__proto__":"[redacted]"}}',
  );
});

test("redactHeaders() cleans values, and copies only where it must", () => {
  const headers = new Headers({ "X-Echo": "Bearer s3cret", "X-Other": "1" });
  const clean = redactHeaders(headers, ["s3cret"]);
  assertEquals([...clean], [["x-echo", "Bearer [redacted]"], ["x-other", "1"]]);
  const harmless = new Headers({ "X-Other": "1" });
  assert(redactHeaders(harmless, ["s3cret"]) === harmless);
});

test("redactCause() keeps name, message, stack and causes of an error, and nothing else", () => {
  const inner = Object.assign(new RangeError("inner s3cret"), { token: "s3cret" });
  const outer = Object.assign(new TypeError("outer s3cret", { cause: inner }), {
    request: { headers: { authorization: "s3cret" } },
  });
  const clean = redactCause(outer, ["s3cret"]);
  assertEquals([clean.name, clean.message], ["TypeError", "outer [redacted]"]);
  const { name, message } = Object(clean.cause);
  assertEquals([name, message], ["RangeError", "inner [redacted]"]);
  assert(clean.stack?.includes("redact_test.ts"));
  assert(!Deno.inspect(clean, { showHidden: true }).includes("s3cret"));
});

test("redactCause() makes an error of whatever was thrown", () => {
  assertEquals(redactCause("no s3cret", ["s3cret"]).message, "no [redacted]");
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
