import { redactJson } from "../../core/redact.ts";
import { isObject } from "../../core/objects.ts";
import { phrase, plainText } from "../../core/text.ts";
import {
  type ErrorBody,
  ErrorResponse,
  HTTPValidationError,
  type ValidationErrorItem,
  ValidationErrorItem as ValidationErrorItemModel,
} from "../../models/error_response.ts";
import { formatPath, type Issue } from "../../models/schema/issue.ts";
import { essence, jsonWords, type PlatformWords, platformWords } from "./platform_words.ts";

/** What the body of an answer that says no says. */
export interface ErrorWords {
  /** What happened, in whatever words there are. */
  readonly message: string;
  /** The body, if it has one of the contract's shapes. */
  readonly body?: ErrorBody;
  /** The service's own code. */
  readonly errorCode?: string | undefined;
  /** A code that stands in its words, or in a body of another shape. */
  readonly otherCode?: string | undefined;
  /** What else it says. */
  readonly details?: unknown;
  /** The reason beyond the message. */
  readonly reason?: string | undefined;
  /** What a platform said, where the reason is a platform's. */
  readonly platform?: PlatformWords | undefined;
  /** The correlation id. */
  readonly requestId?: string | undefined;
  /** What was wrong with the request. */
  readonly issues?: readonly Issue[];
}

/** `AUTHENTICATION_FAILED: …` within other words: the service's own code, passed on as text. */
const CODE_IN_WORDS = /^([A-Z][A-Z_]{5,60}): /;

/** How much of a page is looked at; no message shows more. */
const LONGEST_PAGE = 10_000;

/**
 * Reads the body of an answer that says no: the service's own shape, the framework's `detail` as text, list or object,
 * the shapes of platforms and proxies (`{error}`, `{message}`, `{code, message}`, `{title, detail}`), a page, nothing.
 */
export function readErrorBody(
  text: string,
  mediaType: string | null,
  secrets: readonly string[],
): ErrorWords {
  return fromJson(parseJson(text, secrets)) ?? { message: pageWords(text, mediaType) };
}

function fromJson(json: unknown): ErrorWords | undefined {
  const own = ErrorResponse["~standard"].validate(json);
  if (own.issues === undefined) return ownWords(own.value);
  if (!isObject(json)) return undefined;
  const { detail } = json;
  if (typeof detail === "string" && json.title === undefined) return detailWords(detail);
  const list = HTTPValidationError["~standard"].validate(json);
  if (list.issues === undefined && Array.isArray(detail)) {
    return {
      message: "Request validation failed",
      body: list.value,
      details: { detail },
      issues: issuesOf(detail),
    };
  }
  // A service's error that something has put into another one.
  if (isObject(detail) && ErrorResponse["~standard"].validate(detail).issues === undefined) {
    return fromJson(detail);
  }
  const said = jsonWords(json);
  return said === undefined ? undefined : {
    message: said.sentence,
    otherCode: said.code,
    details: json,
  };
}

function ownWords(body: ErrorResponse): ErrorWords {
  const { error_code, message, details, request_id } = body;
  const error = details?.["error"];
  const reason = typeof error === "string"
    ? error
    : isObject(error)
    ? JSON.stringify(error)
    : undefined;
  return {
    message: plainText(message),
    body,
    errorCode: error_code,
    details,
    requestId: request_id ?? undefined,
    issues: issuesOf(details?.["errors"]),
    ...(reason === undefined ? {} : reasonWords(reason)),
  };
}

/** The framework's text, which for some calls is what a platform said, behind words of the service's. */
function detailWords(detail: string): ErrorWords {
  const details = { detail };
  const rest = essence(detail);
  const passedOn = rest !== detail.slice(0, rest.length);
  if (!passedOn) return { message: plainText(rest), details };
  const message = detail.slice(0, detail.indexOf(":"));
  const code = CODE_IN_WORDS.exec(rest);
  return code === null
    ? { message, details, ...reasonWords(detail) }
    : { message: plainText(rest.slice(code[0].length)), details, otherCode: code[1] };
}

function reasonWords(reason: string): Pick<ErrorWords, "reason" | "platform"> {
  return { reason: plainText(essence(reason)), platform: platformWords(reason) };
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

/** The words of a proxy's page, as far as there are any. */
function pageWords(content: string, mediaType: string | null): string {
  const start = content.slice(0, LONGEST_PAGE);
  const title = /<title[^<>]{0,200}>([^<]{0,500})<\/title>/i.exec(start)?.[1];
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
