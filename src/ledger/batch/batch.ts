import type { JobsStatus, ListWatchOptions } from "../../api/jobs_status.ts";
import type { LedgerWire } from "../../api/known/job_ledger.ts";
import type { UnitJobs } from "../../api/unit_jobs.ts";
import { toCsv } from "../../display/files.ts";
import { showAs } from "../../display/render/attach.ts";
import type { Displayable } from "../../display/render/displayable.ts";
import { hasEnded, type ProcessingJobSummary } from "../../models/jobs.ts";
import type { JobsStatusResponse } from "../../models/jobs_status.ts";
import { attachWatch, type Snapshot, type Watch } from "../../models/snapshot.ts";
import { fingerprintOf, isMade, isOpen, type LedgerEntry } from "../journal/entry.ts";
import type { Journal } from "../journal/journal.ts";
import { LedgerError } from "../ledger_error.ts";
import { held, type Ledger } from "../open_ledger.ts";
import { ledgerTable } from "../ledger_table.ts";
import type { SubmitAllOptions } from "./options.ts";
import type { BatchItem, BatchPlan } from "./plan.ts";
import { watchBatch } from "./watch_batch.ts";

/** How a batch's results are brought home. */
export interface BatchDownloadOptions {
  /** Stops when it aborts; what is there by then stays. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether progress is shown.
   *
   * @default {true}
   */
  readonly show?: boolean | undefined;
}

/** Many jobs that were submitted together. It shows itself as a table. */
export interface Batch {
  /** What was planned. */
  readonly plan: BatchPlan;
  /** Where all of it is written down. */
  readonly ledger: Ledger;
  /** What the ledger holds of it, in the order of the requests; what was made again stands for what failed. */
  readonly entries: readonly LedgerEntry[];
  /** Its jobs as they were last known, in the order of the requests. */
  readonly jobs: readonly ProcessingJobSummary[];
  /** What of it failed or was canceled, and was not made again. */
  readonly failed: readonly LedgerEntry[];
  /** It as a table. */
  readonly table: Displayable;
  /** Watches it until all of its jobs have ended: `await follow(batch)`. */
  watch(options?: Omit<ListWatchOptions, "filter">): Watch<JobsStatusResponse>;
  /** Waits until all of its jobs have ended, however they end: look at `failed`. */
  wait(options?: Omit<ListWatchOptions, "filter">): Promise<Snapshot<JobsStatusResponse>>;
  /** Brings the results of what has finished home, a folder a key; what is there already is not fetched again. */
  download(folder: string, options?: BatchDownloadOptions): Promise<readonly string[]>;
  /** Submits again what failed, after its plan was shown and asked about. */
  retryFailed(options?: Partial<Omit<SubmitAllOptions, "ledger">>): Promise<Batch>;
  /** It as CSV. */
  toCsv(): string;
}

/** What a batch is made of. */
export interface BatchContext {
  readonly client: {
    readonly unitJobs: Pick<UnitJobs, "get" | "results">;
    readonly jobsStatus: JobsStatus;
  };
  /** How the service is reached. */
  readonly wire: LedgerWire;
  readonly ledger: Ledger;
  /** The ledger's file. */
  readonly journal: Journal;
  /** Submits more. */
  readonly submit: (
    items: readonly BatchItem[],
    changes: Partial<Omit<SubmitAllOptions, "ledger">>,
    again: ReadonlyMap<string, string>,
  ) => Promise<Batch>;
}

