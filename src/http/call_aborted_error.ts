import { UnansweredError } from "./errors.ts";

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
export class CallAbortedError extends UnansweredError {
  static {
    this.prototype.name = "AbortError";
  }
}
