import type { JobLedger, LedgerWire } from "../../api/known/job_ledger.ts";
import type { UnitJobs } from "../../api/unit_jobs.ts";
import { phrase } from "../../core/text.ts";
import { formatDuration } from "../../core/units.ts";
import { settle } from "../../core/waiting.ts";
import { hasEnded } from "../../models/jobs.ts";
import { isMade, isOpen, type LedgerEntry } from "../journal/entry.ts";
import { LedgerError } from "../ledger_error.ts";
import { stopwatch } from "../../live/options.ts";
import { mayPass } from "../../live/trouble.ts";
import { learnStatuses } from "../learn.ts";
import type { LedgerFile } from "../open_ledger.ts";
import { askPatiently, awayWords, MAX_OUTAGE, meanwhileWords } from "../patience.ts";
import { reconcile } from "../reconcile.ts";
import { isFull, passes, sendOnce } from "../send_once.ts";
import { guardBudget } from "./budget.ts";
import type { Budget } from "./options.ts";
import { HEADLINE, type PlannedRequest } from "./plan.ts";

/** What of a client is needed to submit a batch; an `AuthenticatedClient` is one. */
export interface BatchClient {
  readonly unitJobs: Pick<UnitJobs, "create">;
}

/** How a batch is sent. */
export interface RunOptions {
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
 * Sends what is not there yet, one after the other, never more unfinished than there may be. What was sent without an
 * answer is looked for meanwhile, and sent again only once it is known to be absent.
 *
 * @throws {LedgerError} if it has to stop; what was sent stands in the ledger.
 */
export async function runBatch(
  planned: readonly PlannedRequest[],
  options: RunOptions,
): Promise<void> {
  const { wire, file, signal, concurrency, interval } = options;
  const { journal } = file;
  const { maxOutage = MAX_OUTAGE } = options;
  const entryOf = ({ key }: PlannedRequest) => journal.entries.get(key);
  const isUnsent = (one: PlannedRequest) => {
    const entry = entryOf(one);
    return entry === undefined ||
      (!isMade(entry) && !isOpen(entry) && entry.state !== "ambiguous");
  };
  /** What is looked for: each may be an unfinished job, and may have cost something. */
  const sought = new Set(planned.filter((one) => isStillOpen(entryOf(one))));
  const unfound = () => [...sought].filter((one) => isStillOpen(entryOf(one))).length;
  const report: RunOptions["report"] = (news) => {
    const amount = unfound();
    const words = amount === 0 ? {} : { waiting: meanwhileWords(amount, queue.length + flying) };
    options.report({ ...words, ...news });
  };
  const waitFor = (waiting: string) => report({ waiting });
  const patience = { wire, signal, maxOutage, onWait: waitFor };
  const places = new Map(planned.map((one, place) => [one, place]));
  const queue = planned.filter(isUnsent);
  const budget = guardBudget(planned, options.budget, (one) => !isUnsent(one));
  let limit = options.active, pause = interval, refusals = 0, flying = 0;
  let outage: ReturnType<typeof stopwatch> | undefined;
  let stopped: unknown;
  let gate: Promise<void> = Promise.resolve();
  const stopping = new AbortController();
  const either = AbortSignal.any([stopping.signal, ...(signal === undefined ? [] : [signal])]);
  const stop = (error: unknown) => {
    stopped ??= error;
    stopping.abort(stopped);
  };

  /** Looks for what was sent without an answer; what is absent takes its place among what is still to be sent. */
  const lookForSought = async () => {
    const entries = [...sought].flatMap((one) => entryOf(one) ?? []);
    try {
      await reconcile(journal, entries, { ...patience, signal: either });
    } catch (error) {
      return stop(error);
    }
    const absent = [...sought].filter(isUnsent);
    sought.clear();
    absent.forEach(budget.release);
    queue.push(...absent);
    queue.sort((one, other) => (places.get(one) ?? 0) - (places.get(other) ?? 0));
    report({});
  };
  const searching = sought.size === 0 ? Promise.resolve() : lookForSought();
  const occupied = () => unfinished(planned, journal.entries) + unfound();

  /** Waits until there is room for one more, and takes it. */
  const room = async () => {
    while (stopped === undefined) {
      signal?.throwIfAborted();
      if (limit === Infinity) break;
      if (occupied() + flying < limit) break;
      await askPatiently(() => learnStatuses(journal, wire, signal), patience);
      if (occupied() + flying < limit) break;
      report({ waiting: `${limit} unfinished jobs are as many as there may be` });
      await wire.clock.sleep(interval, either);
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
      const refusal = budget.refusal(one);
      if (refusal !== undefined) {
        flying--;
        if (sought.size === 0) throw refusal;
        // What is absent after all has cost nothing, and comes first.
        queue.unshift(one);
        return await searching;
      }
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
        limit = Math.max(1, Math.min(limit, occupied()));
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
      await wire.clock.sleep(pause, either);
      pause = Math.min(pause * 2, LONGEST_WAIT);
    }
  };
  /** The next to be sent; whoever has none waits for what comes of those that are looked for. */
  const next = async () => {
    if (queue.length === 0) await searching;
    return stopped === undefined ? queue.shift() : undefined;
  };
  const worker = async () => {
    try {
      for (let one = await next(); one !== undefined; one = await next()) await send(one);
    } catch (error) {
      stop(error);
    }
  };
  const workers = Math.min(concurrency, queue.length + sought.size);
  await Promise.all([searching, ...Array.from({ length: workers }, worker)]);
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

function isStillOpen(entry: LedgerEntry | undefined): boolean {
  return entry !== undefined && isOpen(entry);
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
