import { confirmed } from "../../api/check/check_request.ts";
import type { JobsStatus } from "../../api/jobs_status.ts";
import type { UnitJobs } from "../../api/unit_jobs.ts";
import { orDispatchErrorLater } from "../../core/dispatch_error.ts";
import { isObject } from "../../core/objects.ts";
import { count } from "../../core/units.ts";
import { screenAtHand, showNow } from "../../display/follow/screen.ts";
import { hasEnded } from "../../models/jobs.ts";
import { isComplete, isMade, type LedgerEntry } from "../journal/entry.ts";
import { learnStatuses } from "../learn.ts";
import { fileOf, held, type Ledger, openLedger, wireFor } from "../open_ledger.ts";
import { type Batch, makeBatch } from "./batch.ts";
import { checkBatchOptions, type SubmitAllOptions } from "./options.ts";
import { type BatchItem, type BatchPlan, HEADLINE, planBatch } from "./plan.ts";
import { liveProgress } from "./progress.ts";
import { runBatch } from "./run.ts";

/** What of a client is needed to submit a batch and to follow it; an `AuthenticatedClient` is one. */
export interface SubmitClient {
  /** Creates jobs, reads one whose answer was lost, and tells where its files are. */
  readonly unitJobs: Pick<UnitJobs, "create" | "get" | "results">;
  /** All of one's work. */
  readonly jobsStatus: JobsStatus;
}

/**
 * Submits many requests, each once, and goes on where an earlier call stopped: what the ledger knows is not sent again,
 * what is new is added. The plan is shown and asked about first. The service makes one job after the other, so a
 * thousand take their time; Stop, an error or a killed kernel lose nothing.
 *
 * A platform that takes no more for now (`ConcurrentJobLimit`, 429, 503) is waited for; three refusals in a row stop it.
 *
 * @throws {LedgerError} if two requests are equal and have no keys of their own, if the budget ends, or if it has to stop.
 *
 * @example
 * ```ts
 * import { AuthenticatedClient } from "@apex-dispatch/client";
 * import { submitAll } from "@apex-dispatch/client/ledger";
 * import { startSandbox } from "@apex-dispatch/client/sandbox";
 * import { assertEquals } from "@std/assert";
 *
 * await using sandbox = startSandbox({ pace: { created: 0, queued: 0, running: 0 } });
 * const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
 * const requests = [4, 5, 6].map((west) => ({
 *   title: `Field ${west}`,
 *   label: "openeo" as const,
 *   service: {
 *     endpoint: "https://openeo.example.test",
 *     application: "https://catalogue.example.test/vegetation_index.json",
 *   },
 *   parameters: { spatial_extent: { west, south: 51, east: west + 0.5, north: 52 } },
 *   format: "gtiff" as const,
 * }));
 * const folder = await Deno.makeTempDir();
 * const options = { ledger: `${folder}/fields.jsonl`, confirm: false, show: false } as const;
 * const batch = await submitAll(client, requests, options);
 * await batch.wait();
 * assertEquals(batch.jobs.map(({ status }) => status), ["finished", "finished", "finished"]);
 *
 * await submitAll(client, requests, options); // the notebook run again from the top
 * assertEquals(sandbox.platformJobs.length, 3);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function submitAll(
  client: SubmitClient,
  items: readonly BatchItem[],
  options: SubmitAllOptions,
): Promise<Batch> {
  return await orDispatchErrorLater(HEADLINE, options, () => submitFirst(client, items, options));
}

async function submitFirst(
  client: SubmitClient,
  items: readonly BatchItem[],
  options: SubmitAllOptions,
): Promise<Batch> {
  checkBatchOptions(options);
  return await submitAgain(client, items, options, {});
}

/** What is known of requests besides what they ask for. */
export interface Origins {
  /** The keys of what is made again, by the new key. */
  readonly again?: ReadonlyMap<string, string>;
  /** The keys of those of which the ledger holds a part alone; their jobs are there. */
  readonly incomplete?: ReadonlySet<string>;
}

