import { isForbidden } from "../http/attempt/attempt.ts";
import type { HttpConfig } from "../http/config.ts";
import {
  ConnectionError,
  HttpError,
  NotFoundError,
  ResponseInvalidError,
  TimeoutError,
} from "../http/errors.ts";
import { retryPause } from "../http/retry.ts";
import { oneLine } from "../core/text.ts";
import { settle } from "../core/waiting.ts";
import { wordMessage } from "../http/wording.ts";
import type { WorkEvent } from "./event.ts";

/** One answer to a question how the work is. */
export interface Poll<T> {
  /** The work. */
  readonly value: T;
  /** The answer byte for byte, to see whether anything has changed. */
  readonly content: Uint8Array;
}

/** What makes asking fail for good, if more can be known than the error says. */
export type Explain<T> = (
  error: unknown,
  latest: T | undefined,
  signal: AbortSignal,
) => Promise<unknown>;

/** What is asked, and how often. */
export interface PollingOptions<T> {
  /** How a message about it begins: `Cannot watch unit job 42`. */
  readonly headline: string;
  /** Asks how the work is, once. */
  readonly poll: (signal: AbortSignal) => Promise<Poll<T>>;
  /** Says more about a failure. */
  readonly explain?: Explain<T> | undefined;
  /** What is known of the work already. */
  readonly known: T | undefined;
  /** The pause while things change, in milliseconds. */
  readonly interval: number;
  /** Ends the asking. */
  readonly signal: AbortSignal;
}

/** How many failures in a row are tolerated. */
const TOLERATED = 5;

/** The longest pause while nothing changes, in milliseconds. */
export const LONGEST_PAUSE = 60_000;

/**
 * Asks how some work is, again and again: more slowly while nothing changes, and never before the service wants
 * to be asked again. Failures that may pass are tolerated, five in a row; an answer resets the count.
 *
 * @returns never: whoever asks knows when the work has ended.
 * @throws what the last failure was, or what explains it.
 */
export async function* polling<T>(
  config: HttpConfig,
  options: PollingOptions<T>,
): AsyncGenerator<WorkEvent<T>, never> {
  const { interval, signal } = options;
  let failures = 0;
  let unchanged = 0;
  let latest: Poll<T> | undefined;
  while (true) {
    const answer = await settle(options.poll(signal));
    let pause: number;
    if (answer.ok) {
      const { value: poll } = answer;
      const changed = latest === undefined || !sameBytes(poll.content, latest.content);
      if (latest === undefined || changed) latest = poll;
      unchanged = changed ? 0 : unchanged + 1;
      failures = 0;
      yield { kind: "value", value: latest.value, changed, at: config.clock.now() };
      pause = Math.min(interval * 1.5 ** unchanged, Math.max(interval, LONGEST_PAUSE));
    } else {
      const { error } = answer;
      signal.throwIfAborted();
      if (!isPassing(error) || failures >= TOLERATED) {
        throw await explained(error, latest?.value ?? options.known, options);
      }
      const asked = error instanceof HttpError ? error.retryAfter ?? 0 : 0;
      pause = Math.max(interval, retryPause(failures++, config.random), asked);
      const when = asked > interval ? ` in ${Math.ceil(asked / 1000)} s, as the service asks` : "";
      yield { kind: "interrupted", problem: `${headlineOf(error)}; trying again${when}` };
    }
    await config.clock.sleep(pause, signal);
  }
}

/** Whether a failure may pass by itself; a page instead of an answer is a proxy's, and passes with it. */
function isPassing(error: unknown): boolean {
  if (error instanceof ConnectionError) return !isForbidden(error.cause);
  if (error instanceof HttpError) return error.status >= 500 || [408, 429].includes(error.status);
  return error instanceof TimeoutError || error instanceof ResponseInvalidError;
}

async function explained<T>(
  error: unknown,
  known: T | undefined,
  { headline, explain, signal }: PollingOptions<T>,
): Promise<unknown> {
  // A proxy's 404 says nothing about jobs.
  const gone = error instanceof NotFoundError && error.errorCode?.endsWith("_NOT_FOUND") === true;
  if (gone && known !== undefined) {
    const { status, errorCode, requestId, content } = error;
    const hint = "look for it on the platform, where it may still run";
    return new NotFoundError(
      wordMessage(`${headline} any more: it was deleted meanwhile`, { hint, requestId }),
      { status, errorCode, requestId, content, cause: error, hint },
    );
  }
  return await explain?.(error, known, signal) ?? error;
}

/** What an error says in one line, without what was asked: the live view says that already. */
function headlineOf(error: unknown): string {
  const [line = ""] = error instanceof Error ? error.message.split("\n") : [];
  return oneLine(line.replace(/^Cannot [^:]*: /, ""), 160);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
