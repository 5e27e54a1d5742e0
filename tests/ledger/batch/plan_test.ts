import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { planBatch } from "../../../src/ledger/batch/plan.ts";
import { fingerprintOf, type LedgerEntry } from "../../../src/ledger/journal/entry.ts";
import { LedgerError } from "../../../src/ledger/ledger_error.ts";
import { attachCost } from "../../../src/models/cost.ts";
import { test } from "../../support/test.ts";
import { requestOf } from "../support.ts";

const since = new Date("2026-11-23T15:38:21Z");
function entryOf(place: number, changes: Partial<LedgerEntry>): [string, LedgerEntry] {
  const request = requestOf(place), fingerprint = fingerprintOf(request);
  const key = fingerprint.slice(0, 16);
  return [key, {
    ...{ key, kind: "job", request, fingerprint, watermark: 0, state: "sent" },
    ...{ at: since, since, ...changes },
  }];
}

test("planBatch() tells what is new from what is there, and what has to be found first", () => {
  const entries = new Map([
    entryOf(1, { state: "created", id: 4 }),
    entryOf(2, { state: "sent" }),
    entryOf(3, { state: "absent" }),
    entryOf(4, { state: "ambiguous", candidates: [7, 8] }),
  ]);
  const plan = planBatch([1, 2, 3, 4, 5].map((place) => requestOf(place)), entries);
  assertEquals(plan.requests.map(({ what }) => what), [
    ...["there", "reconcile", "new", "reconcile", "new"],
  ]);
  assertEquals([plan.fresh, plan.there, plan.unknown], [2, 1, 2]);
  const text = String(plan);
  for (
    const part of ["2 jobs to send of 5", "1 job, not sent again", "2 jobs: looked for first"]
  ) assertStringIncludes(text, part);
});

test("planBatch() adds up what the new ones may cost", () => {
  const priced = [1, 2, 3].map((place) =>
    attachCost(requestOf(place), () => ({ amount: 0.1, unit: "credits", basis: "each" }))
  );
  const plan = planBatch(
    [...priced, requestOf(4)],
    new Map([entryOf(1, { state: "found", id: 4 })]),
  );
  assertStringIncludes(String(plan), "about 0.2 credits · 1 job of unknown cost");
  assertEquals(plan.withoutCost, 1);
});

test("planBatch() refuses a key that stands for something else", () => {
  const [key, entry] = entryOf(1, { state: "created", id: 4 });
  const items = [{ key, request: requestOf(2) }];
  assertThrows(() => planBatch(items, new Map([[key, entry]])), LedgerError, "another request");
  const twice = [1, 2].map((place) => ({ key: "a", request: requestOf(place) }));
  assertThrows(() => planBatch(twice, new Map()), LedgerError, 'have the same key "a"');
});
