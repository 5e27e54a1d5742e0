import type { HttpConfig } from "../http/config.ts";
import {
  ConnectionError,
  HttpError,
  NotFoundError,
  RequestInvalidError,
  TimeoutError,
} from "../http/errors.ts";
import { retryPause } from "../http/retry.ts";
import { oneLine } from "../http/wording.ts";
import { describeValue } from "../models/issue.ts";
import type { Reading } from "../models/model.ts";
import type { Snapshot, Via, Watch, WatchSubject } from "../models/snapshot.ts";
import type { Judge, JudgeOptions } from "./judge.ts";
import { stream } from "./stream.ts";

/** How work is watched. */
export interface WatchOptions {
  /** Ends the watch, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How often to look, in milliseconds, a second at the least. Asking slows down, to a minute at the most, while
   * nothing changes.
   *
   * @default {10_000}
   */
  readonly interval?: number | undefined;
  /**
   * How long in a row the platform may be unable to say how the work is, in milliseconds.
   *
   * @default {600_000}
   */
  readonly maxUnknown?: number | undefined;
  /**
   * Whether to listen at the service's WebSocket where there is one, before asking again and again.
   *
   * @default {true}
   */
  readonly socket?: boolean | undefined;
}

/** One answer to a question how the work is. */
export interface Poll<T> {
  /** The work. */
  readonly value: T;
  /** The answer byte for byte, to see whether anything has changed. */
  readonly content: Uint8Array;
}

/** Where snapshots of some work come from. */
export interface WatchSource<T> {
  /** What is watched. */
  readonly subject: WatchSubject;
  /** How a message about it begins. */
  readonly headline: string;
  /** The stream of it, if there is one. */
  readonly stream?: {
    readonly path: string;
    readonly query: readonly (readonly [name: string, value: string])[];
    readonly read: (data: unknown) => Reading<T>;
  };
  /** Asks how it is, once. */
  readonly poll: (signal: AbortSignal) => Promise<Poll<T>>;
  /** Makes a judge of its end. */
  readonly judge: (options: JudgeOptions) => Judge<T>;
  /** How many jobs were asked for, if it is known. */
  readonly expectedJobs?: number | undefined;
  /** What makes asking fail for good, if more can be known than the error says. */
  readonly explain?: (
    error: unknown,
    latest: T | undefined,
    signal: AbortSignal,
  ) => Promise<unknown>;
}

/** How many failures in a row are tolerated while asking. */
const TOLERATED = 5;

/** The longest pause between two questions while nothing changes, in milliseconds. */
const LONGEST_PAUSE = 60_000;

/** How much longer than the interval a stream may be silent, in milliseconds: the service asks slow platforms. */
const PATIENCE = 120_000;

/** Makes a watch of a source. Nothing is asked before somebody loops over it. */
export function watch<T>(
  config: HttpConfig,
  source: WatchSource<T>,
  options: WatchOptions = {},
): Watch<T> {
  const rules = checkOptions(source, options);
  const over = (signals: readonly AbortSignal[]): Watch<T> => ({
    subject: source.subject,
    until: (signal) => over([...signals, signal]),
    [Symbol.asyncIterator]: () =>
      closable(signals, (signal) => snapshots(config, source, rules, signal)),
  });
  return over(options.signal === undefined ? [] : [options.signal]);
}

interface Rules {
  readonly interval: number;
  readonly maxUnknown: number;
  readonly socket: boolean;
}

function checkOptions<T>(source: WatchSource<T>, options: WatchOptions): Rules {
  const { interval = 10_000, maxUnknown = 600_000, socket = true } = options;
  const issues = [];
  if (!(interval >= 1000)) {
    const message = `expected milliseconds, 1000 at the least, got ${describeValue(interval)}`;
    issues.push({ path: "interval", message });
  }
  if (!(maxUnknown >= 0)) {
    issues.push({
      path: "maxUnknown",
      message: `expected milliseconds, got ${describeValue(maxUnknown)}`,
    });
  }
  const { expectedJobs } = source;
  if (expectedJobs !== undefined && !(Number.isSafeInteger(expectedJobs) && expectedJobs > 0)) {
    issues.push({
      path: "expectedJobs",
      message: `expected a positive integer, got ${describeValue(expectedJobs)}`,
    });
  }
  if (issues.length > 0) throw new RequestInvalidError(source.headline, { issues });
  return { interval, maxUnknown, socket };
}

