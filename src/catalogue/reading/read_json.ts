import { redactCause } from "../../core/redact.ts";
import { readBody } from "../../http/attempt/body.ts";
import { CatalogueError } from "../catalogue_error.ts";

/** How a document is asked for. */
export interface ReadJsonOptions {
  /** What sends the request. */
  readonly fetch: typeof fetch;
  /** Gives up at once when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** The validator of what is held already: the same document then costs nothing. */
  readonly etag?: string | undefined;
}

/** A document as it came, or the word that what is held is still right. */
export type JsonDocument =
  | { readonly changed: true; readonly value: unknown; readonly etag: string | undefined }
  | { readonly changed: false };

/** How one document is read: 2 MB of it at the most, by whatever `fetch` it came. */
const BODY = { limit: 2_000_000, native: false };

/** How long one document may take, in milliseconds. */
const TIMEOUT = 30_000;

/**
 * Reads a JSON document from the web: https alone, but for this machine itself; no redirect is followed, and no
 * more than 2 MB are read.
 *
 * @throws {CatalogueError} that says what came instead.
 */
export async function readJson(
  address: string,
  { fetch: send, signal, etag }: ReadJsonOptions,
): Promise<JsonDocument> {
  const what = `Cannot read ${shownAddress(address)}`;
  if (!isAllowed(address)) {
    throw new CatalogueError(`${what}: it is not an https address`, { reason: "invalid" });
  }
  signal?.throwIfAborted();
  const either = new AbortController();
  const onAbort = () => either.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(
    () => either.abort(new DOMException("No answer in time", "TimeoutError")),
    TIMEOUT,
  );
  let text: string;
  let validator: string | undefined;
  try {
    const response = await send(address, {
      redirect: "manual",
      signal: either.signal,
      headers: {
        accept: "application/json",
        ...(etag === undefined ? {} : { "if-none-match": etag }),
      },
    });
    if (response.status === 304 && etag !== undefined) {
      await response.body?.cancel();
      return { changed: false };
    }
    if (response.status !== 200) {
      await response.body?.cancel();
      throw failureOf(what, response);
    }
    validator = response.headers.get("etag") ?? undefined;
    const body = await readBody(response, { ...BODY, signal: either.signal });
    if (body.cut) {
      throw new CatalogueError(`${what}: it is larger than 2 MB`, { reason: "invalid" });
    }
    text = new TextDecoder().decode(body.content);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof CatalogueError) throw error;
    throw new CatalogueError(`${what}: ${causeOf(error)}`, {
      reason: "unreachable",
      cause: redactCause(error, []),
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
  try {
    return { changed: true, value: JSON.parse(text), etag: validator };
  } catch {
    const page = /^\s*</.test(text);
    throw new CatalogueError(`${what}: it is ${page ? "a web page" : "malformed"}, not JSON`, {
      reason: "invalid",
    });
  }
}

function isAllowed(address: string): boolean {
  const url = URL.parse(address);
  return url !== null &&
    (url.protocol === "https:" ||
      url.protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname));
}

/** An address in a message: without its query, which can hold a secret. */
function shownAddress(address: string): string {
  const url = URL.parse(address);
  return url === null ? "the address" : `${url.host}${url.pathname}`.slice(0, 300);
}

/** GitHub tells an exhausted limit by 403 or 429, and one of questions in a short while by `Retry-After`. */
function failureOf(what: string, { status, headers }: Response): CatalogueError {
  const limited = headers.get("x-ratelimit-remaining") === "0" || headers.has("retry-after");
  if (status === 429 || (status === 403 && limited)) {
    return new CatalogueError(`${what}: the limit of questions an hour is used up`, {
      reason: "limit",
    });
  }
  if (status === 404) {
    return new CatalogueError(`${what}: there is nothing at that address`, { reason: "not-found" });
  }
  return new CatalogueError(`${what}: the answer was ${status}`, { reason: "unreachable" });
}

function causeOf(error: unknown): string {
  if (error instanceof DOMException && error.name === "TimeoutError") {
    return "no answer within 30 s";
  }
  if (error instanceof Error && error.name === "NotCapable") {
    return "the permission is missing: run with --allow-net";
  }
  return "it cannot be reached";
}
