import type { JobLedger, LedgerWire } from "../../api/ledger/job_ledger.ts";
import type { UnitJobs } from "../../api/unit_jobs.ts";
import { phrase } from "../../core/text.ts";
import { formatDuration } from "../../core/units.ts";
import { settle } from "../../core/waiting.ts";
import { hasEnded } from "../../models/jobs.ts";
import { isMade, isOpen, type LedgerEntry } from "../journal/entry.ts";
import { LedgerError } from "../ledger_error.ts";
import { stopwatch } from "../../live/outage.ts";
import { mayPass } from "../../live/trouble.ts";
import { learnStatuses } from "../learn.ts";
import type { LedgerFile } from "../open_ledger.ts";
import { askPatiently, awayWords, MAX_OUTAGE } from "../patience.ts";
import { reconcile } from "../reconcile.ts";
import { isFull, passes, sendOnce } from "../send_once.ts";
import type { Budget } from "./options.ts";
import { HEADLINE, type PlannedRequest } from "./plan.ts";

/** What of a client is needed to submit a batch; an `AuthenticatedClient` is one. */
export interface BatchClient {
  /** Jobs. */
  readonly unitJobs: Pick<UnitJobs, "create">;
}

/** How a batch is sent. */
export interface RunOptions {
  /** The client. */
  readonly client: BatchClient;
  /** How the service is reached. */
  readonly wire: LedgerWire;
  /** The ledger's file; it is held. */
  readonly file: LedgerFile;
  /** How many requests at once. */
  readonly concurrency: number;
  /** The most jobs that have not ended. */
  readonly active: number;
  /** What it may cost. */
  readonly budget: Budget | undefined;
  /** How long to wait for room. */
  readonly interval: number;
  /** How long a service that gives no answer is waited for. */
  readonly maxOutage?: number | undefined;
  /** The keys of what is made again, by the new key. */
  readonly again: ReadonlyMap<string, string>;
  /** Gives up when it aborts. */
  readonly signal: AbortSignal | undefined;
  /** Is told what it waits for, and what went wrong. */
  readonly report: (news: { readonly waiting?: string; readonly error?: string }) => void;
}

/** After how many refusals in a row it stops: what they have in common will refuse the next one, too. */
const MOST_REFUSALS = 3;

/** The longest that a full platform is waited for at once, in milliseconds. */
const LONGEST_WAIT = 300_000;

/** How often one request is sent at the most when its answers are lost and nothing of it appears. */
const MOST_SENDINGS = 3;

/**
 * Sends what is not there yet, one after the other, never more unfinished than there may be.
 *
 * @throws {LedgerError} if it has to stop; what was sent stands in the ledger.
 */