/** An iterator that closes what is under way as soon as it is left, even while somebody waits for its next value. */
function closable<T>(
  signals: readonly AbortSignal[],
  start: (signal: AbortSignal) => AsyncGenerator<Snapshot<T>>,
): AsyncIterator<Snapshot<T>> {
  const leaving = new AbortController();
  const onAbort = (event: Event) => {
    if (event.target instanceof AbortSignal) leaving.abort(event.target.reason);
  };
  for (const signal of signals) {
    if (signal.aborted) leaving.abort(signal.reason);
    else signal.addEventListener("abort", onAbort, { once: true });
  }
  const generator = start(leaving.signal);
  const release = () => signals.forEach((signal) => signal.removeEventListener("abort", onAbort));
  return {
    async next() {
      try {
        const result = await generator.next();
        if (result.done) release();
        return result;
      } catch (error) {
        release();
        throw error;
      }
    },
    async return() {
      release();
      leaving.abort(LEFT);
      await generator.return(undefined).catch(() => {});
      return { done: true, value: undefined };
    },
  };
}

const LEFT = new DOMException("The watch was left", "AbortError");

async function* snapshots<T>(
  config: HttpConfig,
  source: WatchSource<T>,
  rules: Rules,
  signal: AbortSignal,
): AsyncGenerator<Snapshot<T>> {
  const judge = source.judge({ maxUnknown: rules.maxUnknown, expectedJobs: source.expectedJobs });
  let shown: Snapshot<T> | undefined;
  /** The snapshot of a reading, if it tells anything new. */
  const look = (
    value: T,
    via: Via,
    changed: boolean,
    trouble?: string,
  ): Snapshot<T> | undefined => {
    const { problem = trouble, ...verdict } = judge(value, config.clock.now());
    const snapshot = {
      value,
      via,
      at: new Date(config.clock.now()),
      ...verdict,
      ...(problem === undefined ? {} : { problem }),
    };
    const news = changed || shown === undefined || snapshot.done || problem !== shown.problem;
    return news ? shown = snapshot : undefined;
  };
  const interrupted = (problem: string): Snapshot<T> | undefined =>
    shown === undefined || shown.problem === problem
      ? undefined
      : shown = { ...shown, problem, done: false };

  let instead: string | undefined;
  if (source.stream !== undefined && rules.socket) {
    const events = stream(config, {
      ...source.stream,
      headline: source.headline,
      query: [...source.stream.query, ["interval", String(Math.ceil(rules.interval / 1000))]],
      silence: rules.interval + PATIENCE,
      signal,
    });
    try {
      for (let event = await events.next();; event = await events.next()) {
        if (event.done) {
          instead = `${event.value.lost}; asking every ${rules.interval / 1000} s instead`;
          break;
        }
        const snapshot = event.value.kind === "value"
          ? look(event.value.value, "socket", event.value.changed)
          : interrupted(`${event.value.problem}; reconnecting`);
        if (snapshot !== undefined) yield snapshot;
        if (shown?.done) return;
      }
    } finally {
      await events.return({ lost: "" });
    }
  }

  let failures = 0;
  let unchanged = 0;
  let latest: Poll<T> | undefined;
  while (true) {
    let pause = 0;
    try {
      const poll = await source.poll(signal);
      const changed = latest === undefined || !sameBytes(poll.content, latest.content);
      unchanged = changed ? 0 : unchanged + 1;
      failures = 0;
      latest = changed ? poll : latest ?? poll;
      const snapshot = look(latest.value, "polling", changed, instead);
      if (snapshot !== undefined) yield snapshot;
      if (shown?.done) return;
      pause = Math.min(rules.interval * 1.5 ** unchanged, Math.max(rules.interval, LONGEST_PAUSE));
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error) || failures >= TOLERATED) {
        throw await explained(source, error, shown, signal);
      }
      const asked = error instanceof HttpError ? error.retryAfter ?? 0 : 0;
      pause = Math.max(rules.interval, retryPause(failures++, config.random), asked);
      const snapshot = interrupted(`${headlineOf(error)}; trying again`);
      if (snapshot !== undefined) yield snapshot;
    }
    await config.clock.sleep(pause, signal);
  }
}

/** Whether a failure may pass by itself. */
function isPassing(error: unknown): boolean {
  return error instanceof ConnectionError || error instanceof TimeoutError ||
    (error instanceof HttpError && (error.status >= 500 || [408, 429].includes(error.status)));
}

async function explained<T>(
  source: WatchSource<T>,
  error: unknown,
  shown: Snapshot<T> | undefined,
  signal: AbortSignal,
): Promise<unknown> {
  if (error instanceof NotFoundError && shown !== undefined) {
    const hint = "it was deleted while it was watched; on the platform it may still run";
    return new NotFoundError(`${source.headline} any more: ${hint}`, {
      status: error.status,
      errorCode: error.errorCode,
      requestId: error.requestId,
      content: error.content,
      cause: error,
      hint,
    });
  }
  return await source.explain?.(error, shown?.value, signal) ?? error;
}

function headlineOf(error: unknown): string {
  const [line = ""] = error instanceof Error ? error.message.split("\n") : [];
  return oneLine(line.replace(/^[^:]*: /, ""), 160);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
