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

  /** Makes an error from its whole message; a given `hint` is the caller's to word into it. */
  constructor(message: string, options: DispatchErrorOptions = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    if (options.hint !== undefined) this.hint = options.hint;
  }
}
