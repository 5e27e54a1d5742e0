import { redact } from "../core/redact.ts";
import { phrase } from "../core/text.ts";
import type { HttpAnswer } from "../http/attempt/attempt.ts";
import type { CallOptions } from "../http/config.ts";
import { ResponseInvalidError } from "../http/errors.ts";
import { lookFirst, wordMessage } from "../http/wording.ts";
import type { Exchange, WireCall } from "../http/wire.ts";
import { ErrorResponse } from "../models/error_response.ts";
import { formatIssues, type Issue } from "../models/schema/issue.ts";
import type { JsonValue } from "../models/schema/json.ts";
import { type ParseOptions, type Reading, toIssues } from "../models/schema/model.ts";

/** How the answer to a call is read. */
export interface AnswerReader<Answer> {
  /** Reads an answer that says yes. */
  readonly read: (call: WireCall, exchange: Exchange) => Answer;
  /** The media types wanted. */
  readonly accept?: string;
  /** Whether this answer's body is wanted as a stream. */
  readonly wantsStream?: (status: number, headers: Headers) => boolean;
}

/** A reader of answers in JSON by what reads their value. */
export function modelReader<Answer>(
  readValue: (value: unknown) => Reading<Answer>,
): AnswerReader<Answer> {
  return {
    read(call, exchange) {
      const json = parseJson(exchange.answer.content);
      if (json === undefined) throw invalidResponse(call, exchange, []);
      const reading = readValue(json.value);
      if (!reading.ok) throw invalidResponse(call, exchange, toIssues(reading.issues));
      return reading.value;
    },
  };
}

/** Whether the service itself says that there is no such job: a proxy's 404 says nothing about jobs. */
export function saysJobNotFound({ status, content }: HttpAnswer): boolean {
  if (status !== 404) return false;
  const body = ErrorResponse["~standard"].validate(parseJson(content)?.value);
  return body.issues === undefined && body.value.error_code === "JOB_NOT_FOUND";
}

const lenient = new TextDecoder();
const strict = new TextDecoder("utf-8", { fatal: true });

/**
 * The value that bytes hold as JSON; nothing if they hold none, or are no UTF-8. The strict decoder is ten times as
 * slow, so it is asked only where the other one may have had to guess.
 *
 * @example
 * ```ts
 * import { parseJson } from "./answer.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseJson(new TextEncoder().encode('{"a":1}')), { value: { a: 1 } });
 * assertEquals(parseJson(new Uint8Array([0x22, 0xff, 0x22])), undefined);
 * ```
 */
export function parseJson(content: Uint8Array): { readonly value: JsonValue } | undefined {
  try {
    const text = lenient.decode(content);
    return { value: JSON.parse(text.includes("\ufffd") ? strict.decode(content) : text) };
  } catch {
    return undefined;
  }
}

/** Options of `unitJobs.createSync`. */
export interface SyncOptions extends CallOptions, ParseOptions {
  /**
   * Whether a body that is no JSON is handed over as it arrives, not when it is complete. Read it to its end, or
   * cancel it.
   *
   * @default {false}
   */
  readonly stream?: boolean | undefined;
}

/** The result of a synchronous job, as the platform sends it. */
export type SyncJobResult = SyncJson | SyncBytes | SyncStream;

/** A result in JSON; a time series is shaped `{"<ISO date>": [[value]]}`. */
export interface SyncJson {
  /** Which kind of result this is. */
  readonly kind: "json";
  /** The media type, if the platform named one. */
  readonly mediaType: string | null;
  /** The result. */
  readonly data: JsonValue;
}

