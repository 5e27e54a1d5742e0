import { formatDuration, formatInstant } from "../core/units.ts";
import type { HttpConfig } from "../http/config.ts";
import { tokenExpiry } from "../http/token/token.ts";
import type { ProblemListener, Snapshot, Via, Watch, WatchSubject } from "../models/snapshot.ts";
import { watchCall } from "../models/snapshot.ts";
import { closable } from "./closable.ts";
import type { StreamOptions } from "./stream/connection.ts";
import type { Judge, JudgeOptions } from "./judge/judge.ts";
import { stopwatch, type WatchOptions, type WatchRules, watchRules } from "./options.ts";
import { LONGEST_PAUSE, polling, type PollingOptions } from "./polling.ts";
import type { Report } from "./report.ts";
import { stream, type StreamLost } from "./stream/stream.ts";
import { lastWord, outageError } from "./trouble.ts";

/** A stream of some work. */
export type WatchStream<T> = Pick<StreamOptions<T>, "path" | "query" | "read" | "hintFor">;

/** Where snapshots of some work come from. */
export interface WatchSource<T>
  extends Pick<PollingOptions<T>, "headline" | "poll" | "time" | "explain"> {
  /** What is watched. */
  readonly subject: WatchSubject;
  /** The stream of it, if there is one. */
  readonly stream?: WatchStream<T>;
  /** Makes a judge of its end. */
  readonly judge: (options: JudgeOptions) => Judge<T>;
  /** How many jobs were asked for, if it is known. */
  readonly expectedJobs?: number | undefined;
  /** Options that are known beside those of a watch. */
  readonly alsoKnown?: readonly string[];
}

/** Makes a watch of a source. Nothing is asked before somebody loops over it. */
export function watch<T>(
  config: HttpConfig,
  source: WatchSource<T>,
  options: WatchOptions = {},
): Watch<T> {
  const rules = watchRules(options, source);
  const over = (
    signals: readonly AbortSignal[],
    listeners: readonly ProblemListener[],
  ): Watch<T> => ({
    subject: source.subject,
    until: (signal, onProblem) =>
      over([...signals, signal], onProblem === undefined ? listeners : [...listeners, onProblem]),
    [Symbol.asyncIterator]: () =>
      closable(signals, (signal) => snapshots(config, source, { rules, listeners, signal })),
  });
  const { signal, onProblem } = options;
  return over(
    signal === undefined ? [] : [signal],
    onProblem === undefined ? [] : [onProblem],
  );
}

interface Circumstances {
  readonly rules: WatchRules;
  readonly listeners: readonly ProblemListener[];
  readonly signal: AbortSignal;
}

