import type { HttpConfig } from "../http/config.ts";
import { RequestInvalidError } from "../http/errors.ts";
import { describeValue, type Issue } from "../models/schema/issue.ts";
import type { Snapshot, Via, Watch, WatchSubject } from "../models/snapshot.ts";
import { closable } from "./closable.ts";
import type { WorkEvent } from "./event.ts";
import type { Judge, JudgeOptions } from "./judge.ts";
import { type Explain, LONGEST_PAUSE, type Poll, polling } from "./polling.ts";
import { stream, type StreamOptions } from "./stream.ts";

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

/** A stream of some work. */
export type WatchStream<T> = Pick<StreamOptions<T>, "path" | "query" | "read">;

/** Where snapshots of some work come from. */
export interface WatchSource<T> {
  /** What is watched. */
  readonly subject: WatchSubject;
  /** How a message about it begins. */
  readonly headline: string;
  /** The stream of it, if there is one. */
  readonly stream?: WatchStream<T>;
  /** Asks how it is, once. */
  readonly poll: (signal: AbortSignal) => Promise<Poll<T>>;
  /** Makes a judge of its end. */
  readonly judge: (options: JudgeOptions) => Judge<T>;
  /** How many jobs were asked for, if it is known. */
  readonly expectedJobs?: number | undefined;
  /** What makes asking fail for good, if more can be known than the error says. */
  readonly explain?: Explain<T>;
}

/** The shortest interval, in milliseconds: a stream counts in whole seconds, and none makes it flood. */
const SHORTEST_INTERVAL = 1_000;

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
  const { interval = 10_000, maxUnknown = 600_000, socket = true, signal } = options;
  const { expectedJobs } = source;
  const issues: Issue[] = [];
  const expect = (fits: boolean, path: string, expected: string, value: unknown) => {
    if (fits) return;
    issues.push({ path, message: `expected ${expected}, got ${describeValue(value)}` });
  };
  expect(
    Number.isFinite(interval) && interval >= SHORTEST_INTERVAL,
    "interval",
    `milliseconds, ${SHORTEST_INTERVAL} at the least`,
    interval,
  );
  expect(
    typeof maxUnknown === "number" && maxUnknown >= 0,
    "maxUnknown",
    "milliseconds",
    maxUnknown,
  );
  expect(typeof socket === "boolean", "socket", "true or false", socket);
  expect(signal === undefined || signal instanceof AbortSignal, "signal", "an AbortSignal", signal);
  expect(
    expectedJobs === undefined || (Number.isSafeInteger(expectedJobs) && expectedJobs > 0),
    "expectedJobs",
    "a positive integer",
    expectedJobs,
  );
  if (issues.length > 0) throw new RequestInvalidError(source.headline, { issues });
  return { interval, maxUnknown, socket };
}

async function* snapshots<T>(
  config: HttpConfig,
  source: WatchSource<T>,
  rules: Rules,
  signal: AbortSignal,
): AsyncGenerator<Snapshot<T>, void> {
  const { headline, poll, explain } = source;
  const { interval, maxUnknown } = rules;
  const judge = source.judge({
    maxUnknown,
    longestGap: Math.max(interval, LONGEST_PAUSE),
    expectedJobs: source.expectedJobs,
  });
  let shown: Snapshot<T> | undefined;
  /** The snapshot that an event makes, if it tells anything new. */
  const look = (event: WorkEvent<T>, via: Via, trouble?: string): Snapshot<T> | undefined => {
    if (event.kind === "interrupted") {
      const { problem } = event;
      if (shown === undefined || shown.problem === problem) return undefined;
      return shown = { ...shown, problem };
    }
    const { value, changed, at } = event;
    const verdict = judge(value, at);
    // Once the work has ended, how that was learned stands in nobody's way.
    const problem = verdict.problem ?? (verdict.done ? undefined : trouble);
    const news = changed || shown === undefined || verdict.done || problem !== shown.problem;
    if (!news) return undefined;
    return shown = {
      value,
      via,
      at: new Date(at),
      ...verdict,
      ...(problem === undefined ? {} : { problem }),
    };
  };

  let trouble: string | undefined;
  if (source.stream !== undefined && rules.socket) {
    const events = stream(config, {
      ...source.stream,
      headline,
      query: [...source.stream.query, ["interval", String(Math.ceil(interval / 1000))]],
      silence: interval + PATIENCE,
      signal,
    });
    try {
      while (true) {
        const event = await events.next();
        if (event.done) {
          trouble = `${event.value.lost}; asking instead`;
          break;
        }
        const snapshot = look(event.value, "socket");
        if (snapshot !== undefined) yield snapshot;
        if (snapshot?.done) return;
      }
    } finally {
      await events.return({ lost: "" });
    }
  }

  const known = shown?.value;
  for await (const event of polling(config, { headline, poll, explain, known, interval, signal })) {
    const snapshot = look(event, "polling", trouble);
    if (snapshot !== undefined) yield snapshot;
    if (snapshot?.done) return;
  }
}
