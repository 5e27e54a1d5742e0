import { RequestInvalidError, TimeoutError } from "../http/errors.ts";
import { type Clock, orAborted, systemClock } from "../core/waiting.ts";
import { wordMessage } from "../http/wording.ts";
import { describeValue, type Issue } from "../models/schema/issue.ts";
import type { Snapshot, Watch } from "../models/snapshot.ts";
import { WatchError } from "./trouble.ts";

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
  /**
   * Is told of every snapshot; while it is busy, newer ones take the place of older ones. What it throws ends the
   * wait.
   */
  readonly onUpdate?: ((snapshot: Snapshot<T>) => void | Promise<void>) | undefined;
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
  /** The call that waits once more, as one would type it. */
  readonly again: string;
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
  const { headline, failureOf, again, clock = systemClock } = context;
  checkOptions(headline, options);
  signal?.throwIfAborted();
  const timer = new AbortController();
  const givingUp = new AbortController();
  const onAbort = () => givingUp.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  if (timeout !== null) {
    clock.sleep(timeout, timer.signal).then(() => {
      const hint =
        `the work goes on: wait again with ${again}, or allow more time (option timeout)`;
      const headword = `${headline}: it has not ended within ${timeout / 1000} s`;
      givingUp.abort(new TimeoutError(wordMessage(headword, { hint }), { hint }));
    }, () => {});
  }
  let last: Snapshot<T> | undefined;
  try {
    for await (last of watch.until(givingUp.signal)) {
      const told = onUpdate?.(last);
      if (told !== undefined) await orAborted(told, givingUp.signal);
    }
  } finally {
    timer.abort(null);
    signal?.removeEventListener("abort", onAbort);
  }
  if (last === undefined) throw new WatchError(`${headline}: nothing could be learned of it`);
  if (options.throwOnFailure !== true) return last;
  const failures = [failureOf(last.value), last.problem].filter((text) => text !== undefined);
  if (failures.length === 0) return last;
  throw new WatchError(`${headline}: ${failures.join("; ")}`, { value: last.value });
}

function checkOptions<T>(headline: string, { timeout, onUpdate }: WaitOptions<T>): void {
  const issues: Issue[] = [];
  if (timeout !== null && timeout !== undefined && !(typeof timeout === "number" && timeout > 0)) {
    const expected = "expected milliseconds above 0, or null for none";
    issues.push({ path: "timeout", message: `${expected}, got ${describeValue(timeout)}` });
  }
  if (onUpdate !== undefined && typeof onUpdate !== "function") {
    const message = `expected a function, got ${describeValue(onUpdate)}`;
    issues.push({ path: "onUpdate", message });
  }
  if (issues.length > 0) throw new RequestInvalidError(headline, { issues });
}
