import { DispatchError } from "../core/dispatch_error.ts";
import type { CallErrorOptions, Outcome } from "./errors.ts";

/**
 * A call that creates a job, given up by its signal when it may have reached the service. Its `cause` is the signal's
 * reason, and its name is that of every abort.
 *
 * @example
 * ```ts
 * import { AuthenticatedClient, CallAbortedError } from "@apex-dispatch/client";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const stop = new AbortController();
 * const client = new AuthenticatedClient({
 *   baseUrl: "https://dispatch.example.test",
 *   token: "t0k",
 *   fetch() {
 *     stop.abort("the cell was stopped");
 *     return new Promise(() => {});
 *   },
 * });
 * const error = await client.unitJobs.create({
 *   title: "Vegetation index",
 *   label: "openeo",
 *   service: {
 *     endpoint: "https://openeo.example.test",
 *     application: "https://processes.example.test/vegetation-index.json",
 *   },
 *   parameters: {},
 *   format: "gtiff",
 * }, { signal: stop.signal }).catch((error) => error);
 * assert(error instanceof CallAbortedError);
 * assertEquals([error.name, error.outcome, error.cause], [
 *   "AbortError",
 *   "unknown",
 *   "the cell was stopped",
 * ]);
 * ```
 */
export class CallAbortedError extends DispatchError {
  static {
    this.prototype.name = "AbortError";
  }

  /** Whether anything can have happened. */
  readonly outcome: Outcome;
  /** The correlation id that the call went out with. */
  declare readonly requestId?: string;

  /** Makes an error from its whole message. */
  constructor(message: string, options: CallErrorOptions = {}) {
    super(message, options);
    this.outcome = options.outcome ?? "unknown";
    if (options.requestId !== undefined) this.requestId = options.requestId;
  }
}