/** Submits requests of which some come from a ledger, or make again what is in it. */
async function submitAgain(
  client: SubmitClient,
  items: readonly BatchItem[],
  options: SubmitAllOptions,
  { again = new Map(), incomplete }: Origins,
): Promise<Batch> {
  const wire = wireFor(client, "submit the batch");
  const { signal, show = true, dryRun = false, confirm, ask } = options;
  const ledger: Ledger = typeof options.ledger === "string"
    ? await openLedger(options.ledger)
    : options.ledger;
  const file = fileOf(ledger);
  const { journal } = file;
  const batchOf = (plan: BatchPlan) =>
    makeBatch(plan, {
      ...{ client, wire, ledger, journal },
      submit: (more, changes, keys) =>
        submitAgain(client, more, { ...options, dryRun: false, ...changes, ledger }, {
          again: keys,
        }),
    });
  await journal.refresh();
  const before = planBatch(items, journal.entries, incomplete);
  if (show) await showNow(before);
  signal?.throwIfAborted();
  if (dryRun || before.fresh + before.unknown === 0) return batchOf(before);
  const question = `Submit ${count(before.fresh + before.unknown, "job")} to ${wire.service}?`;
  if (!await confirmed(before, { confirm, question, headline: HEADLINE, signal, ask })) {
    return batchOf(before);
  }
  return await held(journal, wire, signal, async () => {
    // Another program may have sent some of it while somebody was asked.
    const plan = planBatch(items, journal.entries, incomplete);
    const live = liveProgress({
      ...{ requests: plan.requests, journal, clock: wire.clock, map: options.map ?? true },
      screen: options.screen ?? (show ? screenAtHand() : undefined),
      onUpdate: options.onUpdate,
    });
    try {
      await runBatch(plan.requests, {
        ...{ client, wire, file, again, signal, report: live.report, budget: options.budget },
        maxOutage: options.maxOutage,
        concurrency: options.concurrency ?? 1,
        active: options.active ?? Infinity,
        interval: options.interval ?? 10_000,
      });
    } finally {
      await live.close();
    }
    return batchOf(plan);
  });
}

/**
 * Takes up a ledger where the requests are not at hand any more: all of its jobs as one batch, to follow, bring home and
 * make again. What was to be sent and is not there is planned, shown and asked about as by `submitAll`; where nothing is
 * left to send, nobody is asked. Tasks stay with `client.upscaleTasks`: the ledger's table says which call each wants.
 *
 * A request that held a secret is in the ledger without it: its job is in the batch, but only whoever has the request can
 * send it.
 *
 * @throws {LedgerError} as `submitAll` does.
 *
 * @example
 * ```ts
 * import { AuthenticatedClient } from "@apex-dispatch/client";
 * import { resume, submitAll } from "@apex-dispatch/client/ledger";
 * import { startSandbox } from "@apex-dispatch/client/sandbox";
 * import { assertEquals } from "@std/assert";
 *
 * await using sandbox = startSandbox({ pace: { created: 0, queued: 0, running: 0 } });
 * const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
 * const folder = await Deno.makeTempDir();
 * const request = {
 *   title: "Vegetation index",
 *   label: "openeo",
 *   service: {
 *     endpoint: "https://openeo.example.test",
 *     application: "https://catalogue.example.test/vegetation_index.json",
 *   },
 *   parameters: { spatial_extent: { west: 12, south: 41, east: 13, north: 42 } },
 *   format: "gtiff",
 * } as const;
 * const ledger = `${folder}/fields.jsonl`;
 * await submitAll(client, [request], { ledger, confirm: false, show: false });
 *
 * // The next day, in another program that has the file alone:
 * const batch = await resume(client, ledger);
 * await batch.wait();
 * assertEquals(batch.jobs.map(({ title, status }) => [title, status]), [["Vegetation index", "finished"]]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function resume(
  client: SubmitClient,
  ledger: Ledger | string,
  options: Omit<SubmitAllOptions, "ledger"> = {},
): Promise<Batch> {
  return await orDispatchErrorLater(
    "Cannot resume the batch",
    options,
    () => resumeBatch(client, ledger, options),
  );
}

async function resumeBatch(
  client: SubmitClient,
  ledger: Ledger | string,
  options: Omit<SubmitAllOptions, "ledger">,
): Promise<Batch> {
  checkBatchOptions(isObject(options) ? { ...options, ledger } : options);
  const opened = typeof ledger === "string" ? await openLedger(ledger) : ledger;
  const wire = wireFor(client, "resume the batch");
  const { journal } = fileOf(opened);
  await journal.refresh();
  const isUnderWay = (entry: LedgerEntry) => isMade(entry) && !hasEnded(entry.status ?? "");
  // What has ended overnight is told first: it is what there is to bring home, and to make again.
  if (!options.dryRun && opened.entries.some(isUnderWay)) {
    const { signal } = options;
    await held(journal, wire, signal, () => learnStatuses(journal, wire, signal));
  }
  const entries = opened.entries.filter(isRoot);
  const items = entries.flatMap((entry) => itemOf(entry) ?? []);
  const incomplete = new Set(entries.filter((entry) => !isComplete(entry)).map(({ key }) => key));
  return await submitAgain(client, items, { ...options, ledger: opened }, { incomplete });
}

/** A job that makes nothing again: what does, stands in the batch for what it makes again. */
function isRoot({ kind, again }: LedgerEntry): boolean {
  return kind === "job" && again === undefined;
}

function itemOf(entry: LedgerEntry): BatchItem | undefined {
  const { key, request } = entry;
  if ("dimension" in request) return undefined;
  // What may have to be sent is sent whole or not at all.
  return isComplete(entry) || isMade(entry) ? { key, request } : undefined;
}
