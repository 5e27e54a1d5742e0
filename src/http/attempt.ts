import type { Clock } from "../core/clock.ts";
import { settle, type Settled } from "../core/waiting.ts";

/** One request as it goes out. */
export interface HttpRequest {
  /** The method. */
  readonly method: string;
  /** The whole URL. */
  readonly url: string;
  /** The headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body. */
  readonly body?: string | undefined;
  /** Whether it must never arrive twice, whatever the runtime does by itself. */
  readonly once?: boolean | undefined;
}

/** One answer as it came in, read to its end unless it was wanted as a stream. */
export interface HttpAnswer {
  /** The status. */
  readonly status: number;
  /** The headers. */
  readonly headers: Headers;
  /** The body; empty if it was wanted as a stream. */
  readonly content: Uint8Array<ArrayBuffer>;
  /** The body as it arrives, if it was wanted as a stream. */
  readonly stream?: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** How an attempt is made. */
export interface AttemptOptions {
  /** What sends the request. */
  readonly fetch: typeof fetch;
  /**
   * Whether that is the machine's own `fetch`, which closes the body when its signal aborts; of another one it
   * is not known.
   */
  readonly native: boolean;
  /** What waits. */
  readonly clock: Clock;
  /** The time limit in milliseconds, until the body is read. */
  readonly timeout: number | null;
  /** Gives up at once when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** When a body is wanted as a stream, and the error that such a stream ends with when it is cut off. */
  readonly streaming?: {
    readonly wanted: (status: number, headers: Headers) => boolean;
    readonly error: (failure: AttemptFailure) => Error;
  } | undefined;
}

/** Why an attempt got no answer: what `fetch` threw, and whether anything can have been sent. */
export interface AttemptFailure {
  /** Which of the two. */
  readonly failure: "connection" | "timeout";
  /** Whether the request can have reached the service. */
  readonly sent: boolean;
  /** What `fetch` threw. */
  readonly cause?: unknown;
}

/**
 * Sends one request once. The time limit covers the body; the signal ends every wait at once with its own
 * reason, whatever `fetch` makes of it; no timer and no listener stay behind, and no body is left unread.
 */
export async function attempt(
  request: HttpRequest,
  options: AttemptOptions,
): Promise<HttpAnswer | AttemptFailure> {
  const { signal, timeout, clock, streaming } = options;
  signal?.throwIfAborted();
  const fetching = new AbortController();
  const timer = new AbortController();
  const interrupted = Promise.withResolvers<"timeout">();
  interrupted.promise.catch(() => {});
  const onAbort = () => {
    interrupted.reject(signal?.reason);
    fetching.abort(signal?.reason);
  };
  const cleanUp = () => {
    // Without a reason of its own an abort makes an error, and that costs a stack trace in every call.
    timer.abort(null);
    signal?.removeEventListener("abort", onAbort);
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  if (timeout !== null) {
    clock.sleep(timeout, timer.signal).then(() => {
      interrupted.resolve("timeout");
      fetching.abort(new DOMException("The time limit has passed", "TimeoutError"));
    }, () => {});
  }

  let handedOver = false;
  try {
    const response = start(request, options.fetch, fetching.signal);
    let answered: Settled<Response> | "timeout";
    try {
      answered = await Promise.race([settle(response), interrupted.promise]);
    } catch (reason) {
      discard(response);
      throw reason;
    }
    if (answered === "timeout") {
      discard(response);
      return { failure: "timeout", sent: true };
    }
    if ("error" in answered) {
      signal?.throwIfAborted();
      return {
        failure: "connection",
        sent: !failedToConnect(answered.error),
        cause: answered.error,
      };
    }
    const { status, headers } = answered.value;
    // Only whoever wants the stream may look at `body`: that alone makes reading it whole slower.
    const body = streaming?.wanted(status, headers) ? answered.value.body : null;
    if (streaming !== undefined && body !== null) {
      handedOver = true;
      return {
        status,
        headers,
        content: new Uint8Array(),
        stream: watched(body, interrupted.promise, cleanUp, streaming.error),
      };
    }
    const reading = options.native
      ? answered.value.arrayBuffer()
      : readWhole(answered.value, fetching.signal);
    const read = await Promise.race([settle(reading), interrupted.promise]);
    if (read === "timeout") return { failure: "timeout", sent: true };
    if ("error" in read) {
      signal?.throwIfAborted();
      return { failure: "connection", sent: true, cause: read.error };
    }
    return { status, headers, content: new Uint8Array(read.value) };
  } finally {
    if (!handedOver) cleanUp();
  }
}

/** Calls `fetch` so that whatever it throws becomes a rejection; a redirect is an answer like any other. */
async function start(
  request: HttpRequest,
  send: typeof fetch,
  signal: AbortSignal,
): Promise<Response> {
  return await send(request.url, {
    method: request.method,
    headers: request.headers,
    body: bodyOf(request),
    redirect: "manual",
    signal,
  });
}

/**
 * The body as `fetch` takes it. Deno sends a request again, a POST too, when a connection that was kept open drops
 * before the answer, unless the body is one that it cannot read twice: for a job that costs money, it gets such a one.
 */
function bodyOf({ body, once }: HttpRequest): BodyInit | null {
  if (body === undefined) return null;
  return once === true ? new Blob([body]) : body;
}

/** Closes the body of an answer that comes after nobody waits for it any more. */
function discard(response: Promise<Response>): void {
  response.then((late) => late.body?.cancel()).catch(() => {});
}

/** Reads a body to its end, and closes it when the signal aborts, whatever it knows of that signal. */
async function readWhole(response: Response, signal: AbortSignal): Promise<ArrayBuffer> {
  const reader = response.body?.getReader();
  const close = () => void reader?.cancel(signal.reason).catch(() => {});
  signal.addEventListener("abort", close, { once: true });
  try {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
      parts.push(next.value);
    }
    return await new Blob(parts).arrayBuffer();
  } finally {
    signal.removeEventListener("abort", close);
  }
}

/** A body that ends with the time limit and the signal too, at once, and cleans up at its end. */
function watched(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  interrupted: Promise<"timeout">,
  cleanUp: () => void,
  errorOf: (failure: AttemptFailure) => Error,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const close = (reason: unknown) => {
    cleanUp();
    reader.cancel(reason).catch(() => {});
  };
  return new ReadableStream({
    start(controller) {
      const fail = (reason: unknown) => {
        close(reason);
        controller.error(reason);
      };
      interrupted.then(() => fail(errorOf({ failure: "timeout", sent: true })), fail);
    },
    async pull(controller) {
      const next = await settle(reader.read());
      if ("error" in next) {
        close(next.error);
        // After an interruption `start` has told the reason already, and this one is not heard.
        throw errorOf({ failure: "connection", sent: true, cause: next.error });
      }
      if (!next.value.done) return controller.enqueue(next.value.value);
      cleanUp();
      controller.close();
    },
    cancel: close,
  });
}

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
