import { assert, assertEquals } from "@std/assert";
import { DispatchError, WatchError } from "../../mod.ts";
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
