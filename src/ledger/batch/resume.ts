import { isObject } from "../../core/objects.ts";
import { orDispatchErrorLater } from "../../core/dispatch_error.ts";
import { isComplete, isMade, type LedgerEntry } from "../journal/entry.ts";
import { hasEnded } from "../../models/jobs.ts";
import { learnStatuses } from "../learn.ts";
import { fileOf, held, type Ledger, openLedger, wireFor } from "../open_ledger.ts";
import type { Batch } from "./batch.ts";
import { checkBatchOptions, type SubmitAllOptions } from "./options.ts";
import type { BatchItem } from "./plan.ts";
import { submitAgain, type SubmitClient } from "./submit_all.ts";

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
