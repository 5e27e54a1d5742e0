import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  checkCallOptions,
  type ClientOptions,
  type Credentials,
  resolveConfig,
} from "../../src/http/config.ts";
import { secretsOf } from "../../src/http/options.ts";
import { RequestInvalidError } from "../../src/http/errors.ts";
import { test } from "../support/test.ts";

const TOKEN: Credentials = { token: "t0ken" };

/** What is wrong with options that TypeScript would not let through. */
function problems(options: Record<string, unknown>, credentials?: Credentials): string[] {
  const given: ClientOptions = { baseUrl: "https://x.test", ...options };
  const error: RequestInvalidError = assertThrows(
    () => resolveConfig(given, credentials),
    RequestInvalidError,
  );
  assert(error.message.startsWith("Cannot make a client:\n  "));
  return error.issues.map(({ path, message }) => `${path}: ${message}`);
}

test("resolveConfig() fills in the defaults", () => {
  const config = resolveConfig({ baseUrl: "https://x.test" }, TOKEN);
  assertEquals(config.timeout, 60_000);
  assertEquals(config.retry, { limit: 2, maxRetryAfter: 60_000 });
  assertEquals([config.auth?.prefix, config.auth?.headerName], ["Bearer", "Authorization"]);
  assertEquals([config.native, config.cookie], [true, undefined]);
});

test("resolveConfig() keeps the path of a base URL, without a slash at its end", () => {
  const urls = [
    "https://x.test/",
    "https://x.test/api//",
    " https://X.test:443/a ",
    new URL("https://x.test/b/"),
  ];
  assertEquals(urls.map((baseUrl) => resolveConfig({ baseUrl }).baseUrl), [
    "https://x.test",
    "https://x.test/api",
    "https://x.test/a",
    "https://x.test/b",
  ]);
});

test("resolveConfig() refuses what is no base URL", () => {
  const example = "baseUrl: expected an absolute URL such as https://dispatch.example.test, got ";
  assertEquals(problems({ baseUrl: "x.test/api" }), [
    `${example}the string "x.test/api": write https:// before it`,
  ]);
  assertEquals(problems({ baseUrl: "ftp://x.test" }), [`${example}the string "ftp://x.test"`]);
  assertEquals(problems({ baseUrl: undefined }), [`${example}nothing`]);
  assertEquals(problems({ baseUrl: "https://x.test?a=1" }), [
    `${example}one with a query or fragment`,
  ]);
});

test("resolveConfig() shows neither a password nor a token that stand where the base URL should", () => {
  const [password] = problems({ baseUrl: "https://user:s3cret@x.test" });
  assert(password?.endsWith("got one with a user name or password in it"));
  for (const baseUrl of ["user:s3cret@x.test", "ftp://user:s3cret@x.test", "s3cret-t0ken"]) {
    assert(!problems({ baseUrl }).join().includes("s3cret"), baseUrl);
  }
});

test("resolveConfig() sends a token over https alone, or to this machine", () => {
  for (
    const baseUrl of [
      "http://localhost:8000",
      "http://127.0.0.1",
      "http://127.9.9.9",
      "http://[::1]:80",
      "http://a.localhost",
      "https://x.test",
    ]
  ) {
    assert(resolveConfig({ baseUrl }, TOKEN).baseUrl.startsWith("http"), baseUrl);
  }
  for (
    const baseUrl of [
      "http://x.test",
      "http://localhost.x.test",
      "http://127.0.0.1.x.test",
      "http://10.0.0.1",
      "http://0.0.0.0",
    ]
  ) {
    const [problem] = problems({ baseUrl }, TOKEN);
    assert(problem?.includes("expected https: for "), baseUrl);
    assert(problem?.includes("allowInsecure: true"), baseUrl);
  }
});

test("resolveConfig() lets a token go over http when that is asked for, and calls without one", () => {
  const insecure = { baseUrl: "http://x.test", allowInsecure: true };
  assertEquals(resolveConfig(insecure, TOKEN).baseUrl, "http://x.test");
  assertEquals(resolveConfig({ baseUrl: "http://x.test" }).baseUrl, "http://x.test");
});

