import { settle } from "../core/waiting.ts";
import type { HttpConfig } from "../http/config.ts";
import { HttpError, NotFoundError, TimeoutError } from "../http/errors.ts";
import { wordMessage } from "../http/wording.ts";
import { mayPass, problemOf } from "./trouble.ts";
import { isPending, type ReadingTime, type Report, worthAWordAfter } from "./report.ts";

/** One answer to a question how the work is. */
export interface Poll<T> {
  /** The work. */
  readonly value: T;
  /** The answer byte for byte, to see whether anything has changed. */
  readonly content: Uint8Array;
}

/** What lies behind a failure, if more can be known than the error says. */
export type Explain<T> = (
  error: unknown,
  latest: T | undefined,
  signal: AbortSignal,
) => Promise<Error | undefined>;

/** What is asked, and how often. */
export interface PollingOptions<T> {
  /** How a message about it begins: `Cannot watch unit job 42`. */
  readonly headline: string;
  /** Asks how the work is, once, with a time limit. */
  readonly poll: (signal: AbortSignal, timeout: number | null) => Promise<Poll<T>>;
  /** How much time a reading is given. */
  readonly time: ReadingTime<T>;
  /** Says more about a failure. */
  readonly explain?: Explain<T> | undefined;
  /** What is known of the work already. */
  readonly known: T | undefined;
  /** The pause while things change, in milliseconds. */
  readonly interval: number;
  /** Ends the asking. */
  readonly signal: AbortSignal;
}

/** The longest pause while nothing changes, in milliseconds. */
export const LONGEST_PAUSE = 60_000;

/**
 * Asks how some work is, one question after the other: more slowly while nothing changes or the service fails, and not
 * before the service wants to be asked again, as far as a call would heed that.
 *
 * It never ends by itself: whoever asks knows when the work has ended, and how long an outage is borne.
 *
 * @throws the first failure that cannot pass.
 */
export async function* polling<T>(
  config: HttpConfig,
  options: PollingOptions<T>,
): AsyncGenerator<Report<T>, void> {
  const { interval, signal, time } = options;
  const { clock } = config;
  let failures = 0;
  let unchanged = 0;
  let lastTook = 0;
  let latest: Poll<T> | undefined;
  let explanation: Error | undefined;
  while (true) {
    const known = latest?.value ?? options.known;
    const limit = time.limit(known);
    const began = clock.now();
    const asked = settle(options.poll(signal, limit));
    if (await isPending(asked, { clock, after: worthAWordAfter(lastTook) })) {
      yield { kind: "waiting", problem: time.slowBecause(known) };
    }
    const answer = await asked;
    const now = clock.now();
    let pause: number;
    if (answer.ok) {
      const { value: poll } = answer;
      const changed = latest === undefined || !sameBytes(poll.content, latest.content);
      if (latest === undefined || changed) latest = poll;
      unchanged = changed ? 0 : unchanged + 1;
      failures = 0;
      explanation = undefined;
      lastTook = now - began;
      pause = slower(interval, unchanged);
      yield { kind: "value", value: latest.value, changed, at: now, next: now + pause };
    } else {
      const { error } = answer;
      signal.throwIfAborted();
      if (!mayPass(error, known !== undefined)) throw goneError(error, options, known) ?? error;
      explanation ??= await options.explain?.(error, known, signal);
      const { wait, words } = askedToWait(error, config);
      // By chance too, so that watches that failed together do not come back together.
      const slow = slower(interval, failures++) * (0.75 + 0.25 * config.random());
      pause = Math.max(interval, slow, wait);
      yield {
        kind: "failure",
        problem: `${problemOf(explanation ?? error)}; trying again${wait > interval ? words : ""}`,
        error: explanation ?? error,
        ...(error instanceof TimeoutError && limit !== null ? { took: limit } : {}),
      };
    }
    await clock.sleep(pause, signal);
  }
}

/** A pause that grows from one time to the next. */
function slower(interval: number, times: number): number {
  return Math.min(interval * 1.5 ** times, Math.max(interval, LONGEST_PAUSE));
}

/** How long the service asks to wait, as far as that is heeded. */
function askedToWait(error: unknown, { retry: { maxRetryAfter } }: HttpConfig) {
  const asked = error instanceof HttpError ? error.retryAfter ?? 0 : 0;
  const wait = Math.min(asked, maxRetryAfter);
  const seconds = (milliseconds: number) => `${Math.ceil(milliseconds / 1000)} s`;
  const words = asked > wait
    ? ` in ${seconds(wait)}, though the service asks for ${seconds(asked)}`
    : ` in ${seconds(wait)}, as the service asks`;
  return { wait, words };
}

/** That work was deleted, where the service says so of work that there was. */
function goneError<T>(
  error: unknown,
  { headline }: PollingOptions<T>,
  known: T | undefined,
): NotFoundError | undefined {
  // A proxy's 404 says nothing about jobs.
  if (!(error instanceof NotFoundError) || known === undefined) return undefined;
  if (error.errorCode?.endsWith("_NOT_FOUND") !== true) return undefined;
  const { status, errorCode, requestId, content } = error;
  const hint = "look for it on the platform, where it may still run";
  return new NotFoundError(
    wordMessage(`${headline} any more: it was deleted meanwhile`, { hint, requestId }),
    { status, errorCode, requestId, content, hint },
  );
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
