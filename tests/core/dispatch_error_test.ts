import { assert, assertEquals } from "@std/assert";
import { DispatchError } from "../../src/core/dispatch_error.ts";
import { test } from "../support/test.ts";

test("DispatchError carries name, message, hint and cause", () => {
  const cause = new Error("below");
  const error = new DispatchError("Cannot do it", { hint: "do that", cause });
  assert(error instanceof Error);
  assertEquals(error.name, "DispatchError");
  assertEquals(error.message, "Cannot do it");
  assertEquals(error.hint, "do that");
  assertEquals(error.cause, cause);
});

test("DispatchError has neither hint nor cause of its own when none was given", () => {
  const error = new DispatchError("Cannot do it");
  assertEquals([Object.hasOwn(error, "cause"), error.hint], [false, undefined]);
  assertEquals(Object.hasOwn(new DispatchError("x", { cause: undefined }), "cause"), true);
});
