import { DispatchError, type DispatchErrorOptions } from "../core/dispatch_error.ts";

/** Why a file could not be brought home, or not be read. */
export type ResultsFailure =
  | "expired"
  | "changed"
  | "checksum"
  | "size"
  | "unreachable"
  | "refused"
  | "permission"
  | "disk"
  | "exists"
  | "name"
  | "too-large"
  | "unsupported"
  | "invalid"
  | "nothing";

/** Options of {@linkcode ResultsError}. */
export interface ResultsErrorOptions extends DispatchErrorOptions {
  /** Why. */
  readonly reason: ResultsFailure;
  /** What could not be brought home, where several files were wanted. */
  readonly failures?: readonly ResultsError[];
}

/**
 * A file of results that could not be brought home or read: `reason` says why. No message holds an address: whoever
 * has one has the file.
 *
 * @example
 * ```ts
 * import { readTable, ResultsError } from "@apex-dispatch/client/results";
 * import { assertRejects } from "@std/assert";
 *
 * const page = new TextEncoder().encode("<!doctype html><title>Sign in</title>");
 * await assertRejects(() => readTable(page), ResultsError, "web page");
 * ```
 */
export class ResultsError extends DispatchError {
  static {
    this.prototype.name = "ResultsError";
  }

  /** Why. */
  readonly reason: ResultsFailure;
  /** What could not be brought home, where several files were wanted. */
  declare readonly failures?: readonly ResultsError[];

  /** Makes an error from its whole message. */
  constructor(message: string, options: ResultsErrorOptions) {
    super(message, options);
    this.reason = options.reason;
    if (options.failures !== undefined) this.failures = options.failures;
  }
}
