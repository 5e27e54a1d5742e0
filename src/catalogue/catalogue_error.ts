import { DispatchError, type DispatchErrorOptions } from "../core/dispatch_error.ts";

/** Why the catalogue could not be read. */
export type CatalogueFailure =
  | "unknown-service"
  | "not-found"
  | "unreachable"
  | "limit"
  | "invalid";

/** Options of {@linkcode CatalogueError}. */
export interface CatalogueErrorOptions extends DispatchErrorOptions {
  /** Why. */
  readonly reason: CatalogueFailure;
}

/**
 * The catalogue, or one service in it, could not be read: `reason` says whether it is not there, cannot be reached,
 * is not what a catalogue holds, or whether GitHub's limit of questions an hour is used up.
 *
 * @example A misspelt id is answered with the nearest one
 * ```ts
 * import { catalogue, CatalogueError } from "@apex-dispatch/client/catalogue";
 * import { assertRejects } from "@std/assert";
 *
 * await assertRejects(() => catalogue.get("max_ndvi_composit"), CatalogueError, "max_ndvi_composite");
 * ```
 */
export class CatalogueError extends DispatchError {
  static {
    this.prototype.name = "CatalogueError";
  }

  /** Why. */
  readonly reason: CatalogueFailure;

  /** Makes an error from its whole message. */
  constructor(message: string, options: CatalogueErrorOptions) {
    super(message, options);
    this.reason = options.reason;
  }
}
