import { redact, redactCause } from "./redact.ts";
import { shortStack } from "./stack.ts";
import { phrase, printable } from "./text.ts";

/** Options of {@linkcode DispatchError} and of every error below it. */
export interface DispatchErrorOptions {
  /** What lies behind the error, with secrets removed. */
  readonly cause?: unknown;
  /** What to do about it, where the cause is known. */
  readonly hint?: string;
}

/**
 * The root of the family: every error that this package throws on its own account is a
 * `DispatchError`. A caller's abort is not one: it rejects with the signal's own reason.
 *
 * @example Telling our errors from others
 * ```ts
 * import { DispatchError, ServiceDetails } from "@apex-dispatch/client";
 * import { assert } from "@std/assert";
 *
 * try {
 *   ServiceDetails.parse({ endpoint: 5 });
 * } catch (error) {
 *   assert(error instanceof DispatchError);
 * }
 * ```
 */
export class DispatchError extends Error {
  static {
    this.prototype.name = "DispatchError";
  }

  /** What to do about it, where the cause is known. */
  declare readonly hint?: string;

  /** All frames of the stack: `stack` itself names at most the caller's own line. Not enumerable. */
  declare readonly fullStack: string;

  /**
   * Makes an error from its whole message; a given `hint` is the caller's to word into it. Whatever looks like a secret
   * is hidden in both, and what would command a terminal or turn the reading direction is taken out.
   */
  constructor(message: string, options: DispatchErrorOptions = {}) {
    super(safe(message), "cause" in options ? { cause: options.cause } : undefined);
    if (options.hint !== undefined) this.hint = safe(options.hint);
    const stack = this.stack ?? "";
    hide(this, "fullStack", stack);
    hide(this, "stack", shortStack(stack));
  }
}

/** The most characters of a message: a path or a name that somebody gives can be of any length. */
const LONGEST_MESSAGE = 20_000;

function safe(text: string): string {
  const whole = printable(redact(String(text)));
  return whole.length <= LONGEST_MESSAGE
    ? whole
    : `${whole.slice(0, LONGEST_MESSAGE).toWellFormed()}…`;
}

function hide(error: Error, name: string, value: string): void {
  Object.defineProperty(error, name, { value, writable: true, configurable: true });
}

/**
 * What was thrown as an error of ours: the very same if it is one; else one that says what was being done, with the
 * other as its cause.
 *
 * @param headline how the message begins: `Cannot make a client`.
 */
export function toDispatchError(thrown: unknown, headline: string): DispatchError {
  if (thrown instanceof DispatchError) return thrown;
  const cause = redactCause(thrown, []);
  const { name } = cause;
  const said = phrase(cause.message, 300);
  return new DispatchError(`${headline}: ${said === "" ? name : said}`, { cause });
}

/** What some work brings; whatever it throws is an error of ours. */
export function orDispatchError<T>(headline: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw toDispatchError(thrown, headline);
  }
}

/**
 * What some work brings that takes its time; whatever it throws is an error of ours, the reason of the `signal` that
 * its options give, or an `AbortError`, which says that it was stopped.
 */
export async function orDispatchErrorLater<T>(
  headline: string,
  options: unknown,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw isReason(thrown, options) || isStop(thrown) ? thrown : toDispatchError(thrown, headline);
  }
}

/** Whether somebody pressed Stop: what was stopped says so itself, as an abort does everywhere. */
function isStop(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === "AbortError";
}

/** Whether that is the caller's own reason to give up; options that cannot be read give none. */
export function isReason(thrown: unknown, options: unknown): boolean {
  try {
    const { signal } = Object(options);
    return signal instanceof AbortSignal && signal.aborted && signal.reason === thrown;
  } catch {
    return false;
  }
}
