import { DispatchError, type DispatchErrorOptions } from "../core/dispatch_error.ts";

/**
 * Why a ledger cannot do what it was asked for: its `file` cannot be read or written, what stands in it is `damaged`, it
 * is `held` by another program, it is of another account or service (`other`), a request is not what its `key` stands
 * for, several jobs can be the one that was sent (`ambiguous`), or whether it was made is `unknown` still.
 */
export type LedgerFailure =
  | "file"
  | "damaged"
  | "held"
  | "other"
  | "key"
  | "ambiguous"
  | "unknown"
  | "plan";

/** Options of {@linkcode LedgerError}. */
export interface LedgerErrorOptions extends DispatchErrorOptions {
  /** What kind of failure it is. */
  readonly reason: LedgerFailure;
}

/**
 * A ledger that cannot do what it was asked for; its message says what to do.
 *
 * @example
 * ```ts
 * import { LedgerError, openLedger } from "@apex-dispatch/client/ledger";
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * const error = await assertRejects(() => openLedger(folder), LedgerError);
 * assertEquals(error.reason, "file");
 * await Deno.remove(folder);
 * ```
 */
export class LedgerError extends DispatchError {
  static {
    this.prototype.name = "LedgerError";
  }

  /** What kind of failure it is. */
  readonly reason: LedgerFailure;

  /** Makes an error from what happened; what to do about it is its hint. */
  constructor(message: string, options: LedgerErrorOptions) {
    const { hint } = options;
    super(hint === undefined ? message : `${message}\n  What to do: ${hint}`, options);
    this.reason = options.reason;
  }
}
