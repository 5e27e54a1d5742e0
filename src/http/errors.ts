import { DispatchError, type DispatchErrorOptions } from "../core/dispatch_error.ts";
import {
  type Issue,
  ModelInvalidError,
  type ModelInvalidErrorOptions,
} from "../models/schema/issue.ts";

/**
 * What is known of a call that brought no answer, or of one that creates a job and was answered with an
 * error: `not-sent` never left; `refused` was answered in words that prove that nothing was made; after `unknown` the
 * job may exist.
 */
export type Outcome = "not-sent" | "refused" | "unknown";

/**
 * A request that breaks a rule known beforehand. Nothing was sent.
 *
 * @example
 * ```ts
 * import { AuthenticatedClient, RequestInvalidError } from "@apex-dispatch/client";
 * import { assertRejects } from "@std/assert";
 *
 * const client = new AuthenticatedClient({ baseUrl: "https://dispatch.example.test", token: "t0k" });
 * await assertRejects(
 *   () => client.unitJobs.get(-1),
 *   RequestInvalidError,
 *   "id: expected a positive integer",
 * );
 * ```
 */
export class RequestInvalidError extends ModelInvalidError {
  static {
    this.prototype.name = "RequestInvalidError";
  }

  /** Always `not-sent`. */
  readonly outcome: "not-sent" = "not-sent" as const;

  /** Makes an error from its first line and the issues that follow it. */
  constructor(headline: string, options: ModelInvalidErrorOptions) {
    super(headline, options);
  }
}

/** Options of the errors of a call that was under way. */
export interface CallErrorOptions extends DispatchErrorOptions {
  /** Whether anything can have happened. */
  readonly outcome?: Outcome | undefined;
  /** The correlation id that the call went out with. */
  readonly requestId?: string | undefined;
}

/**
 * A call of which no whole answer came: what is known of it is its `outcome`. Catch it for all three ways in which that
 * happens: {@linkcode ConnectionError}, {@linkcode TimeoutError} and `CallAbortedError`.
 *
 * @example
 * ```ts
 * import { AuthenticatedClient, UnansweredError } from "@apex-dispatch/client";
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * const client = new AuthenticatedClient({
 *   baseUrl: "https://dispatch.example.test",
 *   token: "t0k",
 *   fetch: () => Promise.reject(new TypeError("connection reset")),
 *   retry: false,
 * });
 * const error = await assertRejects(() => client.unitJobs.get(1), UnansweredError);
 * assertEquals([error.name, error.outcome], ["ConnectionError", "unknown"]);
 * ```
 */
export class UnansweredError extends DispatchError {
  static {
    this.prototype.name = "UnansweredError";
  }

  /** Whether anything can have happened. */
  readonly outcome: Outcome;
  /** The correlation id that the call went out with. */
  declare readonly requestId?: string;

  /** Makes an error from its whole message. */
  constructor(message: string, options: CallErrorOptions = {}) {
    super(message, options);
    this.outcome = options.outcome ?? "unknown";
    if (options.requestId !== undefined) this.requestId = options.requestId;
  }
}

/** A call that got no answer: refused, cut off, no such host. */
export class ConnectionError extends UnansweredError {
  static {
    this.prototype.name = "ConnectionError";
  }
}

/** A call that got no whole answer within its time limit. */
export class TimeoutError extends UnansweredError {
  static {
    this.prototype.name = "TimeoutError";
  }
}

/** Options of {@linkcode ResponseInvalidError}. */
export interface ResponseInvalidErrorOptions extends CallErrorOptions {
  /** The status of the answer. */
  readonly status: number;
  /** The media type of the answer. */
  readonly mediaType: string | null;
  /** The beginning of the answer, without secrets. */
  readonly excerpt: string;
  /** Where it broke the contract. */
  readonly issues?: readonly Issue[];
  /** The answer, or its beginning. */
  readonly content: Uint8Array;
}

/** An answer that says success and is not what the contract says. */
export class ResponseInvalidError extends DispatchError {
  static {
    this.prototype.name = "ResponseInvalidError";
  }

  /** The status of the answer. */
  readonly status: number;
  /** The media type of the answer. */
  readonly mediaType: string | null;
  /** The beginning of the answer, without secrets. */
  readonly excerpt: string;
  /** Where it broke the contract; empty if it could not be read at all. */
  readonly issues: readonly Issue[];
  /** The answer as it came, its first MiB, byte for byte unless it repeats a secret; not enumerable, so that a console does not print it. */
  declare readonly content: Uint8Array;
  /** `unknown` if the call was to create a job, which may exist. */
  declare readonly outcome?: Outcome;
  /** The correlation id of the call. */
  declare readonly requestId?: string;

