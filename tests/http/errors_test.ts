import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import * as errors from "../../src/http/errors.ts";
import { DispatchError } from "../../src/core/dispatch_error.ts";
import { ModelInvalidError } from "../../src/models/schema/issue.ts";
import { test } from "../support/test.ts";

const HTTP = { status: 418, content: "tea" };
const INVALID = { status: 200, mediaType: null, excerpt: "", content: new Uint8Array() };
const ISSUES = [{ path: "id", message: "expected a positive integer" }];

const FAMILY: readonly DispatchError[] = [
  new errors.RequestInvalidError("Cannot", { issues: ISSUES }),
  new errors.UnansweredError("Cannot"),
  new errors.ConnectionError("Cannot"),
  new errors.TimeoutError("Cannot"),
  new errors.ResponseInvalidError("Cannot", INVALID),
  new errors.HttpError("Cannot", HTTP),
  new errors.AuthenticationError("Cannot", HTTP),
  new errors.PermissionError("Cannot", HTTP),
  new errors.NotFoundError("Cannot", HTTP),
  new errors.ValidationError("Cannot", { ...HTTP, issues: ISSUES }),
  new errors.RateLimitError("Cannot", HTTP),
  new errors.ServerError("Cannot", HTTP),
];

test("DispatchError is the root of every error, each named after its class, in its stack too", () => {
  assertEquals(FAMILY.length, Object.values(errors).length);
  for (const error of FAMILY) {
    assertInstanceOf(error, DispatchError);
    assertInstanceOf(error, Error);
    assertEquals(error.name, error.constructor.name);
    assert(error.stack?.startsWith(`${error.name}: Cannot`), error.stack);
    assert(!Object.keys(error).includes("name"));
  }
});

test("RequestInvalidError lists its issues, and says that nothing was sent", () => {
  const error = new errors.RequestInvalidError("Cannot get unit job -1", { issues: ISSUES });
  assertInstanceOf(error, ModelInvalidError);
  assertEquals(error.message, "Cannot get unit job -1:\n  id: expected a positive integer");
  assertEquals([error.issues, error.outcome], [ISSUES, "not-sent"]);
});

test("ConnectionError and TimeoutError are of unknown outcome unless it is known", () => {
  for (const type of [errors.UnansweredError, errors.ConnectionError, errors.TimeoutError]) {
    assertInstanceOf(new type("Cannot"), errors.UnansweredError);
    assertEquals(new type("Cannot").outcome, "unknown");
    const cause = new Error("why");
    const error = new type("Cannot", {
      outcome: "not-sent",
      requestId: "c-1",
      hint: "wait",
      cause,
    });
    assertEquals(
      [error.outcome, error.requestId, error.hint, error.cause],
      ["not-sent", "c-1", "wait", cause],
    );
  }
});

test("HttpError has only the fields that are known", () => {
  assertEquals(Object.keys(new errors.HttpError("Cannot", HTTP)), ["status"]);
  const error = new errors.HttpError("Cannot", {
    ...HTTP,
    errorCode: "APEX_ERROR",
    requestId: "c-1",
    details: { a: 1 },
    retryAfter: 1000,
    outcome: "unknown",
    hint: "wait",
  });
  assertEquals(Object.keys(error).sort(), [
    "details",
    "errorCode",
    "hint",
    "outcome",
    "requestId",
    "retryAfter",
    "status",
  ]);
  assertEquals(error.content, "tea");
  assertEquals(new errors.HttpError("Cannot", { ...HTTP, details: null }).details, undefined);
});

test("ResponseInvalidError has no issues where nothing could be read", () => {
  const error = new errors.ResponseInvalidError("Cannot", INVALID);
  assertEquals([error.issues, error.outcome, error.requestId], [[], undefined, undefined]);
});
