import { RequestInvalidError, TimeoutError } from "../http/errors.ts";
import { type Clock, systemClock } from "../models/clock.ts";
import { describeValue } from "../models/issue.ts";
import type { Snapshot, Watch } from "../models/snapshot.ts";
import { WatchError } from "./watch_error.ts";

/** How the end of some work is waited for. */
export interface WaitOptions<T> {
  /** Gives up when it aborts; rejects with the signal's reason. The work goes on. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long to wait, in milliseconds; `null` for as long as it takes.
   *
   * @default {null}
   */
  readonly timeout?: number | null | undefined;
  /** Is told of every snapshot. */
  readonly onUpdate?: ((snapshot: Snapshot<T>) => void) | undefined;
  /**
   * Whether work that failed or was canceled, wholly or in part, is an error.
   *
   * @default {false}
   */
  readonly throwOnFailure?: boolean | undefined;
}

/** What `wait` is given besides. */
export interface WaitContext<T> {
  /** How a message about it begins: `Cannot wait for unit job 42`. */
  readonly headline: string;
  /** What has failed of it, in words; nothing if all is well. */
  readonly failureOf: (value: T) => string | undefined;
  /** What waits. */
  readonly clock?: Clock;
}

/**
 * Follows a watch to its last snapshot.
 *
 * @throws {TimeoutError} if it takes too long; the work goes on.
 * @throws {WatchError} if the work failed and `throwOnFailure` is set.
 */
export async function wait<T>(
  watch: Watch<T>,
  context: WaitContext<T>,
  options: WaitOptions<T> = {},
): Promise<Snapshot<T>> {
  const { timeout = null, onUpdate, signal } = options;
  const { headline, failureOf, clock = systemClock } = context;
  if (timeout !== null && !(timeout > 0)) {
    const message = `expected milliseconds above 0, or null for none, got ${
      describeValue(timeout)
    }`;
    throw new RequestInvalidError(headline, { issues: [{ path: "timeout", message }] });
  }
  signal?.throwIfAborted();
  const timer = new AbortController();
  const expired = new AbortController();
  if (timeout !== null) {
    clock.sleep(timeout, timer.signal).then(() => {
      const hint = "the work goes on: wait again, or allow more time (option timeout)";
      const message = `${headline}: it has not ended within ${
        timeout / 1000
      } s\n  What to do: ${hint}`;
      expired.abort(new TimeoutError(message, { hint }));
    }, () => {});
  }
  let last: Snapshot<T> | undefined;
  try {
    const bounded = watch.until(expired.signal);
    for await (last of signal === undefined ? bounded : bounded.until(signal)) onUpdate?.(last);
  } finally {
    timer.abort(null);
  }
  if (last === undefined) throw new WatchError(`${headline}: nothing could be learned of it`);
  const failure = options.throwOnFailure === true
    ? failureOf(last.value) ?? last.problem
    : undefined;
  if (failure === undefined) return last;
  throw new WatchError(`${headline}: ${failure}`, { value: last.value });
}
