import {
  ErrorResponse,
  HTTPValidationError,
  type ValidationErrorItem,
} from "../models/error_response.ts";
import { ValidationErrorItem as ValidationErrorItemModel } from "../models/error_response.ts";
import { formatIssues, formatPath, type Issue } from "../models/schema/issue.ts";
import {
  AuthenticationError,
  HttpError,
  type HttpErrorOptions,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  ValidationError,
} from "./errors.ts";
import { hintFor } from "../api/hints.ts";
import { redact, redactHeaders, redactJson } from "../core/redact.ts";
import type { Exchange, WireCall } from "./wire.ts";
import { phrase, plainText } from "../core/text.ts";
import { lookFirst, wordMessage } from "./wording.ts";

/** An error's body as far as it could be read: one of the service's two shapes, or neither. */
export type ErrorBody = ErrorResponse | HTTPValidationError | null;

/** The error that an answer stands for, and its body. */
export interface ReadFailure {
  /** The error. */
  readonly error: HttpError;
  /** The body, if it has one of the contract's shapes. */
  readonly body: ErrorBody;
  /** The headers, without secrets. */
  readonly headers: Headers;
  /** The body as it came, unless it holds a secret: then without it. */
  readonly content: Uint8Array<ArrayBuffer>;
}

/**
 * Reads an answer that says no, in any of the four shapes it can have: the service's own, the framework's
 * `detail` as text or as a list, a proxy's page, nothing at all.
 */
export function readFailure(call: WireCall, exchange: Exchange): ReadFailure {
  const { answer: { status, headers }, secrets } = exchange;
  const raw = new TextDecoder().decode(exchange.answer.content);
  const content = redact(raw, secrets);
  const location = status < 400 ? headers.get("Location") : null;
  const told = location !== null
    ? { message: `with a redirect to ${redact(location, secrets)}` }
    : tell(parseJson(raw, secrets)) ??
      { message: pageText(content, headers.get("Content-Type")) };
  const { message, errorCode, details, reason, issues = [] } = told;
  const shown = reason === undefined ? undefined : phrase(reason, 300);

  const outcome = call.effect === "create" && (status >= 500 || status === 408)
    ? "unknown" as const
    : undefined;
  const cause = hintFor({
    name: call.name,
    status,
    errorCode,
    text: phrase(`${message} ${reason ?? ""}`.trim(), 2000),
  });
  const hint = [
    exchange.retryAfter === undefined
      ? ""
      : `wait ${Math.ceil(exchange.retryAfter / 1000)} s, as the service asks`,
    cause,
    outcome === undefined ? "" : lookFirst(call),
  ].filter((part) => part !== "").join("; ");
  const requestId = told.requestId || exchange.requestId;
  const said = [phrase(errorCode ?? "", 100), phrase(plainText(message), 300)]
    .filter((part) => part !== "").join(": ");
  const headline = `${call.headline}: the service answered ${status} ${said}`.trimEnd();
  const problems = issues.length === 0 ? "" : `:\n  ${formatIssues(issues.map(shorten))}`;

  const options = {
    status,
    errorCode,
    details,
    requestId,
    outcome,
    content,
    hint,
    ...(exchange.retryAfter === undefined ? {} : { retryAfter: exchange.retryAfter }),
  };
  const text = wordMessage(headline + problems, { reason: shown, hint, requestId });
  return {
    error: errorOf(text, options, issues),
    body: told.body ?? null,
    headers: redactHeaders(headers, secrets),
    content: content === raw ? exchange.answer.content : new TextEncoder().encode(content),
  };
}

/** A problem as one line of a message. */
function shorten({ path, message }: Issue): Issue {
  return { path: phrase(path, 120), message: phrase(message, 300) };
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

interface Told {
  readonly message: string;
  readonly body?: ErrorBody;
  readonly errorCode?: string;
  readonly details?: unknown;
  readonly reason?: string;
  readonly requestId?: string | undefined;
  readonly issues?: readonly Issue[];
}

/** What a JSON body tells, if it has a shape that is known. */
function tell(json: unknown): Told | undefined {
  const own = ErrorResponse["~standard"].validate(json);
  if (own.issues === undefined) {
    const { error_code, message, details, request_id } = own.value;
    const reason = details?.["error"];
    return {
      message,
      body: own.value,
      errorCode: error_code,
      details,
      requestId: request_id ?? undefined,
      issues: issuesOf(details?.["errors"]),
      ...(typeof reason === "string" ? { reason: essence(reason) } : {}),
    };
  }
  if (typeof json !== "object" || json === null || !("detail" in json)) return undefined;
  const { detail } = json;
  if (typeof detail === "string") return { message: essence(detail), details: { detail } };
  const list = HTTPValidationError["~standard"].validate(json);
  if (list.issues !== undefined) return undefined;
  return {
    message: "Request validation failed",
    body: list.value,
    details: { detail },
    issues: issuesOf(detail),
  };
}

/** The service's list of problems in our words, with paths as one would type them. */
function issuesOf(list: unknown): Issue[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item) => {
    const read = ValidationErrorItemModel["~standard"].validate(item);
    return read.issues === undefined ? [toIssue(read.value)] : [];
  });
}

function toIssue({ loc, msg }: ValidationErrorItem): Issue {
  const inside = loc[0] === "body" ? loc.slice(1) : loc;
  return { path: formatPath(inside) || "body", message: msg };
}

/** How much of a reason is looked at; no message shows more. */
const LONGEST_REASON = 10_000;

/**
 * What matters of a reason: of an OGC platform's exception its status and `detail`, of anything else what
 * comes before its headers, its SQL or its traceback.
 */
function essence(words: string): string {
  const reason = words.slice(0, LONGEST_REASON);
  const exception = /\((\d{3})\)\s*Reason: ([^\n]*)/.exec(reason);
  if (exception === null) {
    return reason.replace(/\s*(?:\[SQL:|\[parameters:|\(Background on|Traceback)[\s\S]*$/, "");
  }
  const [, status, phrase] = exception;
  const detail = /\bdetail(?:=|"\s*:\s*)(["'])((?:\\.|(?!\1)[^\\])*)\1/s.exec(reason)?.[2];
  return `${reason.slice(0, exception.index)}the platform answered ${status} ${phrase}` +
    (detail === undefined ? "" : `: ${detail}`);
}

/** The words of a proxy's page, as far as there are any. */
function pageText(content: string, mediaType: string | null): string {
  const start = content.slice(0, LONGEST_REASON);
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(start)?.[1];
  const text = phrase(plainText(title ?? start), 200);
  if (content.trim() === "") return "with an empty body";
  if (text === "") return "with a page without words";
  return `with ${mediaType?.includes("html") ? "a page that says" : "the text"} "${text}"`;
}

/** The value of a JSON text without secrets; nothing if it is none, or too deep to be one of ours. */
function parseJson(text: string, secrets: readonly string[]): unknown {
  try {
    return redactJson(JSON.parse(text), secrets);
  } catch {
    return undefined;
  }
}
