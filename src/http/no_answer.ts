import { redact, redactCause } from "../core/redact.ts";
import { phrase } from "../core/text.ts";
import { isForbidden } from "./attempt/attempt.ts";
import { connectionTrouble } from "./connection_trouble.ts";
import { ConnectionError, type Outcome, TimeoutError, UnansweredError } from "./errors.ts";
import type { Unanswered, WireCall } from "./wire.ts";
import { lookFirst, wordMessage } from "./wording.ts";

/** The error of a call that got no answer: what happened, whether anything can have been done, what to do. */
export function noAnswer(
  call: WireCall,
  baseUrl: string,
  unanswered: Unanswered,
): CallAbortedError | ConnectionError | TimeoutError {
  const { failure: { failure, sent, cause }, requestId, secrets, attempts } = unanswered;
  const { origin } = new URL(baseUrl);
  const times = attempts === 1 ? "" : ` at the last of ${attempts} attempts`;
  const outcome = sent || unanswered.repeated ? "unknown" : "not-sent";
  const hint = hintFor(call, baseUrl, { ...unanswered, outcome });
  if (failure === "aborted") {
    const headline = `${call.headline()}: given up when it may have reached ${origin}`;
    const message = wordMessage(headline, { hint, requestId });
    return new CallAbortedError(message, { outcome, hint, requestId, cause });
  }
  if (failure === "timeout") {
    const limit = (unanswered.timeout ?? 0) / 1000;
    const headline = `${call.headline()}: no whole answer from ${origin} within ${limit} s${times}`;
    const message = wordMessage(headline, { hint, requestId });
    return new TimeoutError(message, { outcome, hint, requestId });
  }
  const clean = redactCause(cause, secrets);
  const reason = phrase(redact(innermost(clean), secrets), 300);
  const what = sent ? `the connection to ${origin} was lost` : `no connection to ${origin}`;
  const message = wordMessage(`${call.headline()}: ${what}${times}`, { reason, hint, requestId });
  return new ConnectionError(message, { outcome, hint, requestId, cause: clean });
}

/** What to do about it. */
function hintFor(
  call: WireCall,
  baseUrl: string,
  { failure: { failure, sent, cause }, outcome }: Unanswered & { readonly outcome: Outcome },
): string {
  if (call.effect === "create" && sent) return lookFirst(call.creation);
  if (isForbidden(cause)) {
    const { host } = new URL(baseUrl);
    return `nothing was sent: allow this program to reach the service (deno run --allow-net=${host})`;
  }
  if (outcome === "not-sent") {
    const { kind, hint = "" } = connectionTrouble(cause);
    return ["other", "refused", "unreachable"].includes(kind)
      ? "nothing was sent: check the base URL and the network, then try again"
      : `nothing was sent: ${hint}`;
  }
  return failure === "timeout"
    ? call.growsWith !== undefined
      ? `it takes the longer the more ${call.growsWith} it is about: allow it more time (option timeout, in milliseconds)`
      : "try again, which is safe for this call, or allow it more time (option timeout, in milliseconds)"
    : "try again in a few minutes, which is safe for this call";
}

/** The message that says most: that of the last cause. */
function innermost(error: Error): string {
  return error.cause instanceof Error ? innermost(error.cause) : error.message;
}

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
