import { isObject } from "../../core/objects.ts";
import { redactCause } from "../../core/redact.ts";
import { phrase } from "../../core/text.ts";
import { type Clock, orAborted } from "../../core/waiting.ts";
import { describeValue } from "../../models/schema/issue.ts";
import { RequestInvalidError, TimeoutError } from "../errors.ts";
import { wordMessage } from "../wording.ts";
import { SignInError } from "./sign_in_error.ts";

/** What a token function is told. */
export interface TokenRequest {
  /**
   * The token that the service has just refused (401), if that is why another one is wanted: hand back a
   * fresh one. Without it, the token at hand will do.
   */
  readonly rejected?: string;
}

/**
 * A token, or a function that returns one. The function is called for every call (once for calls that
 * run at the same time), so it does well to keep its token until it expires.
 */
export type TokenSource = string | ((request: TokenRequest) => string | Promise<string>);

/** How a token is waited for. */
export interface TokenWait {
  /** Gives up at once when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long to wait, in milliseconds; `null` for as long as it takes.
   *
   * @default {null}
   */
  readonly timeout?: number | null | undefined;
}

/** Where calls get their token from. */
export interface TokenProvider {
  /** The one token that there is, where it is not a function that hands it over. */
  readonly constant?: string;
  /** The token for a call. */
  get(wait?: TokenWait): Promise<string>;
  /** The token to take after one was refused: the very same where there is no other. */
  renew(rejected: string, wait?: TokenWait): Promise<string>;
  /** The source for a client derived from this one: it shares what is under way here. */
  readonly source: TokenSource;
}

/** Makes a provider: checks every token, and asks the function once for calls at the same time. */
export function tokenProvider(
  source: TokenSource,
  { prefix, clock }: { readonly prefix: string; readonly clock: Clock },
): TokenProvider {
  if (typeof source === "string") {
    const constant = checkToken(source, prefix);
    return {
      constant,
      get: () => Promise.resolve(constant),
      renew: () => Promise.resolve(constant),
      source,
    };
  }
  if (typeof source !== "function") {
    throw invalidToken(`expected a string or a function, got ${describeValue(source)}`);
  }
  let latest: string | undefined;
  let pending: Promise<string> | undefined;
  let renewal: Promise<string> | undefined;

  const ask = async (request: TokenRequest): Promise<string> => {
    let token: string;
    try {
      token = await source(request);
    } catch (error) {
      if (error instanceof RequestInvalidError || error instanceof SignInError) throw error;
      const known = [request.rejected, latest].filter((token) => token !== undefined);
      const cause = redactCause(error, known);
      throw invalidToken(`the token function failed: ${phrase(cause.message, 300)}`, cause);
    }
    return latest = checkToken(token, prefix);
  };

  /**
   * A token that is asked for, unless the function takes too long; others may go on waiting for it. It is asked for last:
   * what Deno loads at its first use, such as timers, lets promises go on in between.
   */
  const inTime = async (ask: () => Promise<string>, { signal, timeout = null }: TokenWait) => {
    if (timeout === null) return await orAborted(ask(), signal);
    const waiting = new AbortController();
    const late = clock.sleep(timeout, waiting.signal).then(() => {
      throw tooLate(timeout);
    });
    try {
      return await orAborted(Promise.race([ask(), late]), signal);
    } finally {
      waiting.abort(null);
      late.catch(() => {});
    }
  };

  const provider: TokenProvider = {
    get(wait = {}) {
      return inTime(
        () => renewal ?? (pending ??= ask({}).finally(() => pending = undefined)),
        wait,
      );
    },
    renew(rejected, wait = {}) {
      if (latest !== undefined && latest !== rejected) return Promise.resolve(latest);
      return inTime(
        () => renewal ??= ask({ rejected }).finally(() => renewal = undefined),
        wait,
      );
    },
    source: ({ rejected }) => rejected === undefined ? provider.get() : provider.renew(rejected),
  };
  return provider;
}

function checkToken(token: unknown, prefix: string): string {
  if (typeof token !== "string") {
    throw invalidToken(`expected a string, got ${describeValue(token)}`);
  }
  const trimmed = token.trim();
  if (trimmed === "") throw invalidToken("expected a token, got an empty string");
  // What a header's value can hold: RFC 9110, section 5.5.
  if (!/^[\x21-\x7e\x80-\xff]+(?:[ \t]+[\x21-\x7e\x80-\xff]+)*$/.test(trimmed)) {
    throw invalidToken(
      "expected a token on one line, got one with control or non-Latin characters",
    );
  }
  if (prefix !== "" && trimmed.toLowerCase().startsWith(`${prefix.toLowerCase()} `)) {
    throw invalidToken(
      `expected a token without "${prefix}" before it: the client adds it (option prefix)`,
    );
  }
  return trimmed;
}

function tooLate(timeout: number): TimeoutError {
  const hint =
    "nothing was sent: see what the token function waits for, or allow it more time (option timeout, in milliseconds)";
  return new TimeoutError(
    wordMessage(
      `Cannot use the token: the token function has not handed one over within ${timeout / 1000} s`,
      { hint },
    ),
    { outcome: "not-sent", hint },
  );
}

function invalidToken(message: string, cause?: Error): RequestInvalidError {
  return new RequestInvalidError("Cannot use the token", {
    issues: [{ path: "token", message }],
    ...(cause === undefined ? {} : { cause }),
  });
}

/**
 * When a token expires, as far as it says so itself: the `exp` of a JSON Web Token
 * ([RFC 7519, section 4.1.4](https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4)). Its signature is not checked.
 *
 * @returns nothing for a token that is no JWT, or says nothing of its end.
 *
 * @example
 * ```ts
 * import { tokenExpiry } from "./token.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const token = `e30.${btoa(JSON.stringify({ exp: 1_700_000_000 })).replaceAll("=", "")}.x`;
 * assertEquals(tokenExpiry(token)?.toISOString(), "2023-11-14T22:13:20.000Z");
 * assertEquals(tokenExpiry("opaque"), undefined);
 * ```
 */
export function tokenExpiry(token: string): Date | undefined {
  const { exp } = tokenClaims(token) ?? {};
  const expiry = new Date(typeof exp === "number" ? exp * 1000 : NaN);
  return Number.isNaN(expiry.getTime()) ? undefined : expiry;
}

/** What a token says of its user: a name to be recognised by, never the token itself. */
export function tokenUser(token: string): string | undefined {
  const { preferred_username: user, name, email } = tokenClaims(token) ?? {};
  return [user, name, email].filter((text) => typeof text === "string")
    .find((text) => text.trim() !== "");
}

/** What a token says of itself (RFC 7519); nothing if it is no JSON Web Token. Nobody has checked that it is true. */
export function tokenClaims(token: string): Readonly<Record<string, unknown>> | undefined {
  const [, payload] = token.split(".");
  if (payload === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(
      atob(payload.replaceAll("-", "+").replaceAll("_", "/")),
      (character) => character.charCodeAt(0),
    );
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isObject(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}
