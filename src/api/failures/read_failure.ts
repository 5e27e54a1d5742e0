import { redact, redactHeaders } from "../../core/redact.ts";
import { phrase } from "../../core/text.ts";
import {
  AuthenticationError,
  HttpError,
  type HttpErrorOptions,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  ValidationError,
} from "../../http/errors.ts";
import type { HttpAnswer } from "../../http/attempt/attempt.ts";
import { tokenClaims } from "../../http/token/token.ts";
import type { Exchange, WireCall } from "../../http/wire.ts";
import { lookFirst, wordMessage } from "../../http/wording.ts";
import { formatIssues, type Issue } from "../../models/schema/issue.ts";
import type { ErrorBody } from "../../models/error_response.ts";
import { type ErrorWords, readErrorBody } from "./error_body.ts";
import type { Failure, TokenFacts } from "./failure.ts";
import { hintFor } from "./hints.ts";
import { outcomeOf, refusesToken } from "./outcome.ts";

/** The error that an answer stands for, and its body. */
export interface ReadFailure {
  readonly error: HttpError;
  /** The body, if it has one of the contract's shapes. */
  readonly body: ErrorBody;
  /** The headers, without secrets. */
  readonly headers: Headers;
  /** The body as it came, unless it holds a secret: then without it. */
  readonly content: Uint8Array<ArrayBuffer>;
}

/** What a call was about, as far as it helps to say what to do. */
export interface CallSubject {
  /** The kind of the service that is to run. */
  readonly label?: string | undefined;
  /** What is to run. */
  readonly application?: string | undefined;
  /** What time it is, to tell whether a token has expired. */
  readonly now?: number;
}

/** Statuses that pass by themselves, so that a time to wait for has a meaning. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

/** Reads an answer that says no: what happened, to what, whether anything can have been made, and what to do. */
export function readFailure(
  call: WireCall,
  exchange: Exchange,
  { now, ...subject }: CallSubject = {},
): ReadFailure {
  const { answer: { status, headers }, secrets, retryAfter } = exchange;
  const raw = new TextDecoder().decode(exchange.answer.content);
  const content = redact(raw, secrets);
  const words = wordsOf(exchange, raw);
  const token = exchange.token === undefined ? undefined : factsOf(exchange.token, now ?? NaN);
  const errorCode = words.errorCode ?? words.otherCode;
  const failure: Failure = { ...subject, ...words, errorCode, name: call.name, status, token };
  const outcome = outcomeOf(failure);
  const waits = retryAfter !== undefined && (status >= 500 || PASSING.has(status));
  const cause = hintFor(failure);
  const hint = [
    waits ? `wait ${Math.ceil(retryAfter / 1000)} s, as the service asks` : "",
    // The service knows better how long.
    waits ? cause.replace(/: wait a few minutes$/, "") : cause,
    outcome === "unknown" ? lookFirst(call.creation, howItMayExist(failure)) : "",
  ].filter((part) => part !== "").join("; ");
  const requestId = words.requestId || exchange.requestId;
  const options = {
    status,
    errorCode: words.errorCode,
    details: words.details,
    requestId,
    outcome,
    content,
    hint,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
  const { issues = [] } = words;
  const cut = exchange.answer.cut ? " (of a body longer than 1 MiB the rest was not read)" : "";
  const headline = `${call.headline()}: ${sentenceOf(failure)}${cut}${problemsOf(issues)}`;
  const message = wordMessage(headline, {
    reason: words.platform === undefined ? phrase(words.reason ?? "", 300) : undefined,
    passedOn: words.platform === undefined ? undefined : ownWords(failure),
    hint,
    requestId,
  });
  return {
    error: errorOf(message, options, issues),
    body: words.body ?? null,
    headers: redactHeaders(headers, secrets),
    content: content === raw ? exchange.answer.content : new TextEncoder().encode(content),
  };
}

/** An openEO back-end that refuses to start a job has made it before. */
function howItMayExist({ platform, label }: Failure): string | undefined {
  const refused = platform?.status !== undefined && platform.status < 500;
  return refused && label === "openeo"
    ? "may exist all the same, made and never started"
    : undefined;
}

/** Whether an answer says, in the service's own words, that the token is not taken. */
export function tokenRefused({ status, headers, content }: HttpAnswer): boolean {
  const text = new TextDecoder().decode(content);
  return refusesToken({ status, ...readErrorBody(text, headers.get("Content-Type"), []) });
}

/** What a token says of itself. */
function factsOf(token: string, now: number): TokenFacts {
  const { exp, aud, azp } = tokenClaims(token) ?? {};
  return {
    ...(typeof exp === "number" && !Number.isNaN(now) ? { expired: exp * 1000 <= now } : {}),
    audience: aud !== undefined,
    ...(typeof azp === "string" && /^[\w.-]{1,80}$/.test(azp) ? { client: azp } : {}),
  };
}

function wordsOf({ answer: { status, headers }, secrets }: Exchange, raw: string): ErrorWords {
  const location = status < 400 ? headers.get("Location") : null;
  if (location !== null) return { message: `with a redirect to ${redact(location, secrets)}` };
  const words = readErrorBody(raw, headers.get("Content-Type"), secrets);
  return { ...words, message: redact(words.message, secrets) };
}

/** What happened, in one sentence: a platform's words where there are any, else the service's. */
function sentenceOf(failure: Failure): string {
  const { platform } = failure;
  if (platform === undefined) return `the service answered ${ownWords(failure)}`;
  const { status, code, sentence, url } = platform;
  const said = [phrase(code ?? "", 100), sentence].filter((part) => part !== "").join(": ");
  const number = status === undefined ? "" : ` ${status}`;
  if (url !== undefined) return `${phrase(url, 200)} answered${number} ${said}`.trimEnd();
  return `the platform answered${number}${said === "" ? "" : ` ${said}`}`;
}

function ownWords({ status, errorCode, message }: Failure): string {
  const said = [phrase(errorCode ?? "", 100), phrase(message, 300)]
    .filter((part) => part !== "").join(": ");
  return `${status} ${said}`.trimEnd();
}

function problemsOf(issues: readonly Issue[]): string {
  if (issues.length === 0) return "";
  const short = issues.map(({ path, message }) => ({
    path: phrase(path, 120),
    message: phrase(message, 300),
  }));
  return `:\n  ${formatIssues(short)}`;
}

function errorOf(message: string, options: HttpErrorOptions, issues: readonly Issue[]): HttpError {
  switch (options.status) {
    case 401:
      return new AuthenticationError(message, options);
    case 403:
      return new PermissionError(message, options);
    case 404:
      return new NotFoundError(message, options);
    case 422:
      return new ValidationError(message, { ...options, issues });
    case 429:
      return new RateLimitError(message, options);
    default:
      return options.status >= 500
        ? new ServerError(message, options)
        : new HttpError(message, options);
  }
}
