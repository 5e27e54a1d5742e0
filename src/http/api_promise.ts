import type { HttpError } from "./errors.ts";
import type { ErrorBody } from "../models/error_response.ts";

/** An answer that says yes, with everything about it. */
export interface ApiSuccess<T> {
  /** Whether the call succeeded. */
  readonly ok: true;
  /** The HTTP status. */
  readonly status: number;
  /** The headers of the answer. */
  readonly headers: Headers;
  /** The body as it came, byte for byte; not enumerable, so that a console does not print it. */
  readonly content: Uint8Array<ArrayBuffer>;
  /** The body as its model. */
  readonly parsed: T;
  /** The correlation id of the call. */
  readonly requestId: string;
}

/** An answer that says no, with everything about it. */
export interface ApiFailure {
  /** Whether the call succeeded. */
  readonly ok: false;
  /** The HTTP status. */
  readonly status: number;
  /** The headers of the answer, without secrets. */
  readonly headers: Headers;
  /** The body as it came, byte for byte unless it repeats a secret; not enumerable, so that a console does not print it. */
  readonly content: Uint8Array<ArrayBuffer>;
  /** The body, if it has a shape that the contract knows; `null` if not. */
  readonly parsed: ErrorBody;
  /** The correlation id of the call. */
  readonly requestId: string;
  /** The error that awaiting the call would have thrown. */
  readonly error: HttpError;
}

/** An answer with everything about it, whatever its status. */
export type ApiResponse<T> = ApiSuccess<T> | ApiFailure;

/**
 * What every call returns: a promise of the answer's body, which throws when the service says no. The
 * request is on its way at once, and once, however often and in whichever way it is awaited.
 *
 * @example
 * ```ts
 * import { Client } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const client = new Client({
 *   baseUrl: "https://dispatch.example.test",
 *   fetch: () => Promise.resolve(Response.json({ status: "ok", database: { status: "ok" } })),
 * });
 * const call = client.health();
 * assertEquals((await call).status, "ok");
 * const { status, parsed } = await call.detailed();
 * assertEquals([status, parsed], [200, await call]);
 * ```
 */
export interface ApiPromise<T> extends Promise<T> {
  /** The whole answer: status, headers, body. It throws on no HTTP status. */
  detailed(): Promise<ApiResponse<T>>;
}

/** Makes the promise of a call's body from the promise of its whole answer. */
export function apiPromise<T>(response: Promise<ApiResponse<T>>): ApiPromise<T> {
  const parsed = response.then((answer) => {
    if (!answer.ok) throw answer.error;
    return answer.parsed;
  });
  const detailed = () => {
    // Whoever asks for the whole answer has no use for the error that awaiting would throw.
    parsed.catch(() => {});
    return response.then(withHiddenBytes);
  };
  const promise: Awaitable<T> = parsed;
  Object.defineProperty(promise, "detailed", {
    configurable: true,
    writable: true,
    value: detailed,
  });
  if (!tellsAll(promise)) throw new TypeError("A promise cannot be given a method");
  return promise;
}

type Awaitable<T> = Promise<T> & Partial<Pick<ApiPromise<T>, "detailed">>;

/** Whether a promise has what makes it one of a call. */
function tellsAll<T>(promise: Awaitable<T>): promise is ApiPromise<T> {
  return promise.detailed !== undefined;
}

/** A response whose bytes a console does not print. */
function withHiddenBytes<T extends ApiResponse<unknown>>(response: T): T {
  return Object.defineProperty(response, "content", { enumerable: false });
}
