import type { HttpAnswer } from "../http/attempt/attempt.ts";
import { invalidResponse } from "./failures/invalid_response.ts";
import type { Exchange, WireCall } from "../http/wire.ts";
import { ErrorResponse } from "../models/error_response.ts";
import type { JsonValue } from "../models/schema/json.ts";
import { type Reading, toIssues } from "../models/schema/model.ts";

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
