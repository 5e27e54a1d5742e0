import type { Clock } from "../../core/waiting.ts";
import { connectionsTo } from "../../http/attempt/loopback.ts";
import { SignInError } from "../../http/token/sign_in_error.ts";

/** How a request is borne. */
export interface FetchOptions {
  /** What fetches. */
  readonly fetch: typeof fetch;
  /** What the time is read from. */
  readonly clock: Clock;
  /** Gives up at once when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** A request as it is made for a sign-in service. */
export interface PlainRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** How long an answer may take, its body included, in milliseconds. */
const PATIENCE = 30_000;

/** The most bytes of an answer: those of sign-in services have a few thousand. */
const LONGEST = 1_048_576;

/** The machine's own `fetch`: what goes to this machine does not pass through a proxy. */
export const machineFetch: typeof fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  return connectionsTo(url).kept(input, init);
};

/**
 * A `fetch` whose answers are whole: the time limit, the signal and the size limit cover the body as well, and nothing
 * is left open.
 */
export function wholeFetch(
  { fetch, clock, signal }: FetchOptions,
): (url: string, init: PlainRequest) => Promise<Response> {
  return async (url, { method = "GET", headers: sent, body: content }) => {
    signal?.throwIfAborted();
    const ending = new AbortController();
    const onAbort = () => ending.abort(signal?.reason);
    signal?.addEventListener("abort", onAbort, { once: true });
    const waiting = new AbortController();
    const { host } = new URL(url);
    const late = clock.sleep(PATIENCE, waiting.signal).then(
      () =>
        ending.abort(
          new SignInError(
            `Cannot sign in: no whole answer from ${host} within ${
              PATIENCE / 1000
            } s: try again in a few minutes`,
            { reason: "unreachable" },
          ),
        ),
      () => {},
    );
    try {
      const response = await fetch(url, {
        method,
        headers: { ...sent },
        // Whoever asks for tokens sends short texts alone.
        body: content instanceof URLSearchParams || typeof content === "string" ? content : null,
        redirect: "manual",
        signal: ending.signal,
      });
      const { status, headers } = response;
      const body = await readBody(response, host);
      const empty = status === 204 || status === 205 || status === 304;
      return new Response(empty ? null : body, { status, headers });
    } catch (error) {
      if (ending.signal.aborted) throw ending.signal.reason;
      throw error;
    } finally {
      waiting.abort(null);
      await late;
      signal?.removeEventListener("abort", onAbort);
    }
  };
}

async function readBody(response: Response, host: string): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > LONGEST) {
      throw new SignInError(
        `Cannot sign in: the answer of ${host} is longer than those of a sign-in service: check the issuer`,
        { reason: "issuer" },
      );
    }
    chunks.push(chunk);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}
