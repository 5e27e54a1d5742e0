import { assertEquals, assertMatch } from "@std/assert";
import type { Answer } from "../../../src/sandbox/server/answer.ts";
import {
  authenticationFailed,
  internalError,
  internalServerError,
  jobNotFound,
  methodNotAllowed,
  notAuthenticated,
  proxyPage,
  proxyTimeout,
  taskNotFound,
  validationError,
} from "../../../src/sandbox/server/errors.ts";
import { test } from "../../support/test.ts";

/** Status, code and details of an error in the service's own shape. */
function told({ status, payload }: Answer): unknown[] {
  const { error_code: code, details, request_id: id } = JSON.parse(String(payload));
  return [status, code, details, id];
}

test("errors of the service itself have a code, details or null, and the request's id", () => {
  assertEquals(told(jobNotFound("r")), [404, "JOB_NOT_FOUND", null, "r"]);
  assertEquals(told(taskNotFound("r")), [404, "TASK_NOT_FOUND", null, "r"]);
  assertEquals(told(authenticationFailed("r")), [401, "AUTHENTICATION_FAILED", null, "r"]);
  const error = "(2003, down)";
  assertEquals(told(internalError("r", "m", error)), [500, "INTERNAL_ERROR", { error }, "r"]);
});

test("errors that the service did not catch come from outside its layers", () => {
  const answer = internalServerError("r");
  assertEquals([told(answer)[1], answer.bare], ["INTERNAL_SERVER_ERROR", true]);
});

test("validationError() tells every problem, and fails itself at an input that JSON cannot hold", () => {
  const problem = (input: unknown) => ({ type: "t", loc: ["body", 0], msg: "m", input });
  assertEquals(told(validationError("r", [problem(1), problem({ a: ["b"] })])), [
    422,
    "VALIDATION_ERROR",
    { errors: [problem(1), problem({ a: ["b"] })] },
    "r",
  ]);
  for (const input of [NaN, "\ud800", { a: [Infinity] }, { "\udc00": 1 }]) {
    assertEquals(told(validationError("r", [problem(input)]))[1], "INTERNAL_SERVER_ERROR");
  }
});

test("errors of the framework say nothing but a detail, and how to do better in a header", () => {
  const { headers, payload, status } = methodNotAllowed("GET");
  assertEquals([status, payload, headers.allow], [405, '{"detail":"Method Not Allowed"}', "GET"]);
  assertEquals(notAuthenticated().headers["www-authenticate"], "Bearer");
});

test("errors of a proxy are pages and texts of its own", () => {
  const page = proxyPage(502);
  assertEquals([page.status, page.headers["content-type"]], [502, "text/html"]);
  assertMatch(String(page.payload), /<h1>502 Bad Gateway<\/h1>/);
  assertMatch(String(proxyPage(599).payload), /<h1>599 Error<\/h1>/);
  assertEquals([proxyTimeout().status, proxyTimeout().payload], [504, "upstream request timeout"]);
});
