import { RequestInvalidError } from "../http/errors.ts";
import { describeValue, type Issue } from "../models/schema/issue.ts";
import { optionIssues, type OptionRule, type OptionRules } from "../models/schema/options.ts";
import type { ProblemListener } from "../models/snapshot.ts";

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
   * How long in a row nothing may be learned of the work, in milliseconds: the service or its platform cannot be
   * reached, answers with errors, or cannot say how the work is. `Infinity` for as long as it takes. What cannot pass
   * (an unknown host, a certificate that is not trusted, work that is not there, a refused token) ends a watch at once.
   *
   * @default {1_800_000}
   */
  readonly maxOutage?: number | undefined;
  /**
   * How long in a row the platform may be unable to say how the work is, in milliseconds, where that is not to be as
   * long as any other outage.
   *
   * @default {maxOutage}
   */
  readonly maxUnknown?: number | undefined;
  /**
   * After what time in `created` or `queued` a snapshot's `problem` says that this is long, in milliseconds.
   *
   * @default {21_600_000}
   */
  readonly alarmAfter?: number | undefined;
  /**
   * Whether to listen at the service's WebSocket where there is one. It is a poll of the service's own with the token
   * in its address, where logs keep it, and tells nothing that asking does not. A message above 8 MB is not taken: then
   * the service is asked.
   *
   * @default {false}
   */
  readonly socket?: boolean | undefined;
  /**
   * Is told what stands in the way, whenever that changes: from the first failure on, before there is a snapshot
   * too. What it throws ends the watch.
   */
  readonly onProblem?: ProblemListener | undefined;
}

/** The options of a watch, checked and with every default filled in. */
export interface WatchRules {
  readonly interval: number;
  readonly maxOutage: number;
  readonly maxUnknown: number;
  readonly alarmAfter: number;
  readonly socket: boolean;
}

/** The shortest interval, in milliseconds: a stream counts in whole seconds, and none makes it flood. */
const SHORTEST_INTERVAL = 1_000;

const KNOWN: OptionRules<WatchOptions> = {
  signal: "any",
  interval: "any",
  maxOutage: "any",
  maxUnknown: "any",
  alarmAfter: "any",
  socket: "any",
  onProblem: "any",
};

/** What is checked of a watch beside its own options. */
export interface WatchChecks {
  /** How a message about it begins. */
  readonly headline: string;
  /** How many jobs were asked for, if it is known. */
  readonly expectedJobs?: number | undefined;
  /** Options that are known here as well, whoever takes them. */
  readonly alsoKnown?: readonly string[] | undefined;
}

/**
 * Checks the options of a watch, and fills in the defaults.
 *
 * @throws {RequestInvalidError} that names every option which cannot be meant.
 */
export function watchRules(
  options: WatchOptions,
  { headline, expectedJobs, alsoKnown = [] }: WatchChecks,
): WatchRules {
  const {
    interval = 10_000,
    maxOutage = 1_800_000,
    maxUnknown = maxOutage,
    alarmAfter = 21_600_000,
    socket = false,
  } = options;
  const others = alsoKnown.map((name): [string, OptionRule] => [name, "any"]);
  const issues: Issue[] = optionIssues(options, { ...KNOWN, ...Object.fromEntries(others) });
  const expect = (fits: boolean, path: string, expected: string, value: unknown) => {
    if (fits) return;
    issues.push({ path, message: `expected ${expected}, got ${describeValue(value)}` });
  };
  const least = `milliseconds, ${SHORTEST_INTERVAL} at the least`;
  expect(
    Number.isFinite(interval) && interval >= SHORTEST_INTERVAL,
    "interval",
    least,
    interval,
  );
  for (const [name, value] of Object.entries({ maxOutage, maxUnknown, alarmAfter })) {
    const inherited = name === "maxUnknown" && options.maxUnknown === undefined;
    expect(inherited || (typeof value === "number" && value >= 0), name, "milliseconds", value);
  }
  expect(typeof socket === "boolean", "socket", "true or false", socket);
  const { signal, onProblem } = options;
  expect(signal === undefined || signal instanceof AbortSignal, "signal", "an AbortSignal", signal);
  const isFunction = onProblem === undefined || typeof onProblem === "function";
  expect(isFunction, "onProblem", "a function", onProblem);
  expect(
    expectedJobs === undefined || (Number.isSafeInteger(expectedJobs) && expectedJobs > 0),
    "expectedJobs",
    "a positive integer",
    expectedJobs,
  );
  if (issues.length > 0) throw new RequestInvalidError(headline, { issues });
  return { interval, maxOutage, maxUnknown, alarmAfter, socket };
}

/**
 * Measures the time over which somebody looked. While a laptop sleeps, or a reader is busy, nobody does: such a time
 * counts in part, so that nothing is given up at the first look after it.
 *
 * @param longestGap how much of the time between two looks counts, in milliseconds.
 * @returns tells, at each look, how long it has been; `took` is how long the look itself went on, which counts too.
 */
export function stopwatch(longestGap: number): (now: number, took?: number) => number {
  let last: number | undefined;
  let elapsed = 0;
  return (now, took = 0) => {
    elapsed += Math.min(now - (last ?? now), longestGap + took);
    last = now;
    return elapsed;
  };
}
