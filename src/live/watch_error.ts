import { DispatchError, type DispatchErrorOptions } from "../core/dispatch_error.ts";

/** Options of {@linkcode WatchError}. */
export interface WatchErrorOptions extends DispatchErrorOptions {
  /** The work as it was last read, if it was. */
  readonly value?: unknown;
}

/**
 * A watch that had to give up, or work that ended badly where that was to be an error. The work itself is not
 * touched: it can be watched again.
 */
export class WatchError extends DispatchError {
  static {
    this.prototype.name = "WatchError";
  }
  /** The work as it was last read, if it was. */
  declare readonly value?: unknown;

  /** Makes an error from its whole message. */
  constructor(message: string, options: WatchErrorOptions = {}) {
    super(message, options);
    if (options.value !== undefined) this.value = options.value;
  }
}
