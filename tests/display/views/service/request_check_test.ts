import { assertEquals, assertStringIncludes } from "@std/assert";
import { requestCheck } from "../../../../src/display/views/service/request_check.ts";
import { test } from "../../../support/test.ts";

test("requestCheck() says what is wrong, where, and what could not be checked", () => {
  const check = requestCheck({
    issues: [{ path: "parameters.a", message: "expected b" }, { path: "", message: "all wrong" }],
    warnings: ["The parameters were not checked."],
  });
  const text = String(check);
  for (const part of ["2 problems", "parameters.a", "expected b", "all of it", "not checked"]) {
    assertStringIncludes(text, part);
  }
  assertEquals(check.ok, false);
});

test("requestCheck() says that nothing is wrong", () => {
  assertEquals(
    String(requestCheck({ issues: [], warnings: [], parameters: [] })),
    "The service takes this request (0 parameters known)",
  );
});