/** A result in another format, such as GeoTIFF or netCDF. */
export interface SyncBytes {
  /** Which kind of result this is. */
  readonly kind: "bytes";
  /** The media type, if the platform named one. */
  readonly mediaType: string | null;
  /** The result, byte for byte. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/** A result in another format, as it arrives. */
export interface SyncStream {
  /** Which kind of result this is. */
  readonly kind: "stream";
  /** The media type, if the platform named one. */
  readonly mediaType: string | null;
  /** The result, in parts. */
  readonly data: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** A reader of whatever a platform sends: JSON as JSON, anything else as bytes or a stream. */
export function syncReader(asStream: boolean | undefined): AnswerReader<SyncJobResult> {
  return {
    accept: "*/*",
    wantsStream: (status, headers) =>
      asStream === true && status >= 200 && status < 300 &&
      !isJson(headers.get("Content-Type")),
    read(call, exchange) {
      const { answer: { headers, content, stream } } = exchange;
      const mediaType = headers.get("Content-Type");
      if (stream !== undefined) return { kind: "stream", mediaType, data: stream };
      const json = isJson(mediaType) || (mediaType === null && looksLikeJson(content))
        ? parseJson(content)
        : undefined;
      if (json !== undefined) return { kind: "json", mediaType, data: json.value };
      if (isJson(mediaType) || content.length === 0) throw invalidResponse(call, exchange, []);
      return { kind: "bytes", mediaType, data: content };
    },
  };
}

/** `application/json`, and every media type with the suffix `+json` (RFC 6839, section 3.1). */
function isJson(mediaType: string | null): boolean {
  return mediaType !== null && /^[^;]*[/+]json\s*(?:;|$)/i.test(mediaType);
}

/** Whether the first character that is no space can begin an object or an array. */
function looksLikeJson(content: Uint8Array): boolean {
  const first = content.find((byte) => byte !== 0x20 && (byte < 0x09 || byte > 0x0d));
  return first === 0x7b || first === 0x5b;
}

/** The longest excerpt of an answer that an error carries, in characters. */
const EXCERPT = 400;

/** How much of an answer an error keeps, in bytes: 1 MiB, because all of it is searched for secrets. */
const LONGEST_CONTENT = 1024 ** 2;

/**
 * The error of an answer that says success and is not what the contract says.
 *
 * @param issues where it breaks the contract; empty if it is no JSON at all.
 */
export function invalidResponse(
  call: WireCall,
  { answer, requestId, secrets }: Exchange,
  issues: readonly Issue[],
): ResponseInvalidError {
  const { status } = answer;
  const type = answer.headers.get("Content-Type");
  const mediaType = type === null ? null : phrase(redact(type, secrets), 100);
  const kept = answer.content.slice(0, LONGEST_CONTENT);
  const raw = new TextDecoder().decode(kept);
  const text = redact(raw, secrets);
  const content = text === raw ? kept : new TextEncoder().encode(text);
  const excerpt = text.slice(0, EXCERPT).toWellFormed();
  const clean = issues.map(({ path, message }) => ({
    path: phrase(redact(path, secrets), 120),
    message: phrase(redact(message, secrets), 300),
  }));
  const isPage = mediaType?.includes("html") === true;
  const what = answer.cut
    ? `a body that is longer than ${isPage ? "any page" : "may be read"} (${
      mediaType ?? "no media type"
    })`
    : kept.length === 0
    ? "an empty body"
    : issues.length === 0
    ? `a body that cannot be read as JSON (${
      mediaType ?? "no media type"
    }, ${answer.content.length} bytes)`
    : "a body that breaks the contract";
  const problems = issues.length > 0
    ? `:\n  ${formatIssues(clean)}`
    : excerpt === ""
    ? ""
    : `\n  It begins: ${phrase(excerpt, 200)}`;
  const creates = call.effect === "create";
  const cause = isPage
    ? "a proxy or a sign-in page answered instead of the service: check the base URL"
    : answer.cut
    ? "allow more (option maxBody of the client, in bytes)" +
      (call.wantsStream === undefined ? "" : ", or take it as it arrives (option stream)")
    : kept.length === 0
    ? "the answer was lost on its way: report this with the request id if it goes on"
    : issues.length === 0
    ? "the answer was cut short or changed on its way: report this with the request id if it goes on"
    : "the service may be newer than this package: update it, or report this with the request id";
  const hint = creates ? `${cause}; ${lookFirst(call.creation, "very likely exists")}` : cause;
  const message = wordMessage(
    `${call.headline()}: the service answered ${status} with ${what}${problems}`,
    { hint, requestId },
  );
  return new ResponseInvalidError(message, {
    status,
    mediaType,
    excerpt,
    issues: clean,
    content,
    hint,
    requestId,
    outcome: creates ? "unknown" : undefined,
  });
}

/** The error of an answer that tells of another job or task than was asked about. */
export function aboutOtherWork(
  call: WireCall,
  { answer: { status, headers, content }, requestId }: Exchange,
  { asked, told }: { readonly asked: number; readonly told: number },
): ResponseInvalidError {
  const issue = { path: "id", message: `expected ${asked}, got ${told}` };
  const hint = "ask its team with the request id; a cache before it may mix answers up";
  const headline = `${call.headline()}: the service answered about another`;
  return new ResponseInvalidError(
    wordMessage(`${headline}:\n  ${formatIssues([issue])}`, { hint, requestId }),
    {
      status,
      mediaType: headers.get("Content-Type"),
      excerpt: "",
      issues: [issue],
      content: content.slice(0, LONGEST_CONTENT),
      hint,
      requestId,
    },
  );
}