/** Makes a batch of what was planned. */
export function makeBatch(plan: BatchPlan, context: BatchContext): Batch {
  const { client, wire, ledger, journal, submit } = context;
  /** The entry that stands for a key now: what was made again, however often; what came to nothing stands for nothing. */
  const latestOf = (key: string): LedgerEntry | undefined => {
    const heirs = new Map(
      [...journal.entries.values()].flatMap((entry) =>
        entry.again === undefined || !(isMade(entry) || isToFind(entry))
          ? []
          : [[entry.again, entry.key] as const]
      ),
    );
    let last = key;
    for (let next = heirs.get(last); next !== undefined; next = heirs.get(last)) last = next;
    return journal.entries.get(last);
  };
  const entries = () => plan.requests.flatMap(({ key }) => latestOf(key) ?? []);
  const made = () => entries().filter(isMade);
  const failed = () =>
    made().filter(({ status = "" }) => hasEnded(status) && status !== "finished");
  const learn = async (value: JobsStatusResponse) => {
    const statuses = new Map(value.processing_jobs.map(({ id, status }) => [id, status]));
    const at = new Date(wire.clock.now()).toISOString();
    const news = made().flatMap(({ key, id, status: known }) => {
      const status = statuses.get(id);
      return status === undefined || status === known
        ? []
        : [{ at, key, state: "status", status } as const];
    });
    if (news.length > 0) await held(journal, wire, undefined, () => journal.append(...news));
  };
  const batch: Batch = {
    ...{ plan, ledger },
    get entries() {
      return entries();
    },
    get jobs() {
      return made().map(jobOf);
    },
    get failed() {
      return failed();
    },
    get table() {
      return ledgerTable({
        ...{ path: ledger.path, service: ledger.service, notes: ledger.notes },
        entries: entries(),
      });
    },
    watch: (options) =>
      watchBatch({
        ids: new Set(made().map(({ id }) => id)),
        watchAll: (given) => client.jobsStatus.watch(given),
        learn,
      }, options),
    async wait(options) {
      let last: Snapshot<JobsStatusResponse> | undefined;
      for await (const snapshot of batch.watch(options)) last = snapshot;
      options?.signal?.throwIfAborted();
      return last ?? {
        value: { processing_jobs: [], upscaling_tasks: [] },
        at: new Date(wire.clock.now()),
        via: "polling",
        done: true,
      };
    },
    async download(folder, { signal, show = true } = {}) {
      const { download } = await import("../../results/mod.ts");
      const folders: string[] = [];
      for (const { key, id } of made().filter(({ status }) => status === "finished")) {
        signal?.throwIfAborted();
        const target = `${folder.replace(/\/$/, "")}/${folderName(key)}`;
        await download(client, id, target, {
          ...(signal === undefined ? {} : { signal }),
          ...(show ? {} : { screen: false as const }),
        });
        folders.push(target);
        const at = new Date(wire.clock.now()).toISOString();
        await held(
          journal,
          wire,
          signal,
          () => journal.append({ at, key, state: "downloaded", folder: target }),
        );
      }
      return folders;
    },
    async retryFailed(changes = {}) {
      const requests = new Map(plan.requests.map(({ key, request }) => [key, request]));
      const again = new Map<string, string>();
      // What was being made again when the answer was lost is looked for first.
      const lost = entries().filter((entry) => entry.again !== undefined && isToFind(entry));
      const items = [...failed(), ...lost].flatMap((entry): readonly BatchItem[] => {
        const { root, number } = generationOf(entry, journal.entries);
        const request = requests.get(root.key);
        if (request === undefined) return [];
        if (fingerprintOf(request) !== root.fingerprint) throw incomplete(root);
        const isLost = entry.again !== undefined && isToFind(entry);
        const key = isLost ? entry.key : `${root.key}, again ${number}`;
        again.set(key, isLost ? entry.again : entry.key);
        return [{ key, request }];
      });
      return await submit(items, changes, again);
    },
    toCsv: () => toCsv(batch.table),
  };
  showAs(batch, () => batch.table);
  return attachWatch(batch, (pace) => batch.watch(pace));
}

/** What an entry was made again of at first, and the how many-th time the next will be. */
function generationOf(
  entry: LedgerEntry,
  entries: ReadonlyMap<string, LedgerEntry>,
): { readonly root: LedgerEntry; readonly number: number } {
  let root = entry, number = 1;
  for (
    let before = root.again === undefined ? undefined : entries.get(root.again);
    before !== undefined;
    before = before.again === undefined ? undefined : entries.get(before.again)
  ) {
    root = before;
    number++;
  }
  return { root, number };
}

/** Whether something may be at the service of which the number is not known. */
function isToFind(entry: LedgerEntry): boolean {
  return isOpen(entry) || entry.state === "ambiguous";
}

function incomplete({ key, request: { title } }: LedgerEntry): LedgerError {
  return new LedgerError(
    `Cannot make ${JSON.stringify(title)} again: its request held a secret, which no ledger keeps`,
    {
      reason: "key",
      hint: `submit the whole request: await submitAll(client, [{ key: ${
        JSON.stringify(key)
      }, request }], { ledger }), then retryFailed() of that batch`,
    },
  );
}

function jobOf({ id, status = "created", request }: LedgerEntry & { readonly id: number }) {
  const { title, label, service, parameters } = request;
  return { id, title, label, status, service, parameters };
}

/** The name of a folder for a key: what no file system minds. */
function folderName(key: string): string {
  const name = key.replaceAll(/[^\p{L}\p{N} ._-]/gu, "_").replace(/^\.+/, "_").trim().slice(0, 120);
  return name === "" ? "_" : name;
}
