import { type Clock, systemClock } from "../core/waiting.ts";
import { isObject } from "../core/objects.ts";
import { redact } from "../core/redact.ts";
import { isSecretHeader } from "../core/secrets.ts";
import { describeValue, type Issue } from "../models/schema/issue.ts";
import { optionIssues, type OptionRule, type OptionRules } from "../models/schema/options.ts";
import {
  type CallOptions,
  checkBaseUrl,
  checkCookies,
  checkHeaders,
  checkSecrecy,
  checkTimeout,
  type ClientOptions,
  type Credentials,
  isReadable,
  isTelling,
  secretsOf,
  TOKEN_CHARACTERS,
} from "./options.ts";
import { RequestInvalidError } from "./errors.ts";
import type { Hooks } from "./hooks.ts";
import { connectionsTo } from "./attempt/loopback.ts";
import { type Deadlines, sharedDeadlines } from "./attempt/time_limit.ts";
import { type TokenProvider, tokenProvider } from "./token/token.ts";

export type {
  AuthenticatedClientOptions,
  CallOptions,
  ClientOptions,
  Credentials,
} from "./options.ts";

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
  /** The most bytes of an answer that are read. */
  readonly maxBody: number;
  /** The most bytes that are read of an answer in JSON of which nobody has said how long it is. */
  readonly maxUnannounced: number;
  /** Whether anyone on the way could read a secret, and nobody has said that this is all right. */
  readonly readable: boolean;
  /** What is told of calls. */
  readonly hooks: Hooks;
  /** How failed calls are repeated. */
  readonly retry: { readonly limit: number; readonly maxRetryAfter: number };
  /** What sends a request. */
  readonly fetch: typeof fetch;
  /** What sends a request without a body such that it arrives once. */
  readonly fetchOnce: typeof fetch;
  /** Whether that is the machine's own `fetch`. */
  readonly native: boolean;
  /** What tells the time and waits. */
  readonly clock: Clock;
  /** Signals that end attempts in time, by the machine's own clock. */
  readonly deadlines: Deadlines;
  /** Chance. */
  readonly random: () => number;
  /** How the token travels, if there is one. */
  readonly auth?: {
    readonly tokens: TokenProvider;
    readonly headerName: string;
    readonly prefix: string;
  };
}

/** The longest body of an answer unless another limit is given, in bytes: 256 MiB. */
const LONGEST_BODY = 256 * 1024 ** 2;

/**
 * The longest body in JSON of which nobody has said how long it is, unless another limit is given, in bytes: 32 MiB, some
 * fifty thousand jobs. The service says it of each of its answers; one that does not say it may never end.
 */
const LONGEST_UNANNOUNCED = 32 * 1024 ** 2;

const CLIENT_RULES: OptionRules<ClientOptions> = {
  baseUrl: "any",
  headers: "object",
  cookies: "object",
  timeout: "any",
  maxBody: "any",
  allowInsecure: "boolean",
  retry: "any",
  fetch: "function",
  clock: "object",
  random: "function",
  onRequest: "function",
  onResponse: "function",
  onRetry: "function",
};

const CREDENTIALS_RULES: OptionRules<Credentials> = {
  token: "any",
  prefix: "string",
  authHeaderName: "string",
};

const CALL_RULES: OptionRules<CallOptions> = {
  signal: "signal",
  timeout: "any",
  headers: "object",
};

