import { describeValue, type Issue } from "../models/schema/issue.ts";
import type { Clock } from "../core/clock.ts";
import { systemClock } from "../core/clock.ts";
import { isSecretHeader } from "../core/secret_names.ts";
import { RequestInvalidError } from "./errors.ts";
import type { RetryOptions } from "./retry.ts";
import { type TokenProvider, tokenProvider, type TokenSource } from "./token.ts";

/** How a client reaches the service. */
export interface ClientOptions {
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
  /**
   * Whether the token may travel over plain `http:` to another machine, where anyone on the way can read it.
   *
   * @default {false}
   */
  readonly allowInsecure?: boolean | undefined;
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

/** A client's options, checked and with every default filled in. */
export interface HttpConfig {
  /** The base URL without a slash at its end. */
  readonly baseUrl: string;
  /** The headers of every call. */
  readonly headers: Readonly<Record<string, string>>;
  /** The `Cookie` header, if there are cookies. */
  readonly cookie?: string;
  /** What of headers and cookies must never be seen. */
  readonly secrets: readonly string[];
  /** The time limit of one attempt. */
  readonly timeout: number | null;
  /** How failed calls are repeated. */
  readonly retry: { readonly limit: number; readonly maxRetryAfter: number };
  /** What sends a request. */
  readonly fetch: typeof fetch;
  /** Whether that is the machine's own `fetch`. */
  readonly native: boolean;
  /** What tells the time and waits. */
  readonly clock: Clock;
  /** Chance. */
  readonly random: () => number;
  /** How the token travels, if there is one. */
  readonly auth?: {
    readonly tokens: TokenProvider;
    readonly headerName: string;
    readonly prefix: string;
  };
}

const TOKEN_CHARACTERS = /^[!#$%&'*+.^_`|~\w-]+$/;
const COOKIE_VALUE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/;

/** Checks a client's options and fills in the defaults; without credentials its calls carry no token. */
export function resolveConfig(options: ClientOptions, credentials?: Credentials): HttpConfig {
  const issues: Issue[] = [];
  const refuse = (path: string, message: string) => void issues.push({ path, message });

  const baseUrl = checkBaseUrl(options.baseUrl, refuse, credentials);
  const headers = checkHeaders(options.headers, "headers", refuse);
  const cookie = checkCookies(options.cookies, refuse);
  const timeout = options.timeout === undefined ? 60_000 : options.timeout;
  checkTimeout(timeout, refuse);
  const { limit = 2, maxRetryAfter = 60_000 } = options.retry === false
    ? { limit: 0 }
    : options.retry ?? {};
  if (!Number.isSafeInteger(limit) || limit < 0) {
    refuse("retry.limit", `expected a whole number from 0, got ${describeValue(limit)}`);
  }
  if (!(maxRetryAfter >= 0)) {
    refuse("retry.maxRetryAfter", `expected milliseconds, got ${describeValue(maxRetryAfter)}`);
  }
  const { prefix = "Bearer", authHeaderName = "Authorization" } = credentials ?? {};
  if (!TOKEN_CHARACTERS.test(authHeaderName)) {
    refuse("authHeaderName", `expected the name of a header, got ${describeValue(authHeaderName)}`);
  }
  if (prefix !== "" && !TOKEN_CHARACTERS.test(prefix)) {
    refuse(
      "prefix",
      'expected one word such as "Bearer", or "" for none; the token is no part of it',
    );
  }
  if (issues.length > 0) throw new RequestInvalidError("Cannot make a client", { issues });

  return {
    baseUrl,
    headers,
    ...(cookie === "" ? {} : { cookie }),
    secrets: [
      ...Object.values(options.cookies ?? {}).filter(isTelling),
      ...secretsOf(headers),
    ],
    timeout,
    retry: { limit, maxRetryAfter },
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    native: options.fetch === undefined,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    ...(credentials === undefined ? {} : {
      auth: {
        tokens: tokenProvider(credentials.token, prefix),
        headerName: authHeaderName,
        prefix,
      },
    }),
  };
}

/** Checks the options of one call. */
export function checkCallOptions(options: CallOptions, headline: string): void {
  const issues: Issue[] = [];
  const refuse = (path: string, message: string) => void issues.push({ path, message });
  checkHeaders(options.headers, "headers", refuse);
  if (options.timeout !== undefined) checkTimeout(options.timeout, refuse);
  if (options.signal !== undefined && !(options.signal instanceof AbortSignal)) {
    refuse("signal", `expected an AbortSignal, got ${describeValue(options.signal)}`);
  }
  if (issues.length > 0) throw new RequestInvalidError(headline, { issues });
}

/** What of headers must never be seen: the values of those that carry secrets, with and without a scheme. */
export function secretsOf(headers: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries(headers)
    .filter(([name]) => isSecretHeader(name))
    .flatMap(([, value]) => [value, value.replace(/^\S+\s+/, "")])
    .filter(isTelling);
}

/** Whether a secret is long enough to be looked for: a shorter one would blot out ordinary words. */
function isTelling(secret: string): boolean {
  return secret.length >= 6;
}

type Refuse = (path: string, message: string) => void;

function checkBaseUrl(
  baseUrl: unknown,
  refuse: Refuse,
  credentials: Credentials | undefined,
): string {
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
    return "";
  }
  if (url.username !== "" || url.password !== "") {
    refuse("baseUrl", `${example}, got one with a user name or password in it`);
  }
  if (url.search !== "" || url.hash !== "") {
    refuse("baseUrl", `${example}, got one with a query or fragment`);
  }
  if (
    credentials !== undefined && credentials.allowInsecure !== true &&
    url.protocol === "http:" && !isLoopback(url.hostname)
  ) {
    refuse(
      "baseUrl",
      `expected https: for ${url.host}, because a token over http: can be read on its way; ` +
        `allowInsecure: true sends it all the same`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function checkHeaders(
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

function checkCookies(
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

function checkTimeout(timeout: number | null, refuse: Refuse): void {
  if (timeout !== null && !(typeof timeout === "number" && timeout > 0)) {
    refuse(
      "timeout",
      `expected milliseconds above 0, or null for none, got ${describeValue(timeout)}`,
    );
  }
}
