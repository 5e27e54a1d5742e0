import type { Clock } from "../../core/waiting.ts";

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /** How many wait for it at the moment. */
  readonly waiting: number;
  /** Lets time pass, in milliseconds; whoever has waited long enough goes on. */
  advance(milliseconds: number): void;
}

/**
 * A clock that a test drives: jobs are as far as it says, and streams pause until it says so, without
 * any waiting.
 *
 * @param start the time it begins with: a date, milliseconds since 1970, or a timestamp.
 *
 * @example
 * ```ts
 * import { manualClock } from "@apex-dispatch/client/sandbox";
 * import { assertEquals } from "@std/assert";
 *
 * const clock = manualClock("2026-11-23T15:38:21Z");
 * clock.advance(1500);
 * assertEquals(new Date(clock.now()).toISOString(), "2026-11-23T15:38:22.500Z");
 * ```
 */
export function manualClock(start: Date | number | string): ManualClock {
  let now = new Date(start).getTime();
  if (Number.isNaN(now)) {
    throw new RangeError(`Cannot start a clock at "${start}": give a date or a timestamp`);
  }
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  return {
    get waiting() {
      return sleepers.size;
    },
    now: () => now,
    sleep(milliseconds, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const onAbort = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const sleeper = {
          until: now + milliseconds,
          wake() {
            sleepers.delete(sleeper);
            signal?.removeEventListener("abort", onAbort);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", onAbort, { once: true });
      });
    },
    advance(milliseconds) {
      if (!(milliseconds >= 0)) {
        throw new RangeError(`Cannot advance a clock by ${milliseconds} ms: time goes forward`);
      }
      now += milliseconds;
      for (const sleeper of [...sleepers]) if (sleeper.until <= now) sleeper.wake();
    },
  };
}

/**
 * An instant as the service writes it: UTC, without an offset. It is rounded to whole seconds, as its
 * database does, so it can lie ahead of the clock.
 */
export function naiveTimestamp(milliseconds: number): string {
  return new Date(Math.round(milliseconds / 1000) * 1000).toISOString().slice(0, 19);
}
