import { assert, assertEquals } from "@std/assert";
import { DispatchError } from "../../../src/core/dispatch_error.ts";
import { ModelInvalidError } from "../../../src/models/schema/model_invalid_error.ts";
import { test } from "../../support/test.ts";

test("ModelInvalidError lists its issues below the headline", () => {
  const issues = [
    { path: "title", message: "expected a string, got nothing" },
    { path: "", message: "expected an object, got null" },
  ];
  const error = new ModelInvalidError("Cannot read the value as BaseJobRequest", { issues });
  assert(error instanceof DispatchError);
  assertEquals(error.name, "ModelInvalidError");
  assertEquals(error.issues, issues);
  assertEquals(
    error.message,
    "Cannot read the value as BaseJobRequest:\n" +
      "  title: expected a string, got nothing\n" +
      "  expected an object, got null",
  );
});

test("ModelInvalidError shows twenty issues and counts the rest", () => {
  const issues = Array.from({ length: 23 }, (_, index) => ({ path: `a[${index}]`, message: "no" }));
  const lines = new ModelInvalidError("Cannot", { issues }).message.split("\n");
  assertEquals(lines.length, 22);
  assertEquals([lines[20], lines[21]], ["  a[19]: no", "  and 3 more"]);
});