/** Checks a client's options and fills in the defaults; without credentials its calls carry no token. */
export function resolveConfig(options: ClientOptions, credentials?: Credentials): HttpConfig {
  const issues: Issue[] = optionIssues(options, {
    ...CLIENT_RULES,
    ...(credentials === undefined ? {} : CREDENTIALS_RULES),
  }).map((issue) =>
    issue.path === "token"
      ? { ...issue, message: "a Client has no use for one: make an AuthenticatedClient" }
      : issue
  );
  if (issues.some(({ path }) => path === "")) {
    throw new RequestInvalidError("Cannot make a client", { issues });
  }
  const refuse = (path: string, message: string) => void issues.push({ path, message });

  const url = checkBaseUrl(options.baseUrl, refuse);
  const headers = checkHeaders(options.headers, "headers", refuse);
  const cookie = checkCookies(options.cookies, refuse);
  const timeout = options.timeout === undefined ? 60_000 : options.timeout;
  checkTimeout(timeout, refuse);
  const { maxBody = LONGEST_BODY, allowInsecure = false } = options;
  if (!(maxBody > 0)) refuse("maxBody", `expected bytes above 0, got ${describeValue(maxBody)}`);
  if (url !== undefined && !allowInsecure) {
    const secret = Object.keys(headers).find(isSecretHeader);
    const carried = [
      ...(credentials === undefined ? [] : [{ what: "a token", path: "baseUrl" }]),
      ...(secret === undefined ? [] : [{ what: `the header ${secret}`, path: "headers" }]),
      ...(cookie === "" ? [] : [{ what: "a cookie", path: "cookies" }]),
    ];
    for (const { what, path } of carried) checkSecrecy(url, { what, path, refuse });
  }
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
  if (url === undefined || issues.length > 0) {
    throw new RequestInvalidError("Cannot make a client", {
      issues: withoutSecrets(issues, [credentials?.token, ...secretsOf(headers)]),
    });
  }

  const clock = options.clock ?? systemClock;
  const connections = connectionsTo(url);
  const { onRequest, onResponse, onRetry } = options;
  return {
    baseUrl: `${url.origin}${url.pathname.replace(/(?<!\/)\/+$/, "")}`,
    headers,
    ...(cookie === "" ? {} : { cookie }),
    secrets: [
      ...Object.values(options.cookies ?? {}).filter(isTelling),
      ...secretsOf(headers),
    ],
    timeout,
    maxBody,
    maxUnannounced: options.maxBody ?? LONGEST_UNANNOUNCED,
    readable: !allowInsecure && isReadable(url),
    hooks: { onRequest, onResponse, onRetry },
    retry: { limit, maxRetryAfter },
    fetch: options.fetch ?? connections.kept,
    fetchOnce: options.fetch ?? connections.own,
    native: options.fetch === undefined,
    clock,
    deadlines: sharedDeadlines(),
    random: options.random ?? Math.random,
    ...(credentials === undefined ? {} : {
      auth: {
        tokens: tokenProvider(credentials.token, { prefix, clock }),
        headerName: authHeaderName,
        prefix,
      },
    }),
  };
}

/** Checks the options of one call. */
export function checkCallOptions(
  config: HttpConfig,
  options: CallOptions,
  headline: string | (() => string),
  own: Readonly<Record<string, OptionRule>> = {},
): void {
  if (isEmpty(options)) return;
  const fail = (issues: readonly Issue[]) =>
    new RequestInvalidError(typeof headline === "string" ? headline : headline(), { issues });
  const issues: Issue[] = optionIssues(options, { ...CALL_RULES, ...own });
  if (issues.some(({ path }) => path === "")) throw fail(issues);
  const { headers, timeout } = options;
  const refuse = (path: string, message: string) => void issues.push({ path, message });
  if (headers !== undefined) {
    checkHeaders(headers, "headers", refuse);
    const secret = config.readable ? Object.keys(headers).find(isSecretHeader) : undefined;
    if (secret !== undefined) {
      const what = `the header ${secret}`;
      checkSecrecy(new URL(config.baseUrl), { what, path: "headers", refuse });
    }
  }
  if (timeout !== undefined) checkTimeout(timeout, refuse);
  if (issues.length > 0) throw fail(issues);
}

/** Whether options are the empty object that a call without options has. */
function isEmpty(options: unknown): boolean {
  return isObject(options) && Object.getPrototypeOf(options) === Object.prototype &&
    Object.keys(options).length === 0;
}

/** Problems without the secrets that stand where something else was wanted: a token as the base URL, or as a name. */
function withoutSecrets(issues: readonly Issue[], known: readonly unknown[]): Issue[] {
  const secrets = known.filter((secret) => typeof secret === "string" && isTelling(secret.trim()))
    .map((secret) => String(secret).trim());
  return issues.map(({ path, message }) => ({
    path: redact(path, secrets),
    message: redact(message, secrets),
  }));
}
