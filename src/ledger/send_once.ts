import type { LedgeredCall } from "../api/known/job_ledger.ts";
import { isObject } from "../core/objects.ts";
import { redact, redactJson } from "../core/redact.ts";
import { phrase, quote } from "../core/text.ts";
import { count } from "../core/units.ts";
import { settle, type Settled } from "../core/waiting.ts";
import type { ApiResponse } from "../http/api_promise.ts";
import { RequestInvalidError } from "../http/errors.ts";
import {
  hasRoomForToken,
  markTitle,
  MAX_MARKED_TITLE_LENGTH,
  titleToken,
} from "../models/title_token.ts";
import { fingerprintOf, isMade, isOpen, type LedgerEntry } from "./journal/entry.ts";
import type { Journal } from "./journal/journal.ts";
import type { LedgerRequest } from "./journal/line.ts";
import { LedgerError } from "./ledger_error.ts";
import { reconcile } from "./reconcile.ts";

/** What sending has to know of its ledger. */
export interface SendContext {
  /** The file; it is held. */
  readonly journal: Journal;
  /** Whether titles are marked. */
  readonly marks: boolean;
  /** The highest numbers at the service, as far as they were asked for. */
  readonly highest: Map<"job" | "task", number>;
  /** The key of what is made again, where something is. */
  readonly again?: string | undefined;
  /** Whether what is absent after a lost answer is sent again at once, or told. */
  readonly resend: boolean;
  /** Is told what is waited for, in words. */
  readonly onWait?: ((words: string) => void) | undefined;
  /** How long an outage is borne, in milliseconds. */
  readonly maxOutage?: number | undefined;
}

/** How often something is sent at the most before somebody has to look. */
const MOST_SENDINGS = 3;

/** The key of a request without one of its own. */
export function keyOf(given: Pick<LedgeredCall<unknown>, "key" | "request">): string {
  return given.key ?? fingerprintOf(given.request).slice(0, 16);
}

/**
 * Sends what is not known to have been made: intent first, then the request, then what came of it. After a lost answer
 * the list is looked at, and only what is absent is sent again.
 */
export async function sendOnce<Made extends { readonly id: number }>(
  context: SendContext,
  given: LedgeredCall<Made>,
): Promise<ApiResponse<Made>> {
  const { journal, marks, onWait, maxOutage } = context;
  const { wire, signal, request } = given;
  const key = keyOf(given), fingerprint = fingerprintOf(request);
  refuseLongTitle(given, marks);
  for (let sendings = 0;;) {
    const entry = journal.entries.get(key);
    if (entry !== undefined && entry.fingerprint !== fingerprint) throw otherRequest(key, entry);
    if (entry !== undefined && isMade(entry)) return await given.read(entry.id);
    if (entry?.state === "ambiguous") throw ambiguous(entry, journal.path);
    if (entry !== undefined && isOpen(entry)) {
      await reconcile(journal, [entry], { wire, signal, onWait, maxOutage });
      continue;
    }
    if (entry?.state === "absent" && sendings >= MOST_SENDINGS) throw tooOften(entry, sendings);
    sendings++;
    const outcome = await sendNow(context, given, { key, fingerprint, entry });
    if (outcome.kind === "done") return outcome.response;
    if (signal?.aborted) throw outcome.error;
    if (context.resend && passes(outcome.error)) continue;
    // What the platform said holds for the next time too: it is told, once it is known that nothing was made.
    await reconcileAfter(context, given, key);
    const known = journal.entries.get(key);
    if (known?.state === "absent") throw outcome.error;
  }
}

async function reconcileAfter(
  { journal, onWait, maxOutage }: SendContext,
  { wire, signal }: Pick<LedgeredCall<unknown>, "wire" | "signal">,
  key: string,
): Promise<void> {
  const entry = journal.entries.get(key);
  if (entry !== undefined) await reconcile(journal, [entry], { wire, signal, onWait, maxOutage });
}

type SendOutcome<Made> =
  | { readonly kind: "done"; readonly response: ApiResponse<Made> }
  | { readonly kind: "lost"; readonly error: unknown };

async function sendNow<Made extends { readonly id: number }>(
  context: SendContext,
  given: LedgeredCall<Made>,
  { key, fingerprint, entry }: {
    readonly key: string;
    readonly fingerprint: string;
    readonly entry: LedgerEntry | undefined;
  },
): Promise<SendOutcome<Made>> {
  const { journal, marks, again } = context;
  const { kind, request, wire } = given;
  const now = () => new Date(wire.clock.now()).toISOString();
  // Sent again it is marked as before: should the first one appear after all, both are seen to be the same.
  const token = entry?.token ?? (marks ? titleToken() : undefined);
  const watermark = Math.max(
    knownHighest(journal, kind),
    token === undefined ? await highestId(context, given) : 0,
  );
  const body = token === undefined
    ? request
    : { ...request, title: markTitle(request.title, token) };
  const answer = await settle(given.post(body, async () => {
    const at = now();
    // One write, flushed once: of one that was cut short, what is whole says how far it came.
    await journal.append({
      ...{ at, key, state: "intent", kind, fingerprint, watermark },
      ...(token === undefined ? {} : { token }),
      ...(again === undefined ? {} : { again }),
      request: withoutSecrets(request),
    }, { at, key, state: "sent" });
  }));
  if (answer.ok && answer.value.ok) {
    const { id, ...made } = answer.value.parsed;
    const { status }: { readonly status?: unknown } = made;
    await journal.append({
      ...{ at: now(), key, state: "created", id },
      ...(typeof status === "string" ? { status } : {}),
    });
    return { kind: "done", response: answer.value };
  }
  const error = errorOf(answer);
  if (journal.entries.get(key)?.state !== "sent") throw error;
  const reason = phrase(redact(error instanceof Error ? error.message : String(error)), 400);
  const outcome: unknown = Object(error).outcome;
  if (outcome === "refused" || outcome === "not-sent") {
    await journal.append({ at: now(), key, state: "refused", reason });
    if (answer.ok) return { kind: "done", response: answer.value };
    throw error;
  }
  await journal.append({ at: now(), key, state: "unknown", reason });
  return { kind: "lost", error };
}

