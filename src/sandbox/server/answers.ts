/** What an operation answers, before it becomes a `Response`. */
export interface Answer {
  /** The HTTP status. */
  readonly status: number;
  /** The headers, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body: text, bytes, or nothing. */
  readonly payload: string | Uint8Array<ArrayBuffer> | null;
  /** Whether it comes from outside the service's own layers, which would add their headers. */
  readonly bare?: boolean;
}

/** An answer in JSON. A number that JSON cannot hold becomes null, as with the service. */
export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    payload: JSON.stringify(value),
  };
}

/** An answer of any other kind. */
export function rawAnswer(
  status: number,
  payload: Answer["payload"],
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers, payload };
}

/** An answer as a fault leaves it: how much of it arrives, if anything does. */
export interface FaultyAnswer {
  readonly answer: Answer;
  /** Whether the connection is dropped before any of it, or in its midst. */
  readonly broken?: "before" | "midway";
}

/** Statuses whose answers have no body. */
const BODILESS = new Set([101, 204, 205, 304]);

/** An answer as a `Response`, as much of it as is to arrive. */
export function toResponse(
  { answer, broken }: FaultyAnswer,
  layers: Readonly<Record<string, string>>,
): Response {
  const headers = new Headers({ ...(answer.bare === true ? {} : layers), ...answer.headers });
  const { status, payload } = answer;
  const body = BODILESS.has(status) ? null : payload;
  if (broken !== "midway" || body === null) return new Response(body, { status, headers });
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  headers.set("content-length", String(bytes.length));
  return new Response(ReadableStream.from([half]), { status, headers });
}

/** One problem of a request, as Pydantic words it. */
export interface RequestProblem {
  /** The kind of problem. */
  readonly type: string;
  /** Where. */
  readonly loc: readonly (string | number)[];
  /** What is wrong. */
  readonly msg: string;
  /** The value in question. */
  readonly input: unknown;
}

/** The first shape, the service's own: an error code, a message, details, the request's id. */
export function serviceError(
  status: number,
  code: string,
  options: { message: string; requestId: string; details?: Readonly<Record<string, unknown>> },
): Answer {
  return jsonAnswer(status, {
    status: "error",
    error_code: code,
    message: options.message,
    details: options.details ?? null,
    request_id: options.requestId,
  });
}

/** A job that is not there, or not one's own. */
export function jobNotFound(requestId: string): Answer {
  return serviceError(404, "JOB_NOT_FOUND", {
    message: "The requested job was not found.",
    requestId,
  });
}

/** A task that is not there, or not one's own. */
export function taskNotFound(requestId: string): Answer {
  return serviceError(404, "TASK_NOT_FOUND", {
    message: "The requested task was not found.",
    requestId,
  });
}

/** A token that the service does not accept. */
export function authenticationFailed(
  requestId: string,
  message = "Could not validate credentials. Please retry signing in.",
): Answer {
  return serviceError(401, "AUTHENTICATION_FAILED", { message, requestId });
}

/** A failure that the service caught: the reason stands in `details.error`. */
export function internalError(requestId: string, message: string, reason: string): Answer {
  return serviceError(500, "INTERNAL_ERROR", { message, requestId, details: { error: reason } });
}

/**
 * A failure that the service did not catch. Its outermost layer answers, behind the ones that add the
 * correlation id and CORS, so the id stands in the body alone.
 */
export function internalServerError(requestId: string): Answer {
  const answer = serviceError(500, "INTERNAL_SERVER_ERROR", {
    message: "An unexpected error occurred.",
    requestId,
  });
  return { ...answer, bare: true };
}

/** A request that does not fit. An input that JSON cannot hold makes the error itself fail. */
export function validationError(requestId: string, problems: readonly RequestProblem[]): Answer {
  if (problems.some(({ input }) => !fitsJson(input))) return internalServerError(requestId);
  return serviceError(422, "VALIDATION_ERROR", {
    message: "Request validation failed.",
    requestId,
    details: { errors: problems },
  });
}

/** The second shape, the framework's: nothing but `detail`. */
export function frameworkError(
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return jsonAnswer(status, { detail }, headers);
}

/** A path that is served, by another method. */
export function methodNotAllowed(allow: string): Answer {
  return frameworkError(405, "Method Not Allowed", { allow });
}

/** A request without a token: the only 401 that says how to authenticate. */
export function notAuthenticated(): Answer {
  return frameworkError(401, "Not authenticated", { "www-authenticate": "Bearer" });
}

/** The fourth shape, that of a proxy in front of the service: its own page. */
export function proxyPage(status: number): Answer {
  const title = `${status} ${REASONS[status] ?? "Error"}`;
  return rawAnswer(
    status,
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`,
    { "content-type": "text/html" },
  );
}

/** The same in plain text, for a service that did not answer in time. */
export function proxyTimeout(): Answer {
  return rawAnswer(504, "upstream request timeout", { "content-type": "text/plain" });
}

const REASONS: Readonly<Record<number, string>> = {
  408: "Request Timeout",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Temporarily Unavailable",
  504: "Gateway Time-out",
};

function fitsJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, field]) => key.isWellFormed() && fitsJson(field));
}
