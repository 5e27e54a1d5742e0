import type { BaseJobRequest } from "./jobs.ts";

/** What jobs may cost. */
export interface CostEstimate {
  /** How much; absent where the price's unit cannot be multiplied by what is known. */
  readonly amount?: number;
  /** Of what: `platform credits`. */
  readonly unit?: string;
  /** How it was reckoned, or what the record says of the price: `0.1 platform credits per km² × 124 km²`. */
  readonly basis: string;
  /** What the catalogue's own runs have cost, where that was asked for. */
  readonly measured?: readonly string[];
}

/** Reckons what jobs with these parameters may cost together. */
export type Reckoning = (jobs: readonly Readonly<Record<string, unknown>>[]) => CostEstimate;

/**
 * The key under which a request knows its service's price, where nobody who lists, copies, compares or writes it sees
 * it.
 */
const reckoned = Symbol.for("@apex-dispatch/client.cost");

/** Says how the cost of a request's jobs is reckoned. The request is changed in place. */
export function attachCost<T extends object>(request: T, reckoning: Reckoning): T {
  Reflect.defineProperty(request, reckoned, { configurable: true, value: reckoning });
  return request;
}

/**
 * What jobs of a request may cost together; nothing of a request that knows no price.
 *
 * @param jobs the parameters of each.
 */
export function costOfJobs(
  request: Pick<BaseJobRequest, "parameters">,
  jobs: readonly Readonly<Record<string, unknown>>[],
): CostEstimate | undefined {
  const reckoning: unknown = Reflect.get(request, reckoned);
  if (typeof reckoning !== "function") return undefined;
  const cost: unknown = Reflect.apply(reckoning, undefined, [jobs]);
  return isEstimate(cost) ? cost : undefined;
}

function isEstimate(value: unknown): value is CostEstimate {
  return typeof value === "object" && value !== null && "basis" in value &&
    typeof value.basis === "string" && (!("amount" in value) || typeof value.amount === "number") &&
    (!("unit" in value) || typeof value.unit === "string");
}
