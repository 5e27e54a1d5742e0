import { assertThrows } from "@std/assert";
import { checkBatchOptions } from "../../../src/ledger/batch/options.ts";
import { test } from "../../support/test.ts";

test("checkBatchOptions() refuses what makes no sense, each in words", () => {
  checkBatchOptions({ ledger: "a.jsonl", active: Infinity, concurrency: 3 });
  const wrong: readonly (readonly [options: object, words: string])[] = [
    [{}, "ledger: expected a path or an open ledger"],
    [{ ledger: "" }, "ledger: expected a path"],
    [{ ledger: "a", active: 0 }, "active: expected a whole number from 1, got 0"],
    [{ ledger: "a", concurrency: 1.5 }, "concurrency: expected a whole number"],
    [{ ledger: "a", budget: { amount: "12" } }, "budget: expected an amount and its unit"],
    [{ ledger: "a", dryrun: true }, 'did you mean "dryRun"'],
  ];
  for (const [options, words] of wrong) {
    assertThrows(() => checkBatchOptions({ ledger: "", ...options }), Error, words);
  }
});
