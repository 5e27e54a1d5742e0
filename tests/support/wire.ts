/** One recorded exchange with the running service. */
export interface WireExchange {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

/** All exchanges that were recorded with the running service (API 0.7.2). */
export function wireExchanges(): WireExchange[] {
  const text = Deno.readTextFileSync(new URL("../fixtures/wire_http.jsonl", import.meta.url));
  return text.trimEnd().split("\n").map(parseLine);
}

/** The recorder wrote NaN where it was sent, which JSON does not know. */
function parseLine(line: string): WireExchange {
  return JSON.parse(
    line.replace(/([[:,] ?)NaN\b/g, '$1"\\u0000NaN"'),
    (_, value) => value === "\0NaN" ? NaN : value,
  );
}

/** The body of a recorded answer as it was on the wire: text as it is, the rest as JSON. */
export function wireBody({ headers, body }: WireExchange["response"]): string {
  const json = headers["content-type"]?.includes("json") === true;
  return typeof body === "string" && (!json || body === "") ? body : JSON.stringify(body);
}
