import { describeValue } from "../../models/schema/issue.ts";
import { isObject } from "../../core/objects.ts";
import { count } from "../../core/units.ts";
import { type Displayable, displayable } from "../../display/render/displayable.ts";
import { type Block, type Field, strong } from "../../display/render/document.ts";
import { platformLine, serviceLine } from "../../display/views/work/job.ts";
import { costOfJobs } from "../../models/cost.ts";
import type { BaseJobRequest } from "../../models/jobs.ts";
import { fingerprintOf, isMade, isOpen, type LedgerEntry } from "../journal/entry.ts";
import { LedgerError } from "../ledger_error.ts";

/** How the messages of a batch begin. */
export const HEADLINE = "Cannot submit the batch";

/** One request of many: the request itself, or with a key of its own. */
export type BatchItem = BaseJobRequest | {
  /** What to call it in the ledger. */
  readonly key: string;
  readonly request: BaseJobRequest;
};

/** What is to become of one request of a batch. */
export interface PlannedRequest {
  /** What it is called in the ledger. */
  readonly key: string;
  /** What is sent for it. */
  readonly request: BaseJobRequest;
  /** To be sent; there already; or of unknown answer, and to be found first. */
  readonly what: "new" | "there" | "reconcile";
  /** What it may cost, where the catalogue knows. */
  readonly cost?: { readonly amount: number; readonly unit: string } | undefined;
}

/** What a batch will do. It shows itself as a card. */
export interface BatchPlan extends Displayable {
  /** The requests, in their order. */
  readonly requests: readonly PlannedRequest[];
  /** How many are to be sent. */
  readonly fresh: number;
  /** How many are there already. */
  readonly there: number;
  /** How many are of unknown answer; each is looked for, and sent only if it is absent. */
  readonly unknown: number;
  /** What those to be sent may cost, by unit. */
  readonly cost: ReadonlyMap<string, number>;
  /** How many of them nobody knows the cost of. */
  readonly withoutCost: number;
}

/**
 * Plans a batch: what is new, what is there already.
 *
 * @param incomplete the keys of requests of which a part alone is known; they are there already.
 * @throws {LedgerError} if two requests are equal and have no keys of their own, or a key stands for another request.
 */
export function planBatch(
  items: readonly BatchItem[],
  entries: ReadonlyMap<string, LedgerEntry>,
  incomplete: ReadonlySet<string> = new Set(),
): BatchPlan {
  if (!Array.isArray(items)) {
    throw unfit("items: expected a list of requests", items);
  }
  const seen = new Map<string, number>();
  const requests = items.map((item, index): PlannedRequest => {
    const wanted: unknown = isObject(item) && "request" in item ? item.request : item;
    if (!isObject(wanted)) throw unfit(`items[${index}]: expected the request of a job`, wanted);
    const { key: own, request } = "request" in item ? item : { key: undefined, request: item };
    const fingerprint = fingerprintOf(request);
    const key = own ?? fingerprint.slice(0, 16);
    const earlier = seen.get(key);
    if (earlier !== undefined) throw equal(earlier, index, own);
    seen.set(key, index);
    const entry = entries.get(key);
    if (entry !== undefined && entry.fingerprint !== fingerprint && !incomplete.has(key)) {
      throw other(key, entry);
    }
    const { amount, unit } = costOfJobs(request, [request.parameters]) ?? {};
    return {
      ...{ key, request, what: entry === undefined ? "new" : whatOf(entry) },
      ...(amount === undefined || unit === undefined ? {} : { cost: { amount, unit } }),
    };
  });
  const fresh = requests.filter(({ what }) => what === "new");
  const cost = new Map<string, number>();
  for (const { cost: one } of fresh) {
    if (one !== undefined) cost.set(one.unit, (cost.get(one.unit) ?? 0) + one.amount);
  }
  const plan = {
    ...{ requests, cost, fresh: fresh.length },
    there: requests.filter(({ what }) => what === "there").length,
    unknown: requests.filter(({ what }) => what === "reconcile").length,
    withoutCost: fresh.filter(({ cost }) => cost === undefined).length,
  };
  const shown = displayable(() => planBlocks(plan));
  return { ...plan, ...shown, toString: () => shown.toString() };
}

function whatOf(entry: LedgerEntry): PlannedRequest["what"] {
  if (isMade(entry)) return "there";
  return isOpen(entry) || entry.state === "ambiguous" ? "reconcile" : "new";
}

function planBlocks(plan: Omit<BatchPlan, keyof Displayable>): readonly Block[] {
  const { requests, fresh, there, unknown, cost, withoutCost } = plan;
  const services = distinct(requests, ({ service }) => service.application);
  const platforms = distinct(requests, ({ service }) => service.endpoint);
  const costs = [
    ...[...cost].map(([unit, amount]) => `about ${Number(amount.toPrecision(6))} ${unit}`),
    ...(withoutCost === 0 || cost.size === 0
      ? []
      : [`${count(withoutCost, "job")} of unknown cost`]),
  ];
  const fields: readonly (Field | undefined)[] = [
    there === 0 || there === requests.length
      ? undefined
      : { label: "Already there", lines: [`${count(there, "job")}, not sent again`] },
    unknown === 0 ? undefined : {
      label: "Answer lost",
      lines: [`${count(unknown, "job")}: looked for first, sent only if absent`],
    },
    costs.length === 0 ? undefined : { label: "Cost", lines: [costs.join(" · ")] },
    { label: "Service", lines: services.map(({ service }) => serviceLine(service)) },
    {
      label: "Platform",
      lines: platforms.map(({ service, label }) => platformLine(service, label)),
    },
  ];
  return [{
    kind: "fields",
    caption: fresh === 0 && unknown === 0
      ? [strong(`Nothing to send: all ${count(requests.length, "job")} there already`)]
      : [strong(`${count(fresh, "job")} to send`), ` of ${requests.length}`],
    fields: fields.filter((field) => field !== undefined),
  }];
}

/** The first requests that differ in something, three at the most. */
function distinct(
  requests: readonly PlannedRequest[],
  by: (request: BaseJobRequest) => string,
): readonly BaseJobRequest[] {
  const found = new Map<string, BaseJobRequest>();
  for (const { request } of requests) {
    if (found.size < 3 && !found.has(by(request))) found.set(by(request), request);
  }
  return [...found.values()];
}

function equal(one: number, other: number, key: string | undefined): LedgerError {
  return new LedgerError(
    key === undefined
      ? `${HEADLINE}: the requests ${one + 1} and ${other + 1} are equal`
      : `${HEADLINE}: the requests ${one + 1} and ${other + 1} have the same key ${
        JSON.stringify(key)
      }`,
    {
      reason: "key",
      hint: 'leave one out, or give each a key of its own: { key: "field 7, again", request }',
    },
  );
}

function other(key: string, { request }: LedgerEntry): LedgerError {
  return new LedgerError(
    `${HEADLINE}: in the ledger the key ${JSON.stringify(key)} stands for another request (${
      JSON.stringify(request.title)
    })`,
    { reason: "key", hint: "give the changed request a key of its own" },
  );
}

function unfit(what: string, given: unknown): LedgerError {
  return new LedgerError(`${HEADLINE}: ${what}, got ${describeValue(given)}`, { reason: "plan" });
}
