import type { CostEstimate } from "../../../models/cost.ts";
import { type Line, muted, strong } from "../../render/document.ts";

/** What jobs may cost, how it was reckoned, and what was measured, a line each. */
export function costLines({ amount, unit, basis, measured = [] }: CostEstimate): Line[] {
  const reckoned: Line = amount === undefined
    ? basis
    : [strong(`about ${Number(amount.toPrecision(3))} ${unit ?? ""}`.trim()), muted(` · ${basis}`)];
  return [reckoned, ...measured.map((line) => `benchmarks: ${line}`)];
}
