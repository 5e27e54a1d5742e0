import { LedgerError } from "../ledger_error.ts";
import type { Budget } from "./options.ts";
import { HEADLINE, type PlannedRequest } from "./plan.ts";

/** What keeps a batch within what it may cost. */
export interface BudgetGuard {
  /** Counts what a request costs; or says why it may not be sent, and counts nothing. */
  refusal(one: PlannedRequest): LedgerError | undefined;
  /** Counts a request no more: it was not made after all. */
  release(one: PlannedRequest): void;
}

/**
 * Keeps a batch within what it may cost. What is there already counts, and so does what may be there: `isSpent` says
 * of which requests that is so at the beginning.
 */
export function guardBudget(
  planned: readonly PlannedRequest[],
  budget: Budget | undefined,
  isSpent: (one: PlannedRequest) => boolean,
): BudgetGuard {
  const costOf = ({ cost }: PlannedRequest) =>
    cost === undefined || cost.unit !== budget?.unit ? undefined : cost.amount;
  const counted = new Set<string>();
  let spent = 0;
  const take = (one: PlannedRequest) => {
    counted.add(one.key);
    spent = rounded(spent + (costOf(one) ?? 0));
  };
  planned.filter(isSpent).forEach(take);
  return {
    release(one) {
      if (counted.delete(one.key)) spent = rounded(spent - (costOf(one) ?? 0));
    },
    refusal(one) {
      const { title } = one.request;
      if (budget === undefined || counted.has(one.key)) return undefined;
      const { amount, unit, unknown = "stop" } = budget;
      const cost = costOf(one);
      if (cost === undefined && unknown === "stop") {
        return new LedgerError(
          `${HEADLINE} to its end: nobody knows what ${JSON.stringify(title)} costs in ${unit}`,
          {
            reason: "plan",
            hint:
              'allow it with budget: { …, unknown: "allow" }, or make the request with catalogue.get(…).request(…)',
          },
        );
      }
      if (cost !== undefined && rounded(spent + cost) > amount) {
        return new LedgerError(
          `${HEADLINE} to its end: with ${
            JSON.stringify(title)
          } it would cost more than ${amount} ${unit} (${Number(spent.toPrecision(6))} so far)`,
          {
            reason: "plan",
            hint: "raise the budget and run the same call again, or leave it there",
          },
        );
      }
      take(one);
      return undefined;
    },
  };
}

/** A sum without what adding up fractions leaves behind: three times 0.1 is 0.3. */
function rounded(sum: number): number {
  return Number(sum.toPrecision(12));
}
