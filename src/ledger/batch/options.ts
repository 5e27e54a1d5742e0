import type { Confirm, Prompter } from "../../api/check/check_request.ts";
import type { Screen } from "../../display/follow/screen.ts";
import { checkOptions, type OptionRules } from "../../models/schema/options.ts";
import type { Ledger } from "../open_ledger.ts";
import { LedgerError } from "../ledger_error.ts";
import { type BatchPlan, HEADLINE } from "./plan.ts";
import type { BatchProgress } from "./progress.ts";

/** How much a batch may cost. */
export interface Budget {
  /** How much, all that the ledger holds of this batch counted. */
  readonly amount: number;
  /** Of what, as the catalogue says it: `platform credits`. */
  readonly unit: string;
  /**
   * What to do about a request of which nobody knows the cost in this unit.
   *
   * @default {"stop"}
   */
  readonly unknown?: "stop" | "allow" | undefined;
}

/** How many requests are submitted. */
export interface SubmitAllOptions {
  /** Where to write down what is sent: an open ledger, or the path of one. */
  readonly ledger: Ledger | string;
  /**
   * How many requests are under way at once; the service makes one job after the other.
   *
   * @default {1}
   */
  readonly concurrency?: number | undefined;
  /**
   * The most jobs of this batch that have not ended: what is left waits until there is room.
   *
   * @default as many as there are
   */
  readonly active?: number | undefined;
  /**
   * What the batch may cost: it stops before the sum passes that.
   *
   * @default no limit
   */
  readonly budget?: Budget | undefined;
  /**
   * Whether to plan alone: nothing is sent, and nobody is asked.
   *
   * @default {false}
   */
  readonly dryRun?: boolean | undefined;
  /**
   * Is asked with the plan; unless it says `true`, nothing is sent. `false` asks nobody.
   *
   * @default whoever sits at the terminal or the notebook
   */
  readonly confirm?: Confirm<BatchPlan> | undefined;
  /**
   * Whether to show the plan, and how the work goes.
   *
   * @default {true}
   */
  readonly show?: boolean | undefined;
  /**
   * Whether to draw where the requests are, if they have a place.
   *
   * @default {true}
   */
  readonly map?: boolean | undefined;
  /** Stops sending when it aborts; the same call goes on where it stopped. */
  readonly signal?: AbortSignal | undefined;
  /** Is told how it goes. */
  readonly onUpdate?: ((progress: BatchProgress) => void) | undefined;
  /**
   * How long to wait before it is asked whether there is room, in milliseconds.
   *
   * @default {10_000}
   */
  readonly interval?: number | undefined;
  /**
   * How long a service that gives no answer is waited for, in milliseconds: nothing is lost when it is over, and the
   * same call goes on.
   *
   * @default {1_800_000}
   */
  readonly maxOutage?: number | undefined;
  /**
   * What asks whoever sits there, for tests.
   *
   * @default what the runtime has
   */
  readonly ask?: Prompter | null | undefined;
  /**
   * Where progress is shown, for tests.
   *
   * @default the notebook's output, the terminal's last line, or a log
   */
  readonly screen?: Screen | undefined;
}

const RULES: OptionRules<SubmitAllOptions> = {
  ledger: "any",
  concurrency: "number",
  active: "number",
  budget: "object",
  dryRun: "boolean",
  confirm: "any",
  show: "boolean",
  map: "boolean",
  signal: "signal",
  onUpdate: "function",
  interval: "number",
  maxOutage: "number",
  ask: "any",
  screen: "object",
};

/**
 * Refuses options that nobody knows or that make no sense.
 *
 * @throws {DispatchError} that names each.
 */
export function checkBatchOptions(options: SubmitAllOptions): void {
  // Without any there is no ledger, which is said below.
  checkOptions<SubmitAllOptions>(HEADLINE, options, RULES);
  const { ledger, concurrency = 1, active = 1, budget } = { ...options };
  const isLedger = typeof ledger === "string" ? ledger !== "" : "submit" in Object(ledger);
  if (!isLedger) {
    throw new LedgerError(`${HEADLINE}: ledger: expected a path or an open ledger`, {
      reason: "plan",
      hint: 'say where to write down what is sent: { ledger: "fields.jsonl" }',
    });
  }
  for (const [name, value] of Object.entries({ concurrency, active })) {
    if (value === Infinity || (Number.isInteger(value) && value >= 1)) continue;
    throw new LedgerError(`${HEADLINE}: ${name}: expected a whole number from 1, got ${value}`, {
      reason: "plan",
    });
  }
  if (budget !== undefined && (!(budget.amount >= 0) || typeof budget.unit !== "string")) {
    throw new LedgerError(`${HEADLINE}: budget: expected an amount and its unit`, {
      reason: "plan",
      hint: 'write { budget: { amount: 100, unit: "platform credits" } }',
    });
  }
}
