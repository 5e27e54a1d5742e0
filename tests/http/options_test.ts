import { assert, assertEquals } from "@std/assert";
import {
  checkCookies,
  checkHeaders,
  checkSecrecy,
  checkTimeout,
  isReadable,
  secretsOf,
} from "../../src/http/options.ts";
import { test } from "../support/test.ts";

/** What a check finds wrong, each with its path. */
function found(check: (refuse: (path: string, message: string) => void) => void): string[] {
  const problems: string[] = [];
  check((path, message) => problems.push(`${path}: ${message}`));
  return problems;
}

test("isReadable() is plain http to another machine", () => {
  const urls = ["http://x.test", "https://x.test", "http://127.0.0.1", "http://[::1]:80"];
  assertEquals(urls.filter((url) => isReadable(new URL(url))), ["http://x.test"]);
});

test("checkSecrecy() names what anyone could read, and how to send it all the same", () => {
  const [problem] = found((refuse) =>
    checkSecrecy(new URL("http://x.test:81"), { what: "a cookie", path: "cookies", refuse })
  );
  assertEquals(
    problem,
    "cookies: expected https: for x.test:81, because a cookie over http: can be read on its way; " +
      "allowInsecure: true sends it all the same",
  );
  const what = { what: "a cookie", path: "cookies" };
  assertEquals(
    found((refuse) => checkSecrecy(new URL("https://x.test"), { ...what, refuse })),
    [],
  );
});

test("checkHeaders() and checkCookies() take what HTTP allows", () => {
  assertEquals(found((refuse) => checkHeaders({ "X-A": "1", "": "2" }, "headers", refuse)), [
    'headers[""]: expected the name and value of a header, as HTTP allows them',
  ]);
  const problems = found((refuse) =>
    assertEquals(checkCookies({ a: "1", b: "2" }, refuse), "a=1; b=2")
  );
  assertEquals(problems, []);
  assert(found((refuse) => checkCookies({ a: "1 2" }, refuse))[0]?.startsWith('cookies["a"]: '));
});

test("checkTimeout() takes milliseconds above 0, and null", () => {
  for (const timeout of [1, 0.5, Infinity, null]) {
    assertEquals(found((refuse) => checkTimeout(timeout, refuse)), []);
  }
  for (const timeout of [0, -1, NaN]) {
    assertEquals(found((refuse) => checkTimeout(timeout, refuse)).length, 1);
  }
});

test("secretsOf() finds what headers with telling names hold, with and without a scheme", () => {
  assertEquals(
    secretsOf({
      Authorization: "Basic abcdef123",
      "X-Api-Key": "k3y-of-mine",
      "X-Other": "visible",
    }),
    ["Basic abcdef123", "abcdef123", "k3y-of-mine", "k3y-of-mine"],
  );
  assertEquals(secretsOf(undefined), []);
});
