import type { Clock } from "../../core/clock.ts";
import type { Hooks } from "../hooks.ts";
import type { RetryOptions } from "../retry.ts";
import type { TokenSource } from "../token/token.ts";

/** How a client reaches the service. */
export interface ClientOptions extends Hooks {
  /** Where the service is, such as `https://dispatch-api.dev.apex.esa.int`; a path is kept as a prefix. */
  readonly baseUrl: string | URL;
  /** Headers to send with every call. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Cookies to send with every call. */
  readonly cookies?: Readonly<Record<string, string>> | undefined;
  /**
   * The time limit of one attempt in milliseconds, until its body is read; `null` for none. A synchronous
   * job has none unless the call itself gives one.
   *
   * @default {60_000}
   */
  readonly timeout?: number | null | undefined;
  /**
   * The longest body of an answer in bytes, after decompression; a longer one is an error. Of an answer that says
   * no, 1 MiB is read. Without it, an answer in JSON that does not say how long it is, as one in chunks or a compressed
   * one, is read up to 32 MiB.
   *
   * @default {268_435_456}
   */
  readonly maxBody?: number | undefined;
  /**
   * Whether tokens, cookies and headers with secrets may travel over plain `http:` to another machine, where anyone
   * on the way can read them.
   *
   * @default {false}
   */
  readonly allowInsecure?: boolean | undefined;
  /**
   * How failed calls are repeated; `false` for never. Calls that create are never repeated.
   *
   * @default {{ limit: 2, maxRetryAfter: 60_000 }}
   */
  readonly retry?: RetryOptions | false | undefined;
  /**
   * What sends a request.
   *
   * @default {globalThis.fetch}
   */
  readonly fetch?: typeof fetch | undefined;
  /**
   * What tells the time and waits, for tests.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
  /**
   * Chance, from 0 up to 1, for tests.
   *
   * @default {Math.random}
   */
  readonly random?: (() => number) | undefined;
}

/** How calls carry a token. */
export interface Credentials {
  /** The access token, or a function that returns one. */
  readonly token: TokenSource;
  /**
   * What stands before the token in the header; `""` sends the raw token.
   *
   * @default {"Bearer"}
   */
  readonly prefix?: string | undefined;
  /**
   * The header that carries the token.
   *
   * @default {"Authorization"}
   */
  readonly authHeaderName?: string | undefined;
}

/** How a client reaches the service in somebody's name. */
export interface AuthenticatedClientOptions extends ClientOptions, Credentials {}

/** What one call can ask for. */
export interface CallOptions {
  /** Gives up at once when it aborts; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** The time limit of one attempt in milliseconds; `null` for none. */
  readonly timeout?: number | null | undefined;
  /** Headers for this call, over those of the client. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}
