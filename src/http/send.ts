import { redact } from "../core/redact.ts";
import { attempt, type AttemptFailure, isForbidden } from "./attempt/attempt.ts";
import { secretsOf } from "./options.ts";
import type { CallOptions, HttpConfig } from "./config.ts";
import { reporterFor } from "./hooks.ts";
import { noAnswer } from "./no_answer.ts";
import { requestHeaders } from "./attempt/request_headers.ts";
import { mayRepeatStatus, retryAfter, retryPause } from "./retry.ts";
import type { Exchange, WireCall } from "./wire.ts";

/** How much of the body of an answer that says no is read, in bytes: 1 MiB. */
const LONGEST_REFUSAL = 1024 ** 2;

/**
 * Sends a call until it has its answer: with a token, within the time limit of each attempt, repeated where
 * that is safe, and once more with a fresh token after a 401.
 *
 * @throws {ConnectionError} if no answer came.
 * @throws {TimeoutError} if it did not come in time.
 * @throws {CallAbortedError} if the signal aborts when a call that creates may have reached the service.
 * @throws the signal's reason, as soon as it aborts, in every other case.
 */
export async function send(
  config: HttpConfig,
  call: WireCall,
  options: CallOptions,
): Promise<Exchange> {
  const { signal } = options;
  signal?.throwIfAborted();
  const headers = requestHeaders(config, call, options);
  const requestId = headers["x-correlation-id"] ?? "";
  const secrets = [...config.secrets, ...secretsOf(options.headers)];
  const report = reporterFor(config.hooks, call, { requestId, secrets });
  const auth = call.auth ? config.auth : undefined;
  const ownTimeout = options.timeout === undefined ? call.timeout : options.timeout;
  const timeout = ownTimeout === undefined ? config.timeout : ownTimeout;
  // A call that may take as long as it likes still does not wait for its token for ever.
  const tokenOptions = { signal, timeout: timeout ?? config.timeout };

  let token = auth?.tokens.constant ?? await auth?.tokens.get(tokenOptions);
  let renewed = false;
  let repeats = 0;
  // Whether an attempt before this one can have done something.
  let repeated = false;
  for (let number = 1;; number++) {
    if (auth !== undefined && token !== undefined) {
      if (token.length >= 3) secrets.push(token);
      headers[auth.headerName.toLowerCase()] = auth.prefix === ""
        ? token
        : `${auth.prefix} ${token}`;
    }
    const errorOf = (failure: AttemptFailure) => {
      const attempts = repeats + 1;
      const unanswered = { failure, requestId, secrets, timeout, attempts, repeated };
      return noAnswer(call, config.baseUrl, unanswered);
    };
    report?.request(number);
    const started = report === undefined ? 0 : config.clock.now();
    const result = await attempt({
      method: call.method,
      url: `${config.baseUrl}${call.path}`,
      headers,
      body: call.body,
      once: call.effect === "create",
    }, {
      fetch: call.effect === "delete" ? config.fetchOnce : config.fetch,
      native: config.native,
      clock: config.clock,
      deadlines: config.deadlines,
      timeout,
      signal,
      json: call.accept === undefined,
      maxUnannounced: config.maxUnannounced,
      maxBody: (status) => isAnswer(status, call) ? config.maxBody : LONGEST_REFUSAL,
      streaming: call.wantsStream && {
        wanted: call.wantsStream,
        // What a stream brings has been made: an abort of it is no more than that.
        error: (failure) => failure.failure === "aborted" ? failure.cause : errorOf(failure),
      },
    });

    if ("failure" in result) {
      if (result.failure === "aborted" && call.effect !== "create") throw result.cause;
      if (
        result.failure === "aborted" || call.effect === "create" ||
        (call.growsWith !== undefined && result.failure === "timeout") ||
        repeats >= config.retry.limit || isForbidden(result.cause)
      ) throw errorOf(result);
      repeated ||= result.sent;
      const pause = retryPause(repeats++, config.random);
      report?.retry(number, { failure: result.failure, pause });
      await config.clock.sleep(pause, signal);
      continue;
    }

    const { status } = result;
    report?.response(number, { status, duration: config.clock.now() - started });
    if (
      status === 401 && auth !== undefined && token !== undefined && !renewed &&
      (call.effect !== "create" || call.refusesToken?.(result) === true)
    ) {
      renewed = true;
      const fresh = await auth.tokens.renew(token, tokenOptions);
      if (fresh !== token) {
        token = fresh;
        report?.retry(number, { status, pause: 0 });
        continue;
      }
    }
    const answered = isAnswer(status, call);
    const wait = status < 300
      ? undefined
      : retryAfter(result.headers.get("Retry-After"), config.clock.now());
    if (
      repeats < config.retry.limit && !answered && mayRepeatStatus(status, call) &&
      (wait === undefined || wait <= config.retry.maxRetryAfter)
    ) {
      repeated = true;
      const pause = Math.max(retryPause(repeats++, config.random), wait ?? 0);
      report?.retry(number, { status, pause });
      await config.clock.sleep(pause, signal);
      continue;
    }
    const echoed = result.headers.get("X-Correlation-ID") || requestId;
    return {
      answer: result,
      requestId: echoed === requestId ? requestId : redact(echoed, secrets),
      secrets,
      repeated,
      ...(wait === undefined ? {} : { retryAfter: wait }),
      ...(token === undefined ? {} : { token }),
    };
  }
}

/** Whether a status is an answer to the call, not a refusal. */
function isAnswer(status: number, call: WireCall): boolean {
  return (status >= 200 && status < 300) || call.alsoSuccess?.includes(status) === true;
}