function errorOf<T>(answer: Settled<ApiResponse<T>>): unknown {
  if (!answer.ok) return answer.error;
  return answer.value.ok ? undefined : answer.value.error;
}

/** Whether a failure passes by itself, so that sending again can help. */
export function passes(error: unknown): boolean {
  const { status, details, name }: {
    readonly status?: unknown;
    readonly details?: unknown;
    readonly name?: unknown;
  } = Object(error);
  if (typeof status !== "number") return name === "ConnectionError" || name === "TimeoutError";
  if (status === 429 || status === 408 || (status > 501 && status <= 524)) return true;
  if (status >= 200 && status < 300) return true;
  if (status !== 500) return false;
  const said = isObject(details) && typeof details.error === "string" ? details.error : "";
  return isFull(error) || /^\[(?:429|5\d\d)\]/.test(said.trim());
}

/** Whether the platform has as many of one's jobs as it takes, or asks for patience. */
export function isFull(error: unknown): boolean {
  const { status, details, message }: {
    readonly status?: unknown;
    readonly details?: unknown;
    readonly message?: unknown;
  } = Object(error);
  const said = isObject(details) && typeof details.error === "string" ? details.error : message;
  return status === 429 || status === 503 ||
    (typeof said === "string" && /ConcurrentJobLimit|\[429\]|\[503\]/.test(said));
}

function withoutSecrets(request: LedgerRequest): LedgerRequest {
  const clean = (value: Readonly<Record<string, unknown>>) => {
    const made = redactJson(value, []);
    return isObject(made) ? made : {};
  };
  const { title, parameters } = request;
  return {
    ...request,
    title: redact(title),
    parameters: clean(parameters),
    ...("dimension" in request
      ? {
        dimension: {
          ...request.dimension,
          values: request.dimension.values.map((value) => redactJson(value, [])),
        },
      }
      : {}),
  };
}

/** The highest number of one's own work that the ledger knows. */
function knownHighest({ entries }: Journal, kind: "job" | "task"): number {
  let highest = 0;
  for (const entry of entries.values()) {
    if (entry.kind === kind) highest = Math.max(highest, entry.id ?? 0, entry.watermark);
  }
  return highest;
}

/** The highest number of one's own work at the service: asked for once, because the list is slow. */
async function highestId(
  { highest }: SendContext,
  { wire, kind, signal }: Pick<LedgeredCall<unknown>, "wire" | "kind" | "signal">,
): Promise<number> {
  const known = highest.get(kind);
  if (known !== undefined) return known;
  const list = await wire.list([kind === "job" ? "processing" : "upscaling"], signal);
  const work = kind === "job" ? list.processing_jobs : list.upscaling_tasks;
  const found = work.reduce((most, { id }) => Math.max(most, id), 0);
  highest.set(kind, found);
  return found;
}

function refuseLongTitle(
  { kind, request: { title } }: Pick<LedgeredCall<unknown>, "kind" | "request">,
  marks: boolean,
): void {
  if (!marks || hasRoomForToken(title)) return;
  throw new RequestInvalidError(
    `Cannot create the ${kind === "job" ? "unit job" : "upscaling task"}`,
    {
      issues: [{
        path: "title",
        message:
          `expected at most ${MAX_MARKED_TITLE_LENGTH} characters: the ledger marks titles, ` +
          'to find a job again whose answer was lost (openLedger(path, { titleToken: "off" }) leaves them as they are)',
      }],
    },
  );
}

function otherRequest(key: string, { request }: LedgerEntry): LedgerError {
  return new LedgerError(
    `Cannot send the request: in the ledger the key ${quote(key)} stands for another one (${
      quote(request.title)
    })`,
    { reason: "key", hint: "give the changed request a key of its own" },
  );
}

function ambiguous({ key, kind, token, candidates = [] }: LedgerEntry, path: string): LedgerError {
  const [first] = candidates;
  const what = kind === "job" ? "job" : "task";
  const why = token === undefined
    ? '; its title was left unmarked (titleToken: "off"), so equal ones look alike'
    : "";
  const resource = kind === "job" ? "unitJobs" : "upscaleTasks";
  return new LedgerError(
    `Cannot tell which ${what} ${quote(key)} is: ${count(candidates.length, what)} (${
      candidates.join(", ")
    }) can be it, and nothing was sent again (${path})${why}`,
    {
      reason: "ambiguous",
      hint: `look at them (client.${resource}.get(${first})), then say which: await ledger.decide(${
        quote(key)
      }, { id: ${first} }), or { absent: true } if it is none of them`,
    },
  );
}

function tooOften({ key, reason }: LedgerEntry, sendings: number): LedgerError {
  return new LedgerError(
    `Cannot send ${
      quote(key)
    }: it was sent ${sendings} times, each answer was lost, and nothing appeared (${
      reason ?? "no reason was given"
    }); the platform may hold jobs of this title of which the service has no record`,
    {
      reason: "unknown",
      hint:
        "look at the service (await client.health()) and at your jobs on the platform itself, " +
        "then run this again",
    },
  );
}
