import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import {
  type Answer,
  authenticationFailed,
  internalError,
  internalServerError,
  jobNotFound,
  jsonAnswer,
  methodNotAllowed,
  notAuthenticated,
  proxyPage,
  proxyTimeout,
  rawAnswer,
  taskNotFound,
  toResponse,
  validationError,
} from "../../../src/sandbox/server/answers.ts";
import { test } from "../../support/test.ts";

test("jsonAnswer() writes what JSON cannot hold as null, as the service does", () => {
  assertEquals(jsonAnswer(201, { width: NaN }, { "x-a": "1" }), {
    status: 201,
    headers: { "content-type": "application/json", "x-a": "1" },
    payload: '{"width":null}',
  });
});

test("toResponse() adds the headers of the service's layers, unless it comes from outside them", async () => {
  const layers = { vary: "Origin" };
  const answer = rawAnswer(200, "text", { "content-type": "text/plain" });
  const response = toResponse({ answer }, layers);
  assertEquals([response.headers.get("vary"), await response.text()], ["Origin", "text"]);
  const bare = toResponse({ answer: { ...answer, bare: true } }, layers);
  assertEquals([bare.headers.get("vary"), await bare.text()], [null, "text"]);
});

test("toResponse() gives no body to a status that has none", () => {
  assertEquals(toResponse({ answer: rawAnswer(204, "text") }, {}).body, null);
});

test("toResponse() promises all of a body and sends half of it where the connection breaks midway", async () => {
  for (const payload of ["12345678", new TextEncoder().encode("12345678")]) {
    const response = toResponse({ answer: rawAnswer(200, payload), broken: "midway" }, {});
    assertEquals(response.headers.get("content-length"), "8");
    assertEquals(await response.text(), "1234");
  }
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => toResponse({ answer: rawAnswer(200, "12345678"), broken: "midway" }, {}),
  );
  const response = await fetch(`http://127.0.0.1:${server.addr.port}`);
  await assertRejects(() => response.text(), TypeError);
});

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
