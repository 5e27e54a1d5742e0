import { type ApiPromise, apiPromise, type ApiResponse } from "../http/api_promise.ts";
import { type CallOptions, checkCallOptions, type HttpConfig } from "../http/config.ts";
import { RequestInvalidError } from "../http/errors.ts";
import { readFailure } from "../http/http_error.ts";
import { invalidResponse } from "../http/invalid_response.ts";
import { type Call, type Exchange, send } from "../http/send.ts";
import { describeValue } from "../models/schema/issue.ts";
import { readerOf, toIssues } from "../models/schema/model.ts";
import type { Operation } from "./operations.ts";
import { parseJson } from "./parse_json.ts";

/** A job or a task: its number, or any object that carries it as `id`. */
export type Target = number | { readonly id: number };

/** What a call is given. */
export interface CallInput<Body> {
  /** The job or task that the path names. */
  readonly target?: Target;
  /** The query parameters; one with several values is repeated. */
  readonly query?: Readonly<Record<string, readonly string[] | undefined>>;
  /** The body. */
  readonly body?: Body;
  /** What the call asks for. */
  readonly options: CallOptions;
}

/** How the answer to a call is read. */
export interface AnswerReader<Answer> {
  /** Reads an answer that says yes. */
  readonly read: (call: Call, exchange: Exchange) => Answer;
  /** The media types wanted. */
  readonly accept?: string;
  /** Whether this answer's body is wanted as a stream. */
  readonly wantsStream?: (status: number, headers: Headers) => boolean;
}

/** A reader of answers by the operation's model; `show` makes them show themselves in a notebook. */
export function modelReader<Answer>(
  operation: Operation<unknown, Answer>,
  show: (answer: Answer) => Answer = (answer) => answer,
): AnswerReader<Answer> {
  const { name, response, alsoSuccess } = operation;
  if (response === undefined) throw new TypeError(`The answer of ${name} has no model`);
  const readValue = readerOf(response);
  return {
    read(call, exchange) {
      const { answer: { status, content }, alreadyDeleted } = exchange;
      const mayBeEmpty = alreadyDeleted || (status === 204 && alsoSuccess?.includes(204));
      const json = mayBeEmpty ? { value: null } : parseJson(content);
      if (json === undefined) throw invalidResponse(call, exchange, []);
      const reading = readValue(json.value);
      if (!reading.ok) throw invalidResponse(call, exchange, toIssues(reading.issues));
      return show(reading.value);
    },
  };
}

/** A reader whose answers show themselves as a client wants them to. */
export function shownBy<Answer>(
  reader: AnswerReader<Answer>,
  show: (answer: Answer) => Answer,
): AnswerReader<Answer> {
  return { ...reader, read: (call, exchange) => show(reader.read(call, exchange)) };
}

/** Carries out an operation: checks and encodes what it is given, sends it, reads the answer. */
export function call<Body, Answer>(
  config: HttpConfig,
  operation: Operation<Body, unknown>,
  reader: AnswerReader<Answer>,
  input: CallInput<Body>,
): ApiPromise<Answer> {
  const carryOut = async () => {
    const encoded = encode(operation, reader, input);
    const exchange = await send(config, encoded, input.options);
    return decode(encoded, exchange, reader);
  };
  return apiPromise(carryOut());
}

function encode<Body>(
  operation: Operation<Body, unknown>,
  reader: AnswerReader<unknown>,
  { target, query, body, options }: CallInput<Body>,
): Call {
  const headline = `Cannot ${operation.verb}${subject(target, body)}`;
  checkCallOptions(options, headline);
  const parts = {
    ...operation,
    ...reader,
    headline,
    path: encodePath(operation, target, headline),
  };
  const pairs = queryPairs(operation, query ?? {}, headline);
  if (pairs.length > 0) parts.path += `?${new URLSearchParams(pairs.map((pair) => [...pair]))}`;
  const checked = operation.check?.(body);
  if (checked === undefined) return parts;
  if (checked.ok) return { ...parts, body: JSON.stringify(checked.value) };
  throw new RequestInvalidError(headline, { issues: toIssues(checked.issues) });
}

function encodePath(
  { path, target: kind }: Operation,
  target: Target | undefined,
  headline: string,
): string {
  if (kind === undefined) return path;
  return path.replace(/\{\w+\}/, encodeURIComponent(idOf(kind, target, headline)));
}

/** The number of a job or task, which is refused unless it is a positive integer. */
export function idOf(
  kind: "job" | "task",
  target: Target | undefined,
  headline: string,
): number {
  const id = typeof target === "object" && target !== null ? target.id : target;
  if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 1) {
    const message = `expected a positive integer, or a ${kind} that has one, got ${
      describeValue(id)
    }`;
    throw new RequestInvalidError(headline, { issues: [{ path: "id", message }] });
  }
  return id;
}

/** The pairs of a query, each value for itself; values that the operation does not know are refused. */
export function queryPairs(
  operation: Operation,
  query: Readonly<Record<string, readonly string[] | undefined>>,
  headline: string,
): (readonly [name: string, value: string])[] {
  const issues = Object.entries(query).flatMap(([name, values]) => {
    const schema = operation.query?.[name];
    if (schema === undefined || values === undefined) return [];
    if (values.length === 0) {
      return [{
        path: name,
        message: "expected at least one, got an empty array: leave it out for all",
      }];
    }
    return values.flatMap((value, index) => {
      const reading = readerOf(schema)(value);
      return reading.ok ? [] : toIssues(reading.issues).map(({ message }) => ({
        path: values.length === 1 ? name : `${name}[${index}]`,
        message,
      }));
    });
  });
  if (issues.length > 0) throw new RequestInvalidError(headline, { issues });
  return Object.entries(query).flatMap(([name, values = []]) =>
    values.map((value) => [name, value] as const)
  );
}

/** What a call is about, as a message says it: a number, a title, an application. */
function subject(target: Target | undefined, body: unknown): string {
  const id = typeof target === "object" && target !== null ? target.id : target;
  if (typeof id === "number") return ` ${id}`;
  if (typeof body !== "object" || body === null) return "";
  const { title, service } = { title: undefined, service: undefined, ...body };
  const name = title ?? Object(service).application;
  if (typeof name !== "string" || name.trim() === "") return "";
  return ` ${JSON.stringify(name.length <= 60 ? name : `${name.slice(0, 59)}…`)}`;
}

function decode<Answer>(
  call: Call,
  exchange: Exchange,
  reader: AnswerReader<Answer>,
): ApiResponse<Answer> {
  const { answer: { status, headers, content }, alreadyDeleted, requestId } = exchange;
  const succeeded = (status >= 200 && status < 300) || alreadyDeleted;
  if (succeeded || call.alsoSuccess?.includes(status)) {
    try {
      const parsed = reader.read(call, exchange);
      return quiet({ ok: true, status, headers, content, parsed, requestId });
    } catch (error) {
      // A proxy's page can have the very status that would have been an answer.
      if (succeeded) throw error;
    }
  }
  const { body: parsed, error, ...clean } = readFailure(call, exchange);
  const id = error.requestId ?? requestId;
  return quiet({ ok: false, status, ...clean, parsed, requestId: id, error });
}

/** A response whose bytes a console does not print. */
function quiet<T extends { readonly content: unknown }>(response: T): T {
  return Object.defineProperty(response, "content", { enumerable: false });
}
