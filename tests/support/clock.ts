import type { Clock } from "../../src/http/clock.ts";

/** A clock that a test drives: whoever waits is woken when the test moves it on. */
export interface ManualClock extends Clock {
  /** Every wait that was asked for, in milliseconds. */
  readonly waits: readonly number[];
  /** How many wait now. */
  readonly waiting: number;
  /** Moves the time on, and wakes whoever has waited long enough. */
  advance(milliseconds: number): void;
}

/** Makes a clock that stands still until it is driven. */
export function manualClock(start = 0): ManualClock {
  let now = start;
  const waits: number[] = [];
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  return {
    waits,
    get waiting() {
      return sleepers.size;
    },
    now: () => now,
    sleep(milliseconds, signal) {
      waits.push(milliseconds);
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const onAbort = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const sleeper = {
          at: now + milliseconds,
          wake: () => {
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
      now += milliseconds;
      for (const sleeper of [...sleepers]) if (sleeper.at <= now) sleeper.wake();
    },
  };
}

/** A clock on which every wait is over at once; it notes them, and its time moves by them. */
export function instantClock(start = 0): Clock & { readonly waits: readonly number[] } {
  let now = start;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    sleep(milliseconds, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      waits.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
  };
}
