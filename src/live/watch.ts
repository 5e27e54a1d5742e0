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

