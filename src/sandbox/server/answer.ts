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
