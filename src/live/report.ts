import type { Clock } from "../core/waiting.ts";

/** What is reported of some work, whatever the way it is learned by. */
export type Report<T> =
  /** How the work was at a time, whether that differs from the last time, and when the next reading is due. */
  | {
    readonly kind: "value";
    readonly value: T;
    readonly changed: boolean;
    readonly at: number;
    readonly next: number;
  }
  /** That an answer takes its time, and why, in words: nothing is wrong. */
  | { readonly kind: "waiting"; readonly problem: string }
  /** That nothing is learned at the moment, and why, in words; and what it took to find that out. */
  | {
    readonly kind: "failure";
    readonly problem: string;
    readonly error?: unknown;
    readonly took?: number;
  };

/** How readings are given time. */
export interface ReadingTime<T> {
  /** How long one may take, from what is known of the work, in milliseconds; `null` for as long as it takes. */
  readonly limit: (latest: T | undefined) => number | null;
  /** Why one takes long, in words. */
  readonly slowBecause: (latest: T | undefined) => string;
}

/** How long a reading may take before it is worth a word, in milliseconds. */
const WORTH_A_WORD = 12_000;

/** How long a reading may take before it is worth a word, when the last one took so long. */
export function worthAWordAfter(lastTook: number): number {
  return Math.max(WORTH_A_WORD, lastTook * 1.5);
}

/** Whether a promise has not settled after that many milliseconds. */
export async function isPending(
  promise: Promise<unknown>,
  { clock, after }: { readonly clock: Clock; readonly after: number },
): Promise<boolean> {
  const timer = new AbortController();
  const settled = () => false;
  const late = clock.sleep(after, timer.signal).then(() => true, settled);
  try {
    return await Promise.race([promise.then(settled, settled), late]);
  } finally {
    timer.abort(null);
  }
}
