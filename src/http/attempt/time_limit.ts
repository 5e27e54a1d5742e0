import { type Clock, systemClock } from "../../core/waiting.ts";

/** What ends an attempt before its time: the time limit, or the caller's signal. */
export interface TimeLimit {
  /** Aborts when either does; none where there is neither. */
  readonly signal: AbortSignal | undefined;
  /** Ends the watching: no timer and no listener stays behind. */
  end(): void;
}

/** How long an attempt may take, and by which clock. */
export interface TimeLimitOptions {
  /** The time limit in milliseconds. */
  readonly timeout: number | null;
  /** What waits. */
  readonly clock: Clock;
  /** Ends it earlier when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** Signals of the machine's own clock, which need no clearing up. */
  readonly deadlines?: Deadlines | undefined;
}

/** Hands out signals that abort after a time. */
export type Deadlines = (milliseconds: number) => AbortSignal;

const NOTHING: TimeLimit = { signal: undefined, end() {} };

/** Starts a time limit. A timer of its own is the dearest part of a call, so calls share one where they can. */
export function timeLimit(options: TimeLimitOptions): TimeLimit {
  const { timeout, clock, signal, deadlines } = options;
  if (signal === undefined) {
    if (timeout === null) return NOTHING;
    if (clock === systemClock && deadlines !== undefined) {
      return { signal: deadlines(timeout), end() {} };
    }
  }
  const ending = new AbortController();
  const timer = new AbortController();
  const onAbort = () => ending.abort(signal?.reason);
  if (signal?.aborted) onAbort();
  signal?.addEventListener("abort", onAbort, { once: true });
  if (timeout !== null) {
    clock.sleep(timeout, timer.signal).then(
      () => ending.abort(new DOMException("The time limit has passed", "TimeoutError")),
      () => {},
    );
  }
  return {
    signal: ending.signal,
    end() {
      // Without a reason of its own an abort makes an error, and that costs a stack trace in every call.
      timer.abort(null);
      signal?.removeEventListener("abort", onAbort);
    },
  };
}

/** The part of a limit within which calls share a signal: the limit is that much longer for the first of them. */
const SHARED_PART = 1 / 64;

/** The longest limit that a timer can hold; a longer one would pass at once. */
const LONGEST = 2 ** 31 - 1;

/**
 * Makes what hands out signals that abort after a time, rounded up to a 64th more: calls that start soon after each
 * other share one, because a timer costs more than anything else that a call does in JavaScript. Their timers keep no
 * program alive.
 */
export function sharedDeadlines(
  { now: clock = () => performance.now(), timer = (time: number) => AbortSignal.timeout(time) } =
    {},
): Deadlines {
  const latest = new Map<number, { readonly signal: AbortSignal; readonly until: number }>();
  return (milliseconds) => {
    const now = clock();
    const shared = latest.get(milliseconds);
    if (shared !== undefined && now <= shared.until) return shared.signal;
    const part = milliseconds * SHARED_PART;
    const signal = timer(Math.min(Math.ceil(milliseconds + part), LONGEST));
    latest.clear();
    latest.set(milliseconds, { signal, until: now + part });
    return signal;
  };
}
