import { clean } from "../core/redact.ts";
import { isReason, toDispatchError } from "../core/dispatch_error.ts";
import { isObject } from "../core/objects.ts";
import { quote } from "../core/text.ts";
import type { Displayable } from "../display/render/displayable.ts";
import type { ApiPromise, ApiResponse } from "../http/api_promise.ts";
import { type CallOptions, checkCallOptions, type HttpConfig } from "../http/config.ts";
import { RequestInvalidError } from "../http/errors.ts";
import { send } from "../http/send.ts";
import type { Exchange, WireCall } from "../http/wire.ts";
import { type ParseOptions, type Reading, toIssues } from "../models/schema/model.ts";
import type { OptionRule } from "../models/schema/options.ts";
import { addressOf, type Headline, type Query, type Target, wordsOf } from "./call/address.ts";
import { aboutOtherWork, invalidResponse } from "./answer.ts";
import { creationOf } from "./failures/outcome.ts";
import { type CallSubject, readFailure, tokenRefused } from "./failures/read_failure.ts";
import type { Operation } from "./operations.ts";
import { shownCall } from "./call/shown_call.ts";

/** What a call that sends a request can ask for. */
export interface RequestOptions extends CallOptions, ParseOptions {}

/** What a call is given. */
export interface CallInput<Answer = never> {
  /** The job or task that the path names. */
  readonly target?: Target;
  /** The query parameters; one with several values is repeated. */
  readonly query?: Query;
  /** The body, which is checked before it is sent. */
  readonly body?: unknown;
  /** What the call asks for. */
  readonly options: CallOptions & ParseOptions;
  /** The rules of options that only this call has. */
  readonly own?: Readonly<Record<string, OptionRule>>;
  /** What has to be done before anything is sent, once what was given has been checked. */
  readonly before?: (() => Promise<void> | undefined) | undefined;
  /** The highest number of a job that the client knows of, for a call that makes one. */
  readonly newest?: number | undefined;
  /** Makes the answer show itself, where the operation cannot. */
  readonly show?: (answer: Answer) => Answer;
  /** What a notebook shows where the answer is `null`. */
  readonly nothing?: Displayable;
}

/** Carries out an operation: checks and encodes what it is given, sends it, reads the answer. */
export function call<Body, Answer>(
  config: HttpConfig,
  operation: Operation<Body, Answer>,
  input: CallInput<Answer>,
): ApiPromise<Answer> {
  return shownCall(carryOut(config, operation, input), input.nothing);
}

async function carryOut<Body, Answer>(
  config: HttpConfig,
  operation: Operation<Body, Answer>,
  input: CallInput<Answer>,
): Promise<ApiResponse<Answer>> {
  try {
    const subject = subjectOf(input.body);
    const encoding = encode(config, operation, input, subject);
    const encoded = encoding instanceof Promise ? await encoding : encoding;
    const before = input.before?.();
    if (before !== undefined) await before;
    const exchange = await send(config, encoded, input.options);
    const response = decode(encoded, exchange, operation, () => ({
      ...subject,
      now: config.clock.now(),
    }));
    if (response.ok) {
      checkAbout(input.target, response.parsed, { call: encoded, exchange });
      input.show?.(response.parsed);
    }
    return response;
  } catch (thrown) {
    throw isReason(thrown, input.options)
      ? thrown
      : toDispatchError(thrown, `Cannot ${operation.verb}`);
  }
}

/** What goes over the wire: nothing but what http has to know. */
function encode<Body>(
  config: HttpConfig,
  operation: Operation<Body>,
  { target, query, body, options, own, newest }: Omit<CallInput, "show">,
  subject: CallSubject,
): WireCall | Promise<WireCall> {
  const { reader, check, makes, name, method, effect, auth, timeout } = operation;
  const headline = () => `Cannot ${operation.verb}${nameOf(target, body)}`;
  checkCallOptions(
    config,
    options,
    headline,
    check === undefined ? own : { extra: "object", ...own },
  );
  const checked = check?.(body, options);
  const path = addressOf(operation, { target, query }, headline);
  const wire = (body: string | undefined): WireCall => ({
    name,
    headline,
    method,
    path,
    body,
    effect,
    auth,
    timeout,
    accept: reader.accept,
    wantsStream: reader.wantsStream,
    alsoSuccess: operation.alsoSuccess,
    notReadyIs500: operation.notReadyIs500,
    growsWith: operation.growsWith,
    creation: makes && creationOf(makes, { label: subject.label, newest }),
    refusesToken: makes === undefined ? undefined : tokenRefused,
  });
  // A call is sent at once: only a long outline is looked at in turns with other work.
  return checked instanceof Promise
    ? checked.then((reading) => wire(encodeBody(reading, headline)))
    : wire(checked && encodeBody(checked, headline));
}

function encodeBody(checked: Reading<unknown>, headline: Headline): string {
  if (checked.ok) return JSON.stringify(checked.value);
  throw new RequestInvalidError(wordsOf(headline), { issues: toIssues(checked.issues) });
}

/** What a request says of the service that is to run, as far as it helps to say what to do about a failure. */
function subjectOf(body: unknown): CallSubject {
  if (!isObject(body)) return {};
  const { label, service } = body;
  const application = isObject(service) ? service.application : undefined;
  return {
    label: typeof label === "string" ? label : undefined,
    application: typeof application === "string" ? application : undefined,
  };
}

/** What a call is about, as a message says it: a number, a title, an application. */
function nameOf(target: Target | undefined, body: unknown): string {
  const id = typeof target === "object" && target !== null ? target.id : target;
  if (typeof id === "number") return ` ${id}`;
  if (typeof body !== "object" || body === null) return "";
  const { title, service } = { title: undefined, service: undefined, ...body };
  const name = title ?? Object(service).application;
  if (typeof name !== "string" || name.trim() === "") return "";
  // Nothing is cut before the secrets are out: what is left of one would not be known for it.
  return ` ${quote(clean(name), 60)}`;
}

/** Refuses an answer that tells of other work than was asked about; the id of a results' Collection is no number. */
function checkAbout(
  target: Target | undefined,
  answer: unknown,
  { call, exchange }: { readonly call: WireCall; readonly exchange: Exchange },
): void {
  if (target === undefined) return;
  const asked = Object(target).id ?? target;
  const told: unknown = Object(answer).id;
  if (typeof asked !== "number" || typeof told !== "number" || told === asked) return;
  throw aboutOtherWork(call, exchange, { asked, told });
}

function decode<Answer>(
  call: WireCall,
  exchange: Exchange,
  { reader, empty, alreadyDone }: Operation<unknown, Answer>,
  subjectOf: () => CallSubject,
): ApiResponse<Answer> {
  const { answer, repeated, requestId } = exchange;
  const { status, headers, content } = answer;
  const done = repeated && alreadyDone?.(answer) === true;
  const succeeded = (status >= 200 && status < 300) || done;
  if (succeeded || call.alsoSuccess?.includes(status)) {
    try {
      if (answer.cut) throw invalidResponse(call, exchange, []);
      const parsed = empty !== undefined && (done || status === 204)
        ? empty.value
        : reader.read(call, exchange);
      return { ok: true, status, headers, content, parsed, requestId };
    } catch (error) {
      // A proxy's page can have the very status that would have been an answer.
      if (succeeded) throw error;
    }
  }
  const { body: parsed, error, ...clean } = readFailure(call, exchange, subjectOf());
  const id = error.requestId ?? requestId;
  return { ok: false, status, ...clean, parsed, requestId: id, error };
}
