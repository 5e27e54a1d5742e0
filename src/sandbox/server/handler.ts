import type { Operation } from "../../api/operations.ts";
import type { JobsFilter } from "../../models/jobs_status.ts";
import {
  type Answer,
  authenticationFailed,
  internalError,
  internalServerError,
  notAuthenticated,
  validationError,
} from "./answers.ts";
import { validate, validateInteger, type Validation } from "./validate.ts";
import type { World } from "../service/world.ts";

/** One request as it reaches an operation. */
export interface Call {
  readonly request: Request;
  /** Where the sandbox is, as the caller sees it. */
  readonly origin: string;
  /** The parts of the path that its route names, as text. */
  readonly params: Readonly<Record<string, string>>;
  /** The correlation id. */
  readonly requestId: string;
  /** The bearer token; none if none was sent. */
  readonly token: string | undefined;
  /** How much later what it creates is recorded, in milliseconds. @default 0 */
  readonly commitAfter?: number | undefined;
}

/** Answers a request to one operation. */
export type Handler = (call: Call, world: World) => Answer | Promise<Answer>;

/** One thing that is served. */
export interface Route {
  /** The HTTP method. GET serves HEAD as well. */
  readonly method: "GET" | "POST" | "DELETE";
  /** The path, its parameters as `:name`. */
  readonly path: string;
  /** What faults and the log call it. */
  readonly target: string;
  /** Answers a request. */
  readonly run: Handler;
}

/** A request whose parts are valid. */
export interface ValidCall<Body> extends Call {
  /** The id in the path; 0 if the path has none. */
  readonly id: number;
  /** The parts that were asked for, where the operation has a filter; empty for all. */
  readonly filter: readonly JobsFilter[];
  /** The body as the service took it. */
  readonly body: Body;
}

/**
 * Makes the handler of an operation: the checks in the service's order (a token has to be there; then
 * every part of the request has to fit), and after them the operation itself.
 */
export function handler<Body, Reply>(
  operation: Operation<Body, Reply>,
  run: (call: ValidCall<Body>, world: World) => Answer | Promise<Answer>,
): Handler {
  return async (call, world) => {
    if (operation.auth && call.token === undefined) return notAuthenticated();
    const id = readId(operation, call);
    const filter = readFilter(operation, call);
    const body = await readBody(operation, call);
    if (body === "unreadable") return internalServerError(call.requestId);
    const problems = [id, filter, body].flatMap((part) => part.ok ? [] : part.problems);
    return id.ok && filter.ok && body.ok
      ? await run({ ...call, id: id.value, filter: filter.value, body: body.value }, world)
      : validationError(call.requestId, problems);
  };
}

/** A valid request of a user. */
export interface UserCall<Body> extends ValidCall<Body> {
  /** Who asks. */
  readonly user: string;
  /** The answer to a failure of this operation, which has its own words for it. */
  readonly fail: (reason: string) => Answer;
}

/** What a handler for a user's requests is made of. */
export interface UserHandlerOptions<Body> {
  /** What the service says when the operation fails. */
  readonly failure: string;
  /** Whether the platform is asked before the database. @default false */
  readonly platformFirst?: boolean;
  /** The operation itself. */
  readonly run: (call: UserCall<Body>, world: World) => Answer | Promise<Answer>;
}

/** Makes the handler of an operation on a user's own things: the token has to hold, too. */
export function userHandler<Body, Reply>(
  operation: Operation<Body, Reply>,
  { failure, platformFirst = false, run }: UserHandlerOptions<Body>,
): Handler {
  return handler(operation, (call, world) => {
    const { requestId, token = "" } = call;
    const user = world.tokens.userAt(token, world.clock.now());
    if (user === undefined) return authenticationFailed(requestId);
    const fail = (reason: string) => internalError(requestId, failure, reason);
    const broken = world.state.databaseFailure;
    if (broken !== undefined && !platformFirst) return fail(broken);
    return run({ ...call, user, fail }, world);
  });
}

/** The id in the path, as far as the operation has one. */
export function readId(
  { path }: Pick<Operation, "path">,
  { params }: Pick<Call, "params">,
): Validation<number> {
  const name = /\{(\w+)\}/.exec(path)?.[1];
  return name === undefined
    ? { ok: true, value: 0 }
    : validateInteger(params.id ?? "", ["path", name]);
}

/** The filter in the query, as far as the operation has one. */
export function readFilter(
  { query }: Pick<Operation, "query">,
  { request }: Pick<Call, "request">,
): Validation<readonly JobsFilter[]> {
  const schema = query?.filter;
  if (schema === undefined) return { ok: true, value: [] };
  const words = new URL(request.url).searchParams.getAll("filter");
  const read = validate(schema, words, ["query", "filter"]);
  if (!read.ok) return read;
  return {
    ok: true,
    value: words.map((word) => word === "upscaling" ? "upscaling" : "processing"),
  };
}

async function readBody<Body, Reply>(
  operation: Operation<Body, Reply>,
  { request }: Call,
): Promise<Validation<Body> | "unreadable"> {
  if (operation.request === undefined) return noBody<Body>();
  const text = await request.text();
  if (text === "") return missingBody;
  // The framework takes what is not called JSON for text, and then cannot word the error about it.
  if (!isJson(request.headers.get("content-type"))) return "unreadable";
  let value: unknown;
  try {
    value = readJson(text);
  } catch {
    return invalidJson;
  }
  return value === null ? missingBody : validate(operation.request, value, ["body"]);
}

/** An operation without a body in its contract has none to look at. */
function noBody<Body>(): Validation<Body> {
  const nothing: unknown = undefined;
  return isNothing<Body>(nothing) ? { ok: true, value: nothing } : missingBody;
}

function isNothing<Body>(value: unknown): value is Body {
  return value === undefined;
}

const missingBody: Validation<never> = {
  ok: false,
  problems: [{ type: "missing", loc: ["body"], msg: "Field required", input: null }],
};

const invalidJson: Validation<never> = {
  ok: false,
  problems: [{ type: "json_invalid", loc: ["body", 0], msg: "JSON decode error", input: {} }],
};

function isJson(contentType: string | null): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType ?? "");
}

/**
 * Reads JSON as Python does, which takes `NaN` and infinities for numbers. All of them come out as
 * infinite: the service turns each into null, and so does `JSON.stringify`.
 *
 * @throws {SyntaxError} if the text is no JSON.
 */
export function readJson(text: string): unknown {
  return JSON.parse(
    text.replaceAll(
      /"(?:[^"\\]|\\.)*(?:"|\\?$)|-?Infinity|NaN/gs,
      (token) => token.startsWith('"') ? token : "1e999",
    ),
  );
}
