import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DispatchError, WatchError } from "../../mod.ts";
import {
  AuthenticationError,
  ConnectionError,
  HttpError,
  NotFoundError,
  PermissionError,
  RequestInvalidError,
  ResponseInvalidError,
  ServerError,
  TimeoutError,
} from "../../src/http/errors.ts";
import { lastWord, mayPass, outageError, problemOf } from "../../src/live/trouble.ts";
import { test } from "../support/test.ts";

test("WatchError carries the work as it was last read", () => {
  const error = new WatchError("Cannot tell how job 1 is", { value: { id: 1 }, hint: "look" });
  assert(error instanceof DispatchError);
  assertEquals([error.name, error.message, error.value, error.hint], [
    "WatchError",
    "Cannot tell how job 1 is",
    { id: 1 },
    "look",
  ]);
  assert(!("value" in new WatchError("Cannot watch")));
});

const CONTENT = { content: "" };
const INVALID = { status: 200, mediaType: null, excerpt: "", content: new Uint8Array() };
const KNOWN = {
  headline: "Cannot watch upscaling task 7",
  again: "client.upscaleTasks.watch(7, { expectedJobs: 40 })",
  value: { id: 7 },
};

function connection(reason: string): ConnectionError {
  return new ConnectionError("Cannot get unit job 1: no connection to https://x.test", {
    cause: new Error(`client error (Connect): ${reason}`),
  });
}

const dns = connection("dns error: failed to lookup address information");
const certificate = connection("invalid peer certificate: UnknownIssuer");
const refused = connection("tcp connect error: Connection refused (os error 111)");
const failingFunction = new RequestInvalidError("Cannot use the token", {
  issues: [{ path: "token", message: "the token function failed: no network" }],
  cause: new Error("no network"),
});

test("mayPass() tells what can pass by itself, before the service was heard and after", () => {
  const forbidden = Object.assign(new Error("no net access"), { name: "NotCapable" });
  const otherWork = { ...INVALID, issues: [{ path: "id", message: "expected 5, got 99" }] };
  const cases: readonly (readonly [Error, before: boolean, after: boolean])[] = [
    [refused, true, true],
    [dns, false, true],
    [certificate, false, true],
    [new ConnectionError("x", { cause: forbidden }), false, false],
    [new TimeoutError("late"), true, true],
    [new ResponseInvalidError("a page", INVALID), true, true],
    [new ResponseInvalidError("other work", otherWork), false, false],
    [failingFunction, false, true],
    [new RequestInvalidError("x", { issues: [] }), false, false],
    ...[500, 502, 503].map((status) =>
      [new ServerError("x", { status, ...CONTENT }), true, true] as const
    ),
    ...[408, 429].map((status) =>
      [new HttpError("x", { status, ...CONTENT }), true, true] as const
    ),
    ...[400, 401, 403, 404, 422].map((status) =>
      [new HttpError("x", { status, ...CONTENT }), false, false] as const
    ),
    [new TypeError("a bug"), false, false],
  ];
  for (const [error, before, after] of cases) {
    assertEquals([mayPass(error, false), mayPass(error, true)], [before, after], error.message);
  }
});

test("problemOf() says in a line what is wrong and why, not what was asked", () => {
  assertEquals(problemOf(refused), "no connection to https://x.test: the connection was refused");
  assertEquals(problemOf(failingFunction), "the token function failed: no network");
  const platform = new ServerError(
    "Cannot get unit job 1: the service answered 500\n  Reason given: the platform answered 503\n  What to do: wait",
    { status: 500, ...CONTENT },
  );
  assertEquals(problemOf(platform), "the service answered 500: the platform answered 503");
});

test("outageError() says how long, why, that the work goes on, and how to take it up again", () => {
  const cause = new ServerError("Cannot get it: 503\n  What to do: wait\n  Request id: r-1", {
    status: 503,
    hint: "wait",
    ...CONTENT,
  });
  const error = outageError({ problem: "503", lasted: "30 min", cause }, KNOWN);
  assertEquals(
    error.message,
    "Cannot watch upscaling task 7: nothing could be learned of it for 30 min: 503\n" +
      "  What to do: wait; the work goes on; take it up again with " +
      "client.upscaleTasks.watch(7, { expectedJobs: 40 }), with maxOutage for more patience\n" +
      "  Request id: r-1",
  );
  assert(error.cause === cause);
  assertEquals(error.value, { id: 7 });
  // What ended a watch is not worded twice.
  assert(lastWord(error, KNOWN) === error);
});

test("lastWord() keeps the kind of an error, and adds that the work goes on", () => {
  const options = { status: 401, errorCode: "AUTHENTICATION_FAILED", requestId: "r-2", ...CONTENT };
  const message = "Cannot get it: 401\n  What to do: sign in anew\n  Request id: r-2";
  const errors = [
    new AuthenticationError(message, { ...options, hint: "sign in anew" }),
    new PermissionError(message, { ...options, hint: "sign in anew" }),
    new HttpError(message, { ...options, hint: "sign in anew" }),
    new ConnectionError(message, { requestId: "r-2", hint: "sign in anew", cause: new Error("x") }),
    new WatchError(message, { hint: "sign in anew" }),
  ];
  for (const error of errors) {
    const last = lastWord(error, KNOWN);
    assertEquals(Object(last).constructor, error.constructor);
    assertEquals(
      Object(last).message,
      `Cannot get it: 401\n  What to do: sign in anew; the work goes on; take it up again with ${KNOWN.again}\n  Request id: r-2`,
    );
    if ("requestId" in error) assertEquals(Object(last).requestId, "r-2");
    if ("content" in error) assertEquals(Object(last).content, "");
  }
});

test("lastWord() says what a company's certificate needs", () => {
  const last = lastWord(certificate, KNOWN);
  assert(last instanceof ConnectionError);
  const { message } = Object(last);
  assertStringIncludes(message, "DENO_TLS_CA_STORE=system");
  assertStringIncludes(message, KNOWN.again);
});

test("lastWord() leaves alone what says that there is no such work, and what is not ours", () => {
  for (
    const error of [new NotFoundError("gone", { status: 404, ...CONTENT }), new TypeError("x")]
  ) {
    assert(lastWord(error, KNOWN) === error);
  }
});
