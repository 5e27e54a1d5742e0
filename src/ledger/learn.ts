import type { LedgerWire } from "../api/known/job_ledger.ts";
import { hasEnded } from "../models/jobs.ts";
import { isMade, type LedgerEntry } from "./journal/entry.ts";
import type { Journal } from "./journal/journal.ts";
import { askPatiently, type PatienceOptions } from "./patience.ts";

/** Asks how far everything is, and writes down what is new. */
export async function learnStatuses(
  journal: Journal,
  wire: LedgerWire,
  signal: AbortSignal | undefined,
): Promise<void> {
  const list = await wire.list(["processing", "upscaling"], signal);
  const at = new Date(wire.clock.now()).toISOString();
  const statuses = {
    job: new Map(list.processing_jobs.map(({ id, status }) => [id, status])),
    task: new Map(list.upscaling_tasks.map(({ id, status }) => [id, status])),
  };
  const news = [...journal.entries.values()].flatMap((entry) => {
    const { key, kind, id } = entry;
    const status = id === undefined ? undefined : statuses[kind].get(id);
    if (status === undefined || status === entry.status) return [];
    return [{ at, key, state: "status", status } as const];
  });
  if (news.length > 0) await journal.append(...news);
}

/** Asks tasks for their jobs, and writes down what is new: those that will not change any more are not asked again. */
export async function learnChildren(
  journal: Journal,
  options: PatienceOptions & { readonly wire: LedgerWire },
): Promise<void> {
  const { wire, signal } = options;
  for (const entry of journal.entries.values()) {
    if (!isMade(entry) || entry.kind !== "task" || areSettled(entry)) continue;
    const task = await askPatiently(() => wire.task(entry.id, signal), options);
    const jobs = task.jobs.map(({ id, status }) => ({ id, status }))
      .sort((one, other) => one.id - other.id);
    if (JSON.stringify(jobs) === JSON.stringify(entry.children ?? [])) continue;
    const at = new Date(wire.clock.now()).toISOString();
    await journal.append({ at, key: entry.key, state: "children", jobs });
  }
}

/** Whether all jobs that a task was asked for are there and have ended. */
function areSettled({ request, children = [] }: LedgerEntry): boolean {
  const expected = "dimension" in request ? request.dimension.values.length : 0;
  return children.length >= expected && children.every(({ status }) => hasEnded(status));
}
