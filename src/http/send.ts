import { ErrorResponse } from "../models/error_response.ts";
import { attempt, type AttemptFailure, type HttpAnswer, isForbidden } from "./attempt.ts";
import { type CallOptions, type HttpConfig, secretsOf } from "./config.ts";
import { ConnectionError, type Outcome, TimeoutError } from "./errors.ts";
import { redact, redactCause } from "../core/redact.ts";
import { requestHeaders } from "./request_headers.ts";
import { type Effect, mayRepeatStatus, retryAfter, retryPause } from "./retry.ts";
import { phrase } from "../core/text.ts";
import { lookFirst, wordMessage } from "./wording.ts";

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
  signal?.throwIfAborted();
  const headers = requestHeaders(config, call, options);
  const sentId = headers["x-correlation-id"] ?? "";
  const secrets = [...config.secrets, ...secretsOf(options.headers)];
  const auth = call.auth ? config.auth : undefined;

  const timeout =
    [options.timeout, call.timeout, config.timeout].find((limit) => limit !== undefined) ?? null;
  let token = await auth?.tokens.get(signal);
  let renewed = false;
  let repeats = 0;
  // Whether an attempt before this one can have done something.
  let sentBefore = false;
  while (true) {
    if (auth !== undefined && token !== undefined) {
      if (token.length >= 3) secrets.push(token);
      headers[auth.headerName.toLowerCase()] = auth.prefix === ""
        ? token
        : `${auth.prefix} ${token}`;
    }
    const lose = (failure: AttemptFailure) =>
      lost(config, call, failure, {
        outcome: failure.sent || sentBefore ? "unknown" : "not-sent",
        requestId: sentId,
        secrets,
        timeout,
        attempts: repeats + 1,
      });
    const result = await attempt({
      method: call.method,
      url: `${config.baseUrl}${call.path}`,
      headers,
      body: call.body,
      once: call.effect === "create",
    }, {
      fetch: config.fetch,
      native: config.native,
      clock: config.clock,
      timeout,
      signal,
      streaming: call.wantsStream && { wanted: call.wantsStream, error: lose },
    });

    if ("failure" in result) {
      if (
        call.effect !== "create" && repeats < config.retry.limit && !isForbidden(result.cause)
      ) {
        sentBefore ||= result.sent;
        await config.clock.sleep(retryPause(repeats++, config.random), signal);
        continue;
      }
      throw lose(result);
    }

    const { status } = result;
    const echoedId = result.headers.get("X-Correlation-ID") || sentId;
    const exchange = {
      answer: result,
      requestId: echoedId === sentId ? sentId : redact(echoedId, secrets),
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
      sentBefore = true;
      await config.clock.sleep(Math.max(retryPause(repeats++, config.random), wait ?? 0), signal);
      continue;
    }
    return {
      ...exchange,
      alreadyDeleted: call.effect === "delete" && sentBefore && isJobNotFound(result),
      ...(wait === undefined ? {} : { retryAfter: wait }),
    };
  }
}

/** Whether the service itself says that there is no such job: a proxy's 404 says nothing about jobs. */
function isJobNotFound({ status, content }: HttpAnswer): boolean {
  if (status !== 404) return false;
  try {
    const body = ErrorResponse.parse(JSON.parse(new TextDecoder().decode(content)));
    return body.error_code === "JOB_NOT_FOUND";
  } catch {
    return false;
  }
}

/** The error of a call that got no answer. */
function lost(
  config: HttpConfig,
  call: Call,
  { failure, sent, cause }: AttemptFailure,
  { outcome, requestId, secrets, timeout, attempts }: {
    readonly outcome: Outcome;
    readonly requestId: string;
    readonly secrets: readonly string[];
    readonly timeout: number | null;
    readonly attempts: number;
  },
): ConnectionError | TimeoutError {
  const { origin, host } = new URL(config.baseUrl);
  const times = attempts === 1 ? "" : ` at the last of ${attempts} attempts`;
  const hint = call.effect === "create" && sent
    ? lookFirst(call)
    : isForbidden(cause)
    ? `nothing was sent: allow this program to reach the service (deno run --allow-net=${host})`
    : outcome === "not-sent"
    ? "nothing was sent: check the base URL and the network, then try again"
    : failure === "timeout"
    ? "try again, which is safe for this call, or allow it more time (option timeout, in milliseconds)"
    : "try again in a few minutes, which is safe for this call";
  if (failure === "timeout") {
    const message = wordMessage(
      `${call.headline}: no whole answer from ${origin} within ${(timeout ?? 0) / 1000} s${times}`,
      { hint, requestId },
    );
    return new TimeoutError(message, { outcome, hint, requestId });
  }
  const clean = redactCause(cause, secrets);
  const reason = phrase(redact(innermost(clean), secrets), 300);
  const what = sent ? `the connection to ${origin} was lost` : `no connection to ${origin}`;
  const message = wordMessage(`${call.headline}: ${what}${times}`, { reason, hint, requestId });
  return new ConnectionError(message, { outcome, hint, requestId, cause: clean });
}

/** The message that says most: that of the last cause. */
function innermost(error: Error): string {
  return error.cause instanceof Error ? innermost(error.cause) : error.message;
}
