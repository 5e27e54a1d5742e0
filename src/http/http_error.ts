import {
  ErrorResponse,
  HTTPValidationError,
  type ValidationErrorItem,
} from "../models/error_response.ts";
import { ValidationErrorItem as ValidationErrorItemModel } from "../models/error_response.ts";
import { formatPath, type Issue } from "../models/issue.ts";
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
import { hintFor } from "./hints.ts";
import { redact } from "./redact.ts";
import type { Call, Exchange } from "./send.ts";
import { oneLine, plainText, wordMessage } from "./wording.ts";

/** An error's body as far as it could be read: one of the service's two shapes, or neither. */
export type ErrorBody = ErrorResponse | HTTPValidationError | null;

/** The error that an answer stands for, and its body. */
export interface ReadFailure {
  /** The error. */
  readonly error: HttpError;
  /** The body, if it has one of the contract's shapes. */
  readonly body: ErrorBody;
}

/**
 * Reads an answer that says no, in any of the four shapes it can have: the service's own, the framework's
 * `detail` as text or as a list, a proxy's page, nothing at all.
 */
export function readFailure(call: Call, exchange: Exchange): ReadFailure {
  const { answer: { status, headers }, secrets } = exchange;
  const content = redact(new TextDecoder().decode(exchange.answer.content), secrets);
  const json = parseJson(content);
  const told = tell(json) ?? { message: pageText(content, headers.get("Content-Type")) };
  const { message, errorCode, details, reason, issues = [] } = told;
  const shown = reason === undefined ? undefined : oneLine(reason, 300);

  const outcome = call.effect === "create" && (status >= 500 || status === 408)
    ? "unknown" as const
    : undefined;
  const cause = hintFor({
    name: call.name,
    status,
    errorCode,
    text: oneLine(`${message} ${reason ?? ""}`.trim(), 2000),
  });
  const hint = outcome === undefined
    ? cause
    : `the job may exist all the same: ${call.lookFirst ?? "look"} before you try again` +
      (cause === undefined ? "" : `; ${cause}`);
  const requestId = told.requestId ?? exchange.requestId;
  const said = [errorCode, oneLine(plainText(message), 300)].filter((part) => part).join(": ");
  const headline = `${call.headline}: the service answered ${status}${said ? ` ${said}` : ""}`;
  const problems = issues.map(({ path, message }) => `\n  ${path}: ${message}`).join("");

  const options = {
    status,
    errorCode,
    details,
    requestId,
    outcome,
    content,
    ...(hint === undefined ? {} : { hint }),
    ...(exchange.retryAfter === undefined ? {} : { retryAfter: exchange.retryAfter }),
  };
  const text = wordMessage(headline + problems, { reason: shown, hint, requestId });
  return { error: errorOf(text, options, issues), body: told.body ?? null };
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
      ...(typeof reason === "string" ? { reason: withoutNoise(reason) } : {}),
    };
  }
  if (typeof json !== "object" || json === null || !("detail" in json)) return undefined;
  const { detail } = json;
  if (typeof detail === "string") return { message: withoutNoise(detail), details: { detail } };
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

/** A platform's words without its headers, its SQL and what else follows the point. */
function withoutNoise(reason: string): string {
  return reason.replace(/\s*(?:HTTP response headers:|\[SQL:|\[parameters:|Traceback)[\s\S]*$/, "");
}

/** The words of a proxy's page, as far as there are any. */
function pageText(content: string, mediaType: string | null): string {
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(content)?.[1];
  const text = oneLine(plainText(title ?? content), 200);
  if (text === "") return "with an empty body";
  return mediaType?.includes("html") ? `with a page that says "${text}"` : text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