export async function runBatch(
  planned: readonly PlannedRequest[],
  options: RunOptions,
): Promise<void> {
  const { wire, file, signal, report, concurrency, interval } = options;
  const { journal } = file;
  const { maxOutage = MAX_OUTAGE } = options;
  const waitFor = (waiting: string) => report({ waiting });
  const patience = { wire, signal, maxOutage, onWait: waitFor };
  const entryOf = ({ key }: PlannedRequest) => journal.entries.get(key);
  const open = planned.flatMap((one) => entryOf(one) ?? []).filter(isOpen);
  if (open.length > 0) {
    await reconcile(journal, open, patience);
    report({});
  }
  const queue = planned.filter((one) => {
    const entry = entryOf(one);
    return entry === undefined || (!isMade(entry) && entry.state !== "ambiguous");
  });
  const budget = budgetGuard(planned, options);
  let limit = options.active, pause = interval, refusals = 0, flying = 0;
  let outage: ReturnType<typeof stopwatch> | undefined;
  let stopped: unknown;
  let gate: Promise<void> = Promise.resolve();

  /** Waits until there is room for one more, and takes it. */
  const room = async () => {
    while (stopped === undefined) {
      signal?.throwIfAborted();
      if (limit === Infinity) break;
      if (unfinished(planned, journal.entries) + flying < limit) break;
      await askPatiently(() => learnStatuses(journal, wire, signal), patience);
      if (unfinished(planned, journal.entries) + flying < limit) break;
      report({ waiting: `${limit} unfinished jobs are as many as there may be` });
      await wire.clock.sleep(interval, signal);
    }
    flying++;
  };
  const enter = () => {
    const entered = gate.then(room);
    gate = entered.catch(() => {});
    return entered;
  };
  const send = async (one: PlannedRequest) => {
    let sendings = 0;
    while (stopped === undefined) {
      await enter();
      if (stopped !== undefined) return;
      budget(one);
      const ledger: JobLedger = {
        submit: (given) =>
          sendOnce({
            ...file,
            resend: false,
            again: options.again.get(one.key),
            ...{ onWait: waitFor, maxOutage },
          }, given),
      };
      const sent = await settle(
        options.client.unitJobs.create(one.request, { ledger, key: one.key, signal }),
      );
      flying--;
      if (sent.ok) {
        [refusals, pause, outage] = [0, interval, undefined];
        return report({});
      }
      signal?.throwIfAborted();
      const { error } = sent;
      if (error instanceof LedgerError && error.reason !== "ambiguous") throw error;
      report({ error: `${one.request.title}: ${firstLine(error)}` });
      if (isFull(error)) {
        limit = Math.max(1, Math.min(limit, unfinished(planned, journal.entries)));
        waitFor(`the platform takes no more for now; asking again in ${formatDuration(pause)}`);
      } else {
        const { outcome }: { readonly outcome?: unknown } = Object(error);
        const isAway = passes(error) && mayPass(error, false);
        // What never left is no sending, however often it is tried.
        if (!isAway || (outcome !== "not-sent" && ++sendings >= MOST_SENDINGS)) {
          if (++refusals >= MOST_REFUSALS) throw error;
          return;
        }
        outage ??= stopwatch(LONGEST_WAIT);
        if (outage(wire.clock.now()) >= maxOutage) throw error;
        waitFor(`${awayWords(error)}; asking again in ${formatDuration(pause)}`);
      }
      await wire.clock.sleep(pause, signal);
      pause = Math.min(pause * 2, LONGEST_WAIT);
    }
  };
  const worker = async () => {
    try {
      for (
        let one = queue.shift();
        one !== undefined && stopped === undefined;
        one = queue.shift()
      ) {
        await send(one);
      }
    } catch (error) {
      stopped ??= error;
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, queue.length) }, worker));
  if (stopped === undefined) return;
  signal?.throwIfAborted();
  const made = planned.filter((one) => isMadeNow(entryOf(one))).length;
  const hint = "see to it, then run the same call again: what was sent is not sent again";
  if (stopped instanceof LedgerError && stopped.reason === "plan") throw stopped;
  throw new LedgerError(
    `${HEADLINE} to its end: ${made} of ${planned.length} jobs are made; it stopped because: ${
      firstLine(stopped)
    }`,
    { reason: stopped instanceof LedgerError ? stopped.reason : "unknown", hint, cause: stopped },
  );
}

function isMadeNow(entry: LedgerEntry | undefined): boolean {
  return entry !== undefined && isMade(entry);
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return phrase(message.split("\n")[0] ?? "", 300);
}

/** How many of the batch's jobs have not ended, as far as is known. */
function unfinished(
  planned: readonly PlannedRequest[],
  entries: ReadonlyMap<string, LedgerEntry>,
): number {
  return planned.filter(({ key }) => {
    const entry = entries.get(key);
    return entry !== undefined && isMade(entry) && !hasEnded(entry.status ?? "");
  }).length;
}

/** Refuses the request with which the batch would cost more than it may. */
function budgetGuard(
  planned: readonly PlannedRequest[],
  { budget, file: { journal } }: Pick<RunOptions, "budget" | "file">,
): (one: PlannedRequest) => void {
  const counted = new Set<string>();
  let spent = 0;
  const take = ({ key, cost }: PlannedRequest) => {
    if (counted.has(key)) return;
    counted.add(key);
    if (cost !== undefined && cost.unit === budget?.unit) spent += cost.amount;
  };
  for (const one of planned) {
    const entry = journal.entries.get(one.key);
    if (entry !== undefined && (isMade(entry) || entry.state === "ambiguous")) take(one);
  }
  return (one) => {
    if (budget === undefined || counted.has(one.key)) return;
    const { amount, unit, unknown = "stop" } = budget;
    const isKnown = one.cost !== undefined && one.cost.unit === unit;
    if (!isKnown && unknown === "stop") {
      throw new LedgerError(
        `${HEADLINE} to its end: nobody knows what ${
          JSON.stringify(one.request.title)
        } costs in ${unit}`,
        {
          reason: "plan",
          hint:
            'allow it with budget: { …, unknown: "allow" }, or make the request with catalogue.get(…).request(…)',
        },
      );
    }
    if (isKnown && spent + (one.cost?.amount ?? 0) > amount) {
      throw new LedgerError(
        `${HEADLINE} to its end: with ${
          JSON.stringify(one.request.title)
        } it would cost more than ${amount} ${unit} (${Number(spent.toPrecision(6))} so far)`,
        { reason: "plan", hint: "raise the budget and run the same call again, or leave it there" },
      );
    }
    take(one);
  };
}
