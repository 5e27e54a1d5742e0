import { assertEquals, assertStringIncludes } from "@std/assert";
import { guardBudget } from "../../../src/ledger/batch/budget.ts";
import type { PlannedRequest } from "../../../src/ledger/batch/plan.ts";
import { test } from "../../support/test.ts";
import { requestOf } from "../support.ts";

const planned = (place: number, amount?: number, unit = "credits"): PlannedRequest => ({
  ...{ key: `${place}`, request: requestOf(place), what: "new" },
  ...(amount === undefined ? {} : { cost: { amount, unit } }),
});

test("guardBudget() adds up what is sent and what is there, fractions as a person would", () => {
  const [there, ...more] = [1, 2, 3, 4].map((place) => planned(place, 0.1));
  const all = [there, ...more].flatMap((one) => one ?? []);
  const guard = guardBudget(all, { amount: 0.3, unit: "credits" }, (one) => one === there);
  assertEquals(all.slice(0, 3).map(guard.refusal), [undefined, undefined, undefined]);
  const [, , third, fourth = planned(4, 0.1)] = all;
  assertStringIncludes(
    guard.refusal(fourth)?.message ?? "",
    'with "Field 4" it would cost more than 0.3 credits (0.3 so far)',
  );
  // What was counted is not counted twice; what was not made after all leaves room.
  assertEquals(third && guard.refusal(third), undefined);
  if (third !== undefined) guard.release(third);
  assertEquals(guard.refusal(fourth), undefined);
});

test("guardBudget() stops at what nobody knows the cost of in its unit, unless that is allowed", () => {
  const unknown = [planned(1), planned(2, 5, "euros")];
  const budget = { amount: 1, unit: "credits" };
  for (const one of unknown) {
    const refusal = guardBudget(unknown, budget, () => false).refusal(one);
    assertStringIncludes(refusal?.message ?? "", "nobody knows what");
  }
  const allowing = guardBudget(unknown, { ...budget, unknown: "allow" }, () => false);
  assertEquals(unknown.map(allowing.refusal), [undefined, undefined]);
  assertEquals(guardBudget(unknown, undefined, () => false).refusal(planned(1)), undefined);
});
