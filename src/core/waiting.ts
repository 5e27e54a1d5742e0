/** What tells the time and waits. Tests bring their own, so that no test has to sleep. */
export interface Clock {
  /** The time in milliseconds since 1970. */
  now(): number;
  /** Waits that many milliseconds; rejects with the signal's reason as soon as it aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The longest wait that a timer can hold; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep(milliseconds, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      }, Math.min(Math.max(milliseconds, 0), LONGEST_TIMER));
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  },
};

/**
 * What a promise brings, or the signal's reason as soon as it aborts; others may go on waiting for the promise. No
 * listener stays on the signal.
 *
 * @example
 * ```ts
 * import { orAborted } from "./waiting.ts";
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * assertEquals(await orAborted(Promise.resolve(1), undefined), 1);
 * const never = new Promise<number>(() => {});
 * await assertRejects(() => orAborted(never, AbortSignal.abort(new Error("enough"))), Error, "enough");
 * ```
 */
export async function orAborted<T>(
  promise: T | Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (signal === undefined) return await promise;
  const settled = Promise.resolve(promise);
  // Whoever gives up early must not leave a rejection that nobody handles.
  settled.catch(() => {});
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([settled, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** What came of a promise. */
export type Settled<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: unknown };

/** What comes of a promise, as a value: it never rejects. */
export function settle<T>(promise: Promise<T>): Promise<Settled<T>> {
  return promise.then(
    (value) => ({ ok: true, value } as const),
    (error: unknown) => ({ ok: false, error } as const),
  );
}

/** How long work may go on before others get their turn, in milliseconds. */
const TURN = 16;

/** Carries out work that comes in steps to its end, at once. */
export function finish<T>(work: Iterator<void, T>): T {
  while (true) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/**
 * Carries out work that comes in steps, and lets everything else have its turn now and then: timers, answers, the Stop
 * button. It ends when the signal aborts.
 */
export async function inTurns<T>(work: Iterator<void, T>, signal?: AbortSignal): Promise<T> {
  let began = performance.now();
  while (true) {
    signal?.throwIfAborted();
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - began < TURN) continue;
    await new Promise((resolve) => setTimeout(resolve));
    began = performance.now();
  }
}
