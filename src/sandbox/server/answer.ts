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
