import type { Clock } from "../../src/core/waiting.ts";
import { manualClock as standingClock } from "../../src/sandbox/service/clock.ts";

/** A clock that a test drives: whoever waits is woken when the test moves it on. */
export interface ManualClock extends Clock {
  /** Every wait that was asked for, in milliseconds. */
  readonly waits: readonly number[];
  /** How many wait now. */
  readonly waiting: number;
  /** Whether somebody waits now who asked to wait that many milliseconds. */
  isWaiting(milliseconds: number): boolean;
  /** Moves the time on, and wakes whoever has waited long enough. */
  advance(milliseconds: number): void;
}

/** Makes a clock that stands still until it is driven, and notes every wait. */
export function manualClock(start = 0): ManualClock {
  const clock = standingClock(start);
  const waits: number[] = [];
  const pending = new Map<number, number>();
  const count = (milliseconds: number, by: number) =>
    pending.set(milliseconds, (pending.get(milliseconds) ?? 0) + by);
  return {
    waits,
    get waiting() {
      return clock.waiting;
    },
    isWaiting: (milliseconds) => (pending.get(milliseconds) ?? 0) > 0,
    now: clock.now,
    sleep(milliseconds, signal) {
      waits.push(milliseconds);
      count(milliseconds, 1);
      const over = () => count(milliseconds, -1);
      const sleeping = clock.sleep(milliseconds, signal);
      sleeping.then(over, over);
      return sleeping;
    },
    advance: clock.advance,
  };
}

/**
 * A clock on which every wait is over at once; it notes them, and its time moves by them. What goes on until it is
 * stopped, such as the progress of a download, never lets go of it: that wants `idleClock`.
 */
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

/**
 * A clock on which a wait is over as soon as nothing else happens, unless its signal aborts first; it notes the waits
 * that came to their end, and its time moves by them.
 */
export function idleClock(start = 0): Clock & { readonly waits: readonly number[] } {
  let now = start;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    sleep(milliseconds, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const timer = setTimeout(() => {
          signal?.removeEventListener("abort", onAbort);
          waits.push(milliseconds);
          now += milliseconds;
          resolve();
        }, 0);
        const onAbort = () => {
          clearTimeout(timer);
          reject(signal?.reason);
        };
        signal?.addEventListener("abort", onAbort, { once: true });
      });
    },
  };
}
