import { attempt, type AttemptFailure, type HttpAnswer } from "./attempt.ts";
import type { CallOptions, HttpConfig } from "./config.ts";
import { ConnectionError, TimeoutError } from "./errors.ts";
import { redact, redactCause } from "./redact.ts";
import { type Effect, mayRepeatStatus, retryAfter, retryPause } from "./retry.ts";
import { oneLine, wordMessage } from "./wording.ts";

/** One call, ready to be sent. */
export interface Call {
  /** How the client's user calls it: `unitJobs.get`. */
  readonly name: string;
  /** How a message about it begins: `Cannot get unit job 42`. */
  readonly headline: string;
  /** What it does, which decides whether it may be repeated. */
  readonly effect: Effect;
  /** Whether a 500 can mean "not ready". */
  readonly notReadyIs500?: boolean;
  /** Statuses beyond 2xx that are an answer. */
  readonly alsoSuccess?: readonly number[];
  /** The method. */
  readonly method: string;
  /** Path and query below the base URL. */
  readonly path: string;
  /** The body, as JSON. */
  readonly body?: string;
  /** Whether it needs a token. */
  readonly auth: boolean;
  /** The time limit of one attempt, where it is not the client's. */
  readonly timeout?: number | null;
  /** What to look at before a call that creates is made again. */
  readonly lookFirst?: string;
  /** The media types wanted. */
  readonly accept?: string;
  /** Whether this answer's body is wanted as a stream. */
  readonly wantsStream?: (status: number, headers: Headers) => boolean;
}

/** What came of a call: the last answer, whatever its status. */
export interface Exchange {
  /** The answer. */
  readonly answer: HttpAnswer;
  /** The correlation id. */
  readonly requestId: string;
  /** What must not be seen in any message about it. */
  readonly secrets: readonly string[];
  /** Whether a repeated delete found nothing more to delete: the one before had succeeded. */
  readonly alreadyDeleted: boolean;
  /** How long the service asked to wait, in milliseconds. */
  readonly retryAfter?: number;
}

/**
 * Sends a call until it has its answer: with a token, within the time limit of each attempt, repeated where
 * that is safe, and once more with a fresh token after a 401.
 *
 * @throws {ConnectionError} if no answer came.
 * @throws {TimeoutError} if it did not come in time.
 * @throws the signal's reason, as soon as it aborts.
 */
export async function send(
  config: HttpConfig,
  call: Call,
  options: CallOptions,
): Promise<Exchange> {
  const { signal } = options;
  const headers = new Headers(config.headers);
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
  if (!headers.has("X-Correlation-ID")) headers.set("X-Correlation-ID", crypto.randomUUID());
  if (!headers.has("Accept")) headers.set("Accept", call.accept ?? "application/json");
  if (call.body !== undefined) headers.set("Content-Type", "application/json");
  if (config.cookie !== undefined) headers.set("Cookie", config.cookie);
  const sentId = headers.get("X-Correlation-ID") ?? "";
  const secrets = [...config.secrets];
  const auth = call.auth ? config.auth : undefined;

  const timeout =
    [options.timeout, call.timeout, config.timeout].find((limit) => limit !== undefined) ?? null;
  let token = await auth?.tokens.get(signal);
  let renewed = false;
  let repeats = 0;
  let deleteSent = false;
  while (true) {
    if (auth !== undefined && token !== undefined) {
      if (token.length >= 3) secrets.push(token);
      headers.set(auth.headerName, auth.prefix === "" ? token : `${auth.prefix} ${token}`);
    }
    const result = await attempt({
      method: call.method,
      url: `${config.baseUrl}${call.path}`,
      headers: Object.fromEntries(headers),
      body: call.body,
    }, {
      fetch: config.fetch,
      clock: config.clock,
      timeout,
      signal,
      wantsStream: call.wantsStream,
    });

    if ("failure" in result) {
      if (call.effect !== "create" && repeats < config.retry.limit) {
        deleteSent ||= call.effect === "delete" && result.sent;
        await config.clock.sleep(retryPause(repeats++, config.random), signal);
        continue;
      }
      throw lost(config, call, result, { requestId: sentId, secrets, timeout });
    }

    const { status } = result;
    const exchange = {
      answer: result,
      requestId: result.headers.get("X-Correlation-ID") ?? sentId,
      secrets,
    };
    if (status === 401 && auth !== undefined && token !== undefined && !renewed) {
      renewed = true;
      const fresh = await auth.tokens.renew(token, signal);
      if (fresh !== token) {
        token = fresh;
        continue;
      }
    }
    const wait = retryAfter(result.headers.get("Retry-After"), config.clock.now());
    if (
      repeats < config.retry.limit && mayRepeatStatus(status, call) &&
      !call.alsoSuccess?.includes(status) &&
      (wait === undefined || wait <= config.retry.maxRetryAfter)
    ) {
      deleteSent ||= call.effect === "delete";
      await config.clock.sleep(Math.max(retryPause(repeats++, config.random), wait ?? 0), signal);
      continue;
    }
    return {
      ...exchange,
      alreadyDeleted: deleteSent && status === 404,
      ...(wait === undefined ? {} : { retryAfter: wait }),
    };
  }
}

/** The error of a call that got no answer. */
function lost(
  config: HttpConfig,
  call: Call,
  { failure, sent, cause }: AttemptFailure,
  { requestId, secrets, timeout }: {
    readonly requestId: string;
    readonly secrets: readonly string[];
    readonly timeout: number | null;
  },
): ConnectionError | TimeoutError {
  const { origin } = new URL(config.baseUrl);
  const outcome = sent ? "unknown" : "not-sent";
  const hint = call.effect === "create" && sent
    ? `the job may exist all the same: ${call.lookFirst ?? "look"} before you try again`
    : sent
    ? "try again: this call can be repeated safely; allow it more time if the service is slow (option timeout)"
    : "nothing was sent: check the base URL and the network, then try again";
  if (failure === "timeout") {
    const message = wordMessage(
      `${call.headline}: no whole answer from ${origin} within ${(timeout ?? 0) / 1000} s`,
      {
        hint,
        requestId,
      },
    );
    return new TimeoutError(message, { outcome, hint, requestId });
  }
  const clean = redactCause(cause, secrets);
  const reason = oneLine(redact(innermost(clean), secrets), 300);
  const what = sent ? `the connection to ${origin} was lost` : `no connection to ${origin}`;
  const message = wordMessage(`${call.headline}: ${what}`, { reason, hint, requestId });
  return new ConnectionError(message, { outcome, hint, requestId, cause: clean });
}

/** The message that says most: that of the last cause. */
function innermost(error: Error): string {
  return error.cause instanceof Error ? innermost(error.cause) : error.message;
}
