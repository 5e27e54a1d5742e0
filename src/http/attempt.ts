import type { Clock } from "./clock.ts";

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
  /** What waits. */
  readonly clock: Clock;
  /** The time limit in milliseconds, until the body is read. */
  readonly timeout: number | null;
  /** Gives up at once when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** Whether this answer's body is wanted as a stream. */
  readonly wantsStream?: ((status: number, headers: Headers) => boolean) | undefined;
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
  const { signal, timeout, clock } = options;
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
    timer.abort();
    signal?.removeEventListener("abort", onAbort);
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  if (timeout !== null) {
    clock.sleep(timeout, timer.signal).then(() => {
      interrupted.resolve("timeout");
      fetching.abort(new DOMException("The time limit has passed", "TimeoutError"));
    }, () => {});
  }

  let streaming = false;
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
    const { status, headers, body } = answered.value;
    if (body !== null && options.wantsStream?.(status, headers)) {
      streaming = true;
      return {
        status,
        headers,
        content: new Uint8Array(),
        stream: watched(body, interrupted.promise, cleanUp),
      };
    }
    const read = await Promise.race([settle(answered.value.arrayBuffer()), interrupted.promise]);
    if (read === "timeout") return { failure: "timeout", sent: true };
    if ("error" in read) {
      signal?.throwIfAborted();
      return { failure: "connection", sent: true, cause: read.error };
    }
    return { status, headers, content: new Uint8Array(read.value) };
  } finally {
    if (!streaming) cleanUp();
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
    body: request.body ?? null,
    redirect: "manual",
    signal,
  });
}

type Settled<T> = { readonly value: T } | { readonly error: unknown };

function settle<T>(promise: Promise<T>): Promise<Settled<T>> {
  return promise.then((value) => ({ value }), (error: unknown) => ({ error }));
}

/** Closes the body of an answer that comes after nobody waits for it any more. */
function discard(response: Promise<Response>): void {
  response.then((late) => late.body?.cancel()).catch(() => {});
}

/** A body that ends with the time limit and the signal too, and cleans up at its end. */
function watched(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  interrupted: Promise<"timeout">,
  cleanUp: () => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const fail = (reason: unknown) => {
    cleanUp();
    reader.cancel(reason).catch(() => {});
  };
  return new ReadableStream({
    async pull(controller) {
      try {
        const next = await Promise.race([reader.read(), interrupted]);
        if (next === "timeout") {
          throw new DOMException("The time limit has passed", "TimeoutError");
        }
        if (next.done) {
          cleanUp();
          controller.close();
        } else controller.enqueue(next.value);
      } catch (error) {
        fail(error);
        throw error;
      }
    },
    cancel: fail,
  });
}

const NOT_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH"]);

/** Whether the connection was never made, so that nothing can have been sent: in Deno's words, or Node's. */
function failedToConnect(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (/client error \(Connect\)|Requests to port \d+ are blocked/.test(cause.message)) {
      return true;
    }
    if ("code" in cause && NOT_CONNECTED.has(String(cause.code))) return true;
  }
  return false;
}
