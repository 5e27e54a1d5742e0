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

/**
 * The promise of a call's body, made from the promise of its whole answer. It is a class because properties that are
 * hung on each promise one by one cost as much as all else that a call does of its own; what `then` makes of it is a
 * plain promise.
 */
export class CallPromise<T> extends Promise<T> implements ApiPromise<T> {
  /** What makes the promises of `then`, `catch` and `finally`: they have no answer of their own. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  readonly #response: Promise<ApiResponse<T>>;

  /** Takes the whole answer, or what is thrown in its place. */
  constructor(response: Promise<ApiResponse<T>>) {
    super((resolve, reject) => {
      const parsed = response.then((answer) => {
        if (!answer.ok) throw answer.error;
        return answer.parsed;
      });
      // From one promise to the next, so that the line of whoever awaits this one is found for the stack of an error.
      parsed.then(resolve, reject);
    });
    this.#response = response;
  }

  detailed(): Promise<ApiResponse<T>> {
    // Whoever asks for the whole answer has no use for the error that awaiting would throw.
    this.catch(() => {});
    return this.#response.then(withHiddenBytes);
  }
}

/** A response whose bytes a console does not print. */
function withHiddenBytes<T extends ApiResponse<unknown>>(response: T): T {
  return Object.defineProperty(response, "content", { enumerable: false });
}
