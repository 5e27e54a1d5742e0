import { assert, assertEquals } from "@std/assert";
import { DispatchError } from "../../src/core/dispatch_error.ts";
import { LedgerError } from "../../src/ledger/ledger_error.ts";
import { test } from "../support/test.ts";

test("LedgerError says what to do", () => {
  const error = new LedgerError("Cannot write it", { reason: "file", hint: "make room" });
  assert(error instanceof DispatchError);
  assertEquals([error.name, error.reason], ["LedgerError", "file"]);
  assertEquals(error.message, "Cannot write it\n  What to do: make room");
});