async function* snapshots<T>(
  config: HttpConfig,
  source: WatchSource<T>,
  { rules, listeners, signal }: Circumstances,
): AsyncGenerator<Snapshot<T>, void> {
  const { headline, subject, expectedJobs } = source;
  const { interval, maxOutage } = rules;
  const longestGap = Math.max(interval, LONGEST_PAUSE);
  const judge = source.judge({ ...rules, longestGap, expectedJobs });
  let shown: Snapshot<T> | undefined;
  let problem: string | undefined;
  let outage: ReturnType<typeof stopwatch> | undefined;
  const lastKnown = () => ({
    headline,
    again: watchCall(subject, expectedJobs),
    value: shown?.value,
  });
  const tell = (next: string | undefined) => {
    if (next === problem) return;
    problem = next;
    for (const listener of listeners) listener(next);
  };

  /** The snapshot that a report makes, if it tells anything new. */
  const take = ({ report, via, trouble }: Learned<T>): Snapshot<T> | undefined => {
    if (report.kind !== "value") {
      if (report.kind === "failure") {
        outage ??= stopwatch(longestGap);
        const lasted = outage(config.clock.now(), report.took);
        if (lasted >= maxOutage) {
          const { problem: words, error: cause } = report;
          const plain = words.replace(/; (?:trying again|reconnecting).*$/, "");
          throw outageError(
            { problem: plain, lasted: formatDuration(lasted), cause },
            lastKnown(),
          );
        }
      }
      tell(report.problem);
      if (shown === undefined || shown.problem === report.problem) return undefined;
      return shown = { ...shown, problem: report.problem };
    }
    outage = undefined;
    const { value, changed, at, next } = report;
    const verdict = judge(value, at);
    // Once the work has ended, how that was learned stands in nobody's way.
    const how = verdict.done ? [] : [endOfToken(config, next), trouble];
    const words = [verdict.problem, ...how].filter((each) => each !== undefined).join("; ") ||
      undefined;
    tell(words);
    const news = changed || shown === undefined || verdict.done || words !== shown.problem ||
      via !== shown.via;
    if (!news) return undefined;
    return shown = {
      value,
      via,
      at: new Date(at),
      ...verdict,
      ...(words === undefined ? {} : { problem: words }),
    };
  };

  try {
    for await (const learned of reports(config, source, { rules, signal, latest: () => shown })) {
      const snapshot = take(learned);
      if (snapshot !== undefined) yield snapshot;
      if (snapshot?.done) return;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw lastWord(error, lastKnown());
  }
}

/** A report, how it came, and what is wrong with how it came. */
interface Learned<T> {
  readonly report: Report<T>;
  readonly via: Via;
  readonly trouble?: string;
}

/** For how long it is asked instead before a socket is tried again, in milliseconds: from, and up to. */
const ASKING_INSTEAD = [300_000, 3_600_000] as const;

interface Way<T> {
  readonly rules: WatchRules;
  readonly signal: AbortSignal;
  readonly latest: () => Snapshot<T> | undefined;
}

/** What is reported through a socket where one is wanted; where there is none, by asking, until it is tried again. */
async function* reports<T>(
  config: HttpConfig,
  source: WatchSource<T>,
  { rules: { interval, socket }, signal, latest }: Way<T>,
): AsyncGenerator<Learned<T>, void> {
  const { headline, poll, time, explain } = source;
  const [shortest, longest] = ASKING_INSTEAD;
  const given = () => ({ headline, time, interval, signal, known: latest()?.value });
  let asking: AsyncGenerator<Report<T>, void> | undefined;
  let tries = 0;
  try {
    while (true) {
      let trouble = {};
      let until = Infinity;
      if (source.stream !== undefined && socket) {
        const every = ["interval", String(Math.ceil(interval / 1000))] as const;
        const query = [...source.stream.query, every];
        const pushed = stream(config, { ...source.stream, ...given(), query });
        const { lost, readings } = yield* viaSocket(pushed);
        if (readings > 0) tries = 0;
        trouble = { trouble: `${lost}; asking instead` };
        until = config.clock.now() + Math.min(shortest * 2 ** tries++, longest);
      }
      asking ??= polling(config, { ...given(), poll, explain });
      do {
        const { value: report } = await asking.next();
        if (report === undefined) return;
        yield { report, via: "polling", ...trouble };
      } while (config.clock.now() < until);
    }
  } finally {
    await asking?.return();
  }
}

async function* viaSocket<T>(
  pushed: AsyncGenerator<Report<T>, StreamLost>,
): AsyncGenerator<Learned<T>, StreamLost & { readonly readings: number }> {
  let readings = 0;
  try {
    while (true) {
      const { done, value } = await pushed.next();
      if (done) return { ...value, readings };
      if (value.kind === "value") readings++;
      yield { report: value, via: "socket" };
    }
  } finally {
    await pushed.return({ lost: "" });
  }
}

/** That the token ends before the next reading is due, and nobody will renew it. */
function endOfToken({ auth }: HttpConfig, next: number): string | undefined {
  const token = auth?.tokens.source;
  const end = typeof token === "string" ? tokenExpiry(token) : undefined;
  if (end === undefined || end.getTime() > next) return undefined;
  return `the token ends at ${
    formatInstant(end)
  }, before the next reading, and the watch with it: ` +
    "a token function (option token) would renew it";
}