test("resolveConfig() sends secret headers and cookies over https alone, or to this machine", () => {
  const secrets = [
    { headers: { Authorization: "Basic abc" } },
    { headers: { "x-api-key": "abc" } },
    { cookies: { sid: "1" } },
  ];
  for (const options of secrets) {
    const [problem] = problems({ baseUrl: "http://x.test", ...options });
    assert(problem?.includes("over http: can be read on its way; allowInsecure: true"), problem);
    for (
      const safe of [{ baseUrl: "http://127.0.0.1" }, { baseUrl: "https://x.test" }, {
        baseUrl: "http://x.test",
        allowInsecure: true,
      }]
    ) assertEquals(resolveConfig({ ...safe, ...options }).readable, false);
  }
  const plain = resolveConfig({ baseUrl: "http://x.test", headers: { "X-Other": "1" } });
  assertEquals(plain.readable, true);
});

test("checkCallOptions() holds the headers of a call to the same rule", () => {
  const headers = { Authorization: "Basic abc" };
  const check = (options: ClientOptions) =>
    checkCallOptions(resolveConfig(options), { headers }, "Cannot ask how the service is");
  const error: RequestInvalidError = assertThrows(
    () => check({ baseUrl: "http://x.test" }),
    RequestInvalidError,
  );
  assert(error.message.includes("the header Authorization over http:"), error.message);
  check({ baseUrl: "http://x.test", allowInsecure: true });
  check({ baseUrl: "http://localhost" });
});

test("resolveConfig() refuses options that nobody knows, with the nearest, and a token for a Client", () => {
  assertEquals(problems({ baseURL: "https://x.test", retries: 3 }), [
    'baseURL: no such option; did you mean "baseUrl"?',
    "retries: no such option",
  ]);
  assertEquals(problems({ token: "t0ken" }), [
    "token: a Client has no use for one: make an AuthenticatedClient",
  ]);
  assertEquals(problems({ maxBody: 0 }), ["maxBody: expected bytes above 0, got the number 0"]);
  assertEquals(problems({ onRequest: "log" }), [
    'onRequest: expected a function, got the string "log"',
  ]);
});

test("resolveConfig() names every problem at once", () => {
  const found = problems({
    baseUrl: "x",
    timeout: 0,
    retry: { limit: -1, maxRetryAfter: NaN },
    headers: { "bad name": "1", "X-Line": "a\nb" },
    cookies: { a: "1;2" },
  }, { token: "t0ken", prefix: "Bearer s3cret", authHeaderName: "a b" });
  assertEquals(found.map((problem) => problem.slice(0, problem.indexOf(":"))), [
    "baseUrl",
    'headers["bad name"]',
    'headers["X-Line"]',
    'cookies["a"]',
    "timeout",
    "retry.limit",
    "retry.maxRetryAfter",
    "authHeaderName",
    "prefix",
  ]);
  assert(!found.join().includes("s3cret"));
});

test("resolveConfig() refuses a time limit that is none", () => {
  for (const timeout of [0, -1, NaN, "60"]) {
    assert(problems({ timeout })[0]?.startsWith("timeout: expected milliseconds above 0"));
  }
  assertEquals(resolveConfig({ baseUrl: "https://x.test", timeout: null }).timeout, null);
});

test("resolveConfig() words cookies as one header", () => {
  const config = resolveConfig({ baseUrl: "https://x.test", cookies: { a: "1", b: "x=y" } });
  assertEquals(config.cookie, "a=1; b=x=y");
});

test("secretsOf() knows which headers carry secrets, with and without a scheme", () => {
  const headers = {
    "Authorization": "Basic dXNlcjpwYXNz",
    "X-Api-Key": "0123456789",
    "X-Language": "english",
    "Cookie": "a",
  };
  assertEquals(secretsOf(headers), [
    "Basic dXNlcjpwYXNz",
    "dXNlcjpwYXNz",
    "0123456789",
    "0123456789",
  ]);
  assertEquals(secretsOf(undefined), []);
});

test("checkCallOptions() names every problem at once", () => {
  const options: object = { timeout: -1, headers: { "X-A": "\n\u0000" }, signal: "stop" };
  const error: RequestInvalidError = assertThrows(
    () =>
      checkCallOptions(
        resolveConfig({ baseUrl: "https://x.test" }),
        options,
        "Cannot get unit job 42",
      ),
    RequestInvalidError,
  );
  assertEquals(error.issues.map(({ path }) => path), ["signal", 'headers["X-A"]', "timeout"]);
  assert(error.message.startsWith("Cannot get unit job 42:\n  "));
});
