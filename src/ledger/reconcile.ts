import type { LedgerWire } from "../api/known/job_ledger.ts";
import { redact, redactJson } from "../core/redact.ts";
import type { JobsStatusResponse } from "../models/jobs_status.ts";
import { markTitle, tokenIn } from "../models/title_token.ts";
import { canonical, type LedgerEntry, plainService } from "./journal/entry.ts";
import type { Journal } from "./journal/journal.ts";
import { askPatiently, lookingWords, type PatienceOptions } from "./patience.ts";

/**
 * When the list is looked at after an answer was lost, in milliseconds: the service may still be making the record, so
 * that what is not there yet is not absent before the last of them.
 */
export const SETTLING: readonly number[] = [0, 5_000, 15_000, 45_000, 120_000];

/** The last of them. */
const SETTLING_TIME = Math.max(...SETTLING);

/** How long a request may go on at the service after its client has died, in milliseconds: it stops one after that. */
const LONGEST_REQUEST = 300_000;

/** The least pause between two looks, in milliseconds. */
const LEAST_PAUSE = 1_000;

/** How entries are looked for. */
export interface ReconcileOptions extends PatienceOptions {
  /** How the service is reached. */
  readonly wire: LedgerWire;
}

/** What of an entry is looked for in the list. */
interface Sought {
  readonly entry: LedgerEntry;
  /** From when on it is looked for, with growing pauses. */
  readonly from: number;
  /** From when on it is absent if it is not there. */
  readonly settled: number;
}

/**
 * Finds out what came of what was sent without an answer, and writes it down: `found`, `absent` once the settling time
 * is over, or `ambiguous`. The journal is held by whoever asks.
 */
export async function reconcile(
  journal: Journal,
  entries: readonly LedgerEntry[],
  options: ReconcileOptions,
): Promise<void> {
  const { wire, signal, onWait } = options;
  const { clock } = wire;
  let pending = entries.map((entry) => soughtOf(entry, clock.now()));
  while (pending.length > 0) {
    // The time before the question: a record made while it is answered may be missing from the answer.
    let asked = clock.now();
    const list = await askPatiently(() => {
      asked = clock.now();
      return wire.list(filterOf(pending), signal);
    }, options);
    const at = new Date(clock.now()).toISOString();
    const left: Sought[] = [];
    for (const sought of pending) {
      const { entry: { key }, settled } = sought;
      const found = candidatesFor(sought.entry, list, takenIds(journal, sought.entry));
      if (found.length > 0 && isCrowded(journal, sought.entry, { pending, now: clock.now() })) {
        left.push(sought);
        continue;
      }
      const [only, ...more] = found;
      if (only !== undefined && more.length === 0) {
        await journal.append({ at, key, state: "found", ...only });
      } else if (only !== undefined) {
        await journal.append({ at, key, state: "ambiguous", ids: found.map(({ id }) => id) });
      } else if (asked >= settled) {
        await journal.append({ at, key, state: "absent" });
      } else left.push(sought);
    }
    pending = left;
    if (pending.length === 0) return;
    const now = clock.now();
    const next = Math.min(...pending.map((sought) => nextOf(sought, now)));
    onWait?.(lookingWords(pending.length, next - now));
    await clock.sleep(next - now, signal);
  }
}

/**
 * An answer that was lost is waited for from then on. Of a request whose program died nobody knows when that was: it is
 * looked for from now on, and is not absent before the settling time after the service has stopped it at the latest.
 */
function soughtOf(entry: LedgerEntry, now: number): Sought {
  const at = entry.at.getTime();
  if (entry.state !== "sent") return { entry, from: at, settled: at + SETTLING_TIME };
  const ended = at + LONGEST_REQUEST;
  return { entry, from: Math.min(now, ended), settled: ended + SETTLING_TIME };
}

function nextOf({ from, settled }: Sought, now: number): number {
  const next = SETTLING.map((after) => from + after).find((time) => time > now);
  if (next !== undefined) return next;
  return settled > now ? Math.min(settled, now + SETTLING_TIME) : now + LEAST_PAUSE;
}

function filterOf(pending: readonly Sought[]) {
  const kinds = new Set(pending.map(({ entry }) => entry.kind));
  return [
    ...(kinds.has("job") ? ["processing" as const] : []),
    ...(kinds.has("task") ? ["upscaling" as const] : []),
  ];
}

/** The numbers that belong to other entries. */
function takenIds(journal: Journal, entry: LedgerEntry): ReadonlySet<number> {
  return new Set(
    [...journal.entries.values()].filter(({ key, kind }) =>
      key !== entry.key && kind === entry.kind
    ).flatMap(({ id }) => id === undefined ? [] : [id]),
  );
}

/**
 * Whether another request is on its way whose job would look the same, because neither is marked: whose the one in the
 * list is, can be said when that one is answered, and at the latest when the service has stopped it.
 */
function isCrowded(
  journal: Journal,
  { key, kind, token, request }: LedgerEntry,
  { pending, now }: { readonly pending: readonly Sought[]; readonly now: number },
): boolean {
  if (token !== undefined) return false;
  const isSought = new Set(pending.map(({ entry }) => entry.key));
  return [...journal.entries.values()].some((other) =>
    other.key !== key && !isSought.has(other.key) && other.state === "sent" &&
    other.kind === kind && other.token === undefined && other.request.title === request.title &&
    now < other.at.getTime() + LONGEST_REQUEST
  );
}

/** The jobs or tasks that can be what was sent. */
export function candidatesFor(
  entry: LedgerEntry,
  { processing_jobs: jobs, upscaling_tasks: tasks }: JobsStatusResponse,
  taken: ReadonlySet<number>,
): readonly { readonly id: number; readonly status: string }[] {
  const all = entry.kind === "job"
    ? jobs.filter((job) => isOf(entry, job) && (entry.token !== undefined || isAlike(entry, job)))
    : tasks.filter((task) => isOf(entry, task));
  return all.filter(({ id }) => !taken.has(id)).map(({ id, status }) => ({ id, status }));
}

/** By the token in its title, or, without one, by what it is called and that it is newer than what was known. */
function isOf(
  { token, watermark, request }: LedgerEntry,
  { id, title }: { readonly id: number; readonly title: string },
): boolean {
  return token === undefined
    ? id > watermark && redact(title) === request.title
    : tokenIn(title) === token && redact(title) === redact(markTitle(request.title, token));
}

/** Whether a job runs the same with the same values, however they were written. */
function isAlike(
  { request }: LedgerEntry,
  { service, parameters }: { readonly service: unknown; readonly parameters: unknown },
): boolean {
  const same = (one: unknown, other: unknown) => canonical(one) === canonical(other);
  return same(redactJson(plainService(service), []), plainService(request.service)) &&
    same(redactJson(parameters, []), request.parameters);
}