  /** Makes an error from its whole message. */
  constructor(message: string, options: ResponseInvalidErrorOptions) {
    super(message, options);
    this.status = options.status;
    this.mediaType = options.mediaType;
    this.excerpt = options.excerpt;
    this.issues = options.issues ?? [];
    Object.defineProperty(this, "content", { value: options.content });
    if (options.outcome !== undefined) this.outcome = options.outcome;
    if (options.requestId !== undefined) this.requestId = options.requestId;
  }
}

/** Options of {@linkcode HttpError}. */
export interface HttpErrorOptions extends CallErrorOptions {
  /** The HTTP status. */
  readonly status: number;
  /** The service's own code. */
  readonly errorCode?: string | undefined;
  /** What else the service says. */
  readonly details?: unknown;
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
  /** The answer's body as text, without secrets. */
  readonly content: string;
}

/**
 * An answer that says no. Families that people catch have a class of their own; `status` and `errorCode`
 * tell the rest.
 *
 * @example
 * ```ts
 * import { AuthenticatedClient, HttpError } from "@apex-dispatch/client";
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * const client = new AuthenticatedClient({
 *   baseUrl: "https://dispatch.example.test",
 *   token: "t0k",
 *   fetch: () => Promise.resolve(new Response("short and stout", { status: 418 })),
 * });
 * const error = await assertRejects(() => client.unitJobs.get(1), HttpError);
 * assertEquals(error.status, 418);
 * assertEquals(error.content, "short and stout");
 * ```
 */
export class HttpError extends DispatchError {
  static {
    this.prototype.name = "HttpError";
  }

  /** The HTTP status. */
  readonly status: number;
  /** The service's own code, such as `JOB_NOT_FOUND`, if it gave one. */
  declare readonly errorCode?: string;
  /** The correlation id of the call: tell it to whoever runs the service. */
  declare readonly requestId?: string;
  /** What else the service says: its `details`, or a framework's `detail`. */
  declare readonly details?: unknown;
  /** How long the service asks to wait before the next call, in milliseconds. */
  declare readonly retryAfter?: number;
  /** `unknown` if the call was to create a job, which may exist all the same. */
  declare readonly outcome?: Outcome;
  /** The answer's body as text, without secrets; not enumerable, so that a console does not print it. */
  declare readonly content: string;

  /** Makes an error from its whole message. */
  constructor(message: string, options: HttpErrorOptions) {
    super(message, options);
    this.status = options.status;
    if (options.errorCode !== undefined) this.errorCode = options.errorCode;
    if (options.requestId !== undefined) this.requestId = options.requestId;
    if (options.details !== undefined && options.details !== null) this.details = options.details;
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter;
    if (options.outcome !== undefined) this.outcome = options.outcome;
    Object.defineProperty(this, "content", { value: options.content });
  }
}

/** 401: the token is missing, expired or refused, or the account is not linked to the platform. */
export class AuthenticationError extends HttpError {
  static {
    this.prototype.name = "AuthenticationError";
  }
}

/** 403: the account may not do this. */
export class PermissionError extends HttpError {
  static {
    this.prototype.name = "PermissionError";
  }
}

/** 404: no such job or task, or it belongs to somebody else. */
export class NotFoundError extends HttpError {
  static {
    this.prototype.name = "NotFoundError";
  }
}

/** Options of {@linkcode ValidationError}. */
export interface ValidationErrorOptions extends HttpErrorOptions {
  /** What the service found wrong, each problem with its path. */
  readonly issues: readonly Issue[];
}

/** 422: the service found the request wrong. */
export class ValidationError extends HttpError {
  static {
    this.prototype.name = "ValidationError";
  }

  /** What the service found wrong, each problem with its path. */
  readonly issues: readonly Issue[];

  /** Makes an error from its whole message. */
  constructor(message: string, options: ValidationErrorOptions) {
    super(message, options);
    this.issues = options.issues;
  }
}

/** 429: too many calls; `retryAfter` says when to come back, if the service said so. */
export class RateLimitError extends HttpError {
  static {
    this.prototype.name = "RateLimitError";
  }
}

/** 5xx: the service or a proxy before it failed. */
export class ServerError extends HttpError {
  static {
    this.prototype.name = "ServerError";
  }
}
