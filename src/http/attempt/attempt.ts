import { type Clock, orAborted } from "../../core/waiting.ts";
import { readBody, watchedBody } from "./body.ts";
import { type Deadlines, timeLimit } from "./time_limit.ts";

/** One request as it goes out. */
export interface HttpRequest {
  readonly method: string;
  /** The whole URL. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Whether it must never arrive twice, whatever the runtime does by itself. */
  readonly once?: boolean | undefined;
}

/** One answer as it came in, read to its end unless it was wanted as a stream. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The body; empty if it was wanted as a stream. */
  readonly content: Uint8Array<ArrayBuffer>;
  /** Whether there was more of the body than may be read. */
  readonly cut?: boolean;
  /** The body as it arrives, if it was wanted as a stream. */
  readonly stream?: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** How an attempt is made. */
export interface AttemptOptions {
  /** What sends the request. */
  readonly fetch: typeof fetch;
  /**
   * Whether that is the machine's own `fetch`, which ends at once when its signal aborts; of another one it is not
   * known.
   */
  readonly native: boolean;
  /** What waits. */
  readonly clock: Clock;
  /** Signals of the machine's own clock, which are cheaper. */
  readonly deadlines?: Deadlines | undefined;
  /** The time limit in milliseconds, until the body is read. */
  readonly timeout: number | null;
  /** Gives up at once when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** The most bytes of a body with this status that are read. */
  readonly maxBody: (status: number) => number;
  /** Whether a body can only be JSON. */
  readonly json?: boolean | undefined;
  /** The most bytes that are read of a body in JSON of which nobody has said how long it is. */
  readonly maxUnannounced?: number | undefined;
  /** When a body is wanted as a stream, and the error that such a stream ends with when it is cut off. */
  readonly streaming?: {
    readonly wanted: (status: number, headers: Headers) => boolean;
    readonly error: (failure: AttemptFailure) => unknown;
  } | undefined;
}

/** Why an attempt got no answer, and whether anything can have been sent. */
export interface AttemptFailure {
  /** Which of the three. */
  readonly failure: "connection" | "timeout" | "aborted";
  /** Whether the request can have reached the service. */
  readonly sent: boolean;
  /** What `fetch` threw, or the reason of the signal that aborted. */
  readonly cause?: unknown;
}

/**
 * Sends one request once. The time limit covers the body; limit and signal end every wait at once, whatever `fetch`
 * makes of them; no timer and no listener stay behind, and no body is left unread.
 *
 * @throws the signal's reason, if it had aborted before anything was sent.
 */
export async function attempt(
  request: HttpRequest,
  options: AttemptOptions,
): Promise<HttpAnswer | AttemptFailure> {
  const { native, streaming } = options;
  options.signal?.throwIfAborted();
  const limit = timeLimit(options);
  const { signal } = limit;
  let handedOver = false;
  try {
    const responding = start(request, options.fetch, signal);
    const response = native ? await responding : await inTime(responding, signal);
    const { status, headers } = response;
    // Only whoever wants the stream may look at `body`: that alone makes reading it whole slower.
    const body = streaming?.wanted(status, headers) ? response.body : null;
    if (streaming !== undefined && body !== null) {
      handedOver = true;
      const stream = watchedBody(body, {
        signal,
        onEnd: limit.end,
        errorOf: (cause) => streaming.error(failureOf(cause, options.signal, signal)),
      });
      return { status, headers, content: new Uint8Array(), stream };
    }
    const { content, cut } = await readBody(response, {
      limit: options.maxBody(status),
      json: options.json,
      unannounced: options.json === true ? options.maxUnannounced : undefined,
      signal,
      native,
    });
    return cut ? { status, headers, content, cut } : { status, headers, content };
  } catch (error) {
    return failureOf(error, options.signal, signal);
  } finally {
    if (!handedOver) limit.end();
  }
}

/** What an error of `fetch` means, given the caller's signal and the one that stands for the time limit as well. */
function failureOf(
  error: unknown,
  caller: AbortSignal | undefined,
  limit: AbortSignal | undefined,
): AttemptFailure {
  if (caller?.aborted) return { failure: "aborted", sent: true, cause: caller.reason };
  if (limit?.aborted) return { failure: "timeout", sent: true };
  return { failure: "connection", sent: !failedToConnect(error), cause: error };
}

/** Calls `fetch` so that whatever it throws becomes a rejection; a redirect is an answer like any other. */
function start(
  request: HttpRequest,
  send: typeof fetch,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const init: RequestInit & { readonly duplex: "half" } = {
    method: request.method,
    headers: request.headers,
    body: bodyOf(request),
    redirect: "manual",
    signal: signal ?? null,
    // Node wants to be told that the answer may be read only when the body has been sent.
    duplex: "half",
  };
  try {
    return send(request.url, init);
  } catch (error) {
    return Promise.reject(error);
  }
}

/** The answer of a `fetch` that may not heed its signal; one that comes too late is closed. */
async function inTime(
  responding: Promise<Response>,
  signal: AbortSignal | undefined,
): Promise<Response> {
  try {
    return await orAborted(responding, signal);
  } catch (error) {
    responding.then((late) => late.body?.cancel()).catch(() => {});
    throw error;
  }
}

/**
 * The body as `fetch` takes it. Deno sends a request again, a POST too, when a connection that was kept open drops
 * before the answer, unless the body is one that it cannot read twice: for a job that costs money, it gets such a one.
 * A stream of one's own is the cheapest: a `Blob` costs half as much again, and of the body of a `Response` Deno finds the
 * text again that it was made of.
 */
function bodyOf({ body, once }: HttpRequest): BodyInit | null {
  if (body === undefined) return null;
  if (once !== true) return body;
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      controller.enqueue(encoder.encode(body));
      controller.close();
    },
  });
}

const encoder = new TextEncoder();

const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Whether the connection was never made, so that nothing can have been sent: in Deno's words, or Node's. */
function failedToConnect(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (/client error \(Connect\)|Requests to port \d+ are blocked/.test(cause.message)) {
      return true;
    }
    if (isForbidden(cause)) return true;
    if ("code" in cause && NOT_CONNECTED.has(String(cause.code))) return true;
  }
  return false;
}

/** Whether Deno was started without the permission to reach that host. */
export function isForbidden(error: unknown): boolean {
  return error instanceof Error && error.name === "NotCapable";
}
