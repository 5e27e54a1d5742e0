import { describeValue } from "../models/schema/issue.ts";
import { RequestInvalidError } from "./errors.ts";
import { orAborted } from "../core/waiting.ts";
import { redactCause } from "../core/redact.ts";
import { phrase } from "../core/text.ts";

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

/** Where calls get their token from. */
export interface TokenProvider {
  /** The token for a call. */
  get(signal?: AbortSignal): Promise<string>;
  /** The token to take after one was refused: the very same where there is no other. */
  renew(rejected: string, signal?: AbortSignal): Promise<string>;
  /** The source for a client derived from this one: it shares what is under way here. */
  readonly source: TokenSource;
}

/** Makes a provider: checks every token, and asks the function once for calls at the same time. */
export function tokenProvider(source: TokenSource, prefix: string): TokenProvider {
  if (typeof source === "string") {
    const token = checkToken(source, prefix);
    return { get: () => Promise.resolve(token), renew: () => Promise.resolve(token), source };
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
      if (error instanceof RequestInvalidError) throw error;
      const known = [request.rejected, latest].filter((token) => token !== undefined);
      const cause = redactCause(error, known);
      throw invalidToken(`the token function failed: ${phrase(cause.message, 300)}`, cause);
    }
    return latest = checkToken(token, prefix);
  };

  const provider: TokenProvider = {
    get(signal) {
      return orAborted(
        renewal ?? (pending ??= ask({}).finally(() => pending = undefined)),
        signal,
      );
    },
    renew(rejected, signal) {
      if (latest !== undefined && latest !== rejected) return Promise.resolve(latest);
      renewal ??= ask({ rejected }).finally(() => renewal = undefined);
      return orAborted(renewal, signal);
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

function invalidToken(message: string, cause?: Error): RequestInvalidError {
  return new RequestInvalidError("Cannot use the token", {
    issues: [{ path: "token", message }],
    ...(cause === undefined ? {} : { cause }),
  });
}
