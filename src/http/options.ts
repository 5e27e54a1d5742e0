// What the options of a client and of a call must keep to; every problem is noted, none is thrown.

import { isSecretHeader } from "../core/secrets.ts";
import type { Clock } from "../core/waiting.ts";
import { describeValue } from "../models/schema/issue.ts";
import { isLoopback, proxyProblem } from "./attempt/loopback.ts";
import type { Hooks } from "./hooks.ts";
import type { RetryOptions } from "./retry.ts";
import type { TokenSource } from "./token/token.ts";

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

/** What stands in a header's name or in a cookie's: RFC 9110, section 5.6.2. */
export const TOKEN_CHARACTERS: RegExp = /^[!#$%&'*+.^_`|~\w-]+$/;
const COOKIE_VALUE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/;

/** Notes a problem with an option. */
export type Refuse = (path: string, message: string) => void;

/** A base URL: `url` is the checked one, without a slash at its end; none if it cannot be one. */
export function checkBaseUrl(baseUrl: unknown, refuse: Refuse): URL | undefined {
  const example = "expected an absolute URL such as https://dispatch.example.test";
  const url = typeof baseUrl === "string" || baseUrl instanceof URL
    ? URL.parse(String(baseUrl).trim())
    : null;
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    // A text that cannot be an address may be a token in the wrong place, which no message may show.
    const shown = typeof baseUrl === "string" && !/^[^@]*[.:/][^@]*$/.test(baseUrl)
      ? `a string of ${baseUrl.length} characters`
      : describeValue(baseUrl);
    const guess = typeof baseUrl === "string" && /^[\w.-]+(:\d+)?(\/\S*)?$/.test(baseUrl)
      ? `: write https:// before it`
      : "";
    refuse("baseUrl", `${example}, got ${shown}${guess}`);
    return undefined;
  }
  if (url.username !== "" || url.password !== "") {
    refuse("baseUrl", `${example}, got one with a user name or password in it`);
  }
  if (url.search !== "" || url.hash !== "") {
    refuse("baseUrl", `${example}, got one with a query or fragment`);
  }
  const problem = proxyProblem(url);
  if (problem !== undefined) refuse("baseUrl", problem);
  return url;
}

/**
 * Refuses to send secrets where anyone on the way can read them.
 *
 * @param what what would be sent: `a token`.
 */
export function checkSecrecy(
  url: URL,
  { what, path, refuse }: {
    readonly what: string;
    readonly path: string;
    readonly refuse: Refuse;
  },
): void {
  if (!isReadable(url)) return;
  refuse(
    path,
    `expected https: for ${url.host}, because ${what} over http: can be read on its way; ` +
      `allowInsecure: true sends it all the same`,
  );
}

/** Whether anyone on the way can read what is sent there. */
export function isReadable(url: URL): boolean {
  return url.protocol === "http:" && !isLoopback(url.hostname);
}

/** What of headers must never be seen: the values of those that carry secrets, with and without a scheme. */
export function secretsOf(headers: Readonly<Record<string, string>> | undefined): string[] {
  if (headers === undefined) return [];
  return Object.entries(headers)
    .filter(([name]) => isSecretHeader(name))
    .flatMap(([, value]) => [value, value.replace(/^\S+\s+/, "")])
    .filter(isTelling);
}

/** Whether a secret is long enough to be looked for: a shorter one would blot out ordinary words. */
export function isTelling(secret: string): boolean {
  return secret.length >= 6;
}

/** Headers, each checked as HTTP has them. */
export function checkHeaders(
  headers: Readonly<Record<string, string>> | undefined,
  path: string,
  refuse: Refuse,
): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(headers ?? {})) {
    try {
      new Headers([[name, value]]);
    } catch {
      refuse(`${path}["${name}"]`, "expected the name and value of a header, as HTTP allows them");
    }
  }
  return { ...headers };
}

/** Cookies, as the header that carries them; empty where there are none. */
export function checkCookies(
  cookies: Readonly<Record<string, string>> | undefined,
  refuse: Refuse,
): string {
  const pairs = Object.entries(cookies ?? {});
  for (const [name, value] of pairs) {
    if (!TOKEN_CHARACTERS.test(name) || !COOKIE_VALUE.test(value)) {
      refuse(
        `cookies["${name}"]`,
        "expected a cookie's name and value (RFC 6265): no spaces, quotes, commas, semicolons or backslashes; use encodeURIComponent()",
      );
    }
  }
  return pairs.map(([name, value]) => `${name}=${value}`).join("; ");
}

/** A time limit, or `null` for none. */
export function checkTimeout(timeout: number | null, refuse: Refuse): void {
  if (timeout !== null && !(typeof timeout === "number" && timeout > 0)) {
    refuse(
      "timeout",
      `expected milliseconds above 0, or null for none, got ${describeValue(timeout)}`,
    );
  }
}
