import { assert, assertEquals } from "@std/assert";
import { DispatchError } from "../../src/core/dispatch_error.ts";
import { ResultsError } from "../../src/results/results_error.ts";
import { test } from "../support/test.ts";

test("ResultsError is of the family, and says why", () => {
  const inner = new ResultsError("a", { reason: "disk" });
  const error = new ResultsError("x", { reason: "disk", failures: [inner] });
  assert(error instanceof DispatchError);
  assertEquals([error.name, error.reason, error.failures], ["ResultsError", "disk", [inner]]);
  assertEquals("failures" in inner, false);
});
