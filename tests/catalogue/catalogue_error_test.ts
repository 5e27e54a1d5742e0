import { assert, assertEquals } from "@std/assert";
import { CatalogueError } from "../../src/catalogue/catalogue_error.ts";
import { DispatchError } from "../../src/core/dispatch_error.ts";
import { test } from "../support/test.ts";

test("CatalogueError is of the family, and says why", () => {
  const error = new CatalogueError("Cannot read it", { reason: "limit", hint: "wait an hour" });
  assert(error instanceof DispatchError);
  assertEquals([error.name, error.reason, error.hint], ["CatalogueError", "limit", "wait an hour"]);
});
