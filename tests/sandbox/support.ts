import {
  type ManualClock,
  manualClock,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from "../../src/sandbox/mod.ts";

/** The tutorial's job. */
export const TUTORIAL = {
  title: "Vegetation index",
  label: "ogc_api_process",
  service: {
    endpoint: "https://processes.example.test",
    namespace: "apex",
    application: "/processes/vegetation-index",
  },
  parameters: { bbox: [12, 41, 13, 42], resolution: 10, bands: ["B04", "B08"] },
  format: "geojson",
};

/** The same with openEO. */
export const OPENEO = {
  title: "Vegetation index",
  label: "openeo",
  service: {
    endpoint: "https://openeo.example.test",
    application: "https://catalogue.example.test/vegetation_index.json",
  },
  parameters: { spatial_extent: { west: 12, south: 41, east: 13, north: 42 } },
  format: "gtiff",
};

/** A task of three jobs. */
export const TASK = {
  ...OPENEO,
  title: "Tiles",
  parameters: { resolution: 10 },
  dimension: {
    name: "spatial_extent",
    values: [12, 13, 14].map((west) => ({ west, south: 41, east: west + 1, north: 42 })),
  },
};

/** A sandbox with a clock that stands still, and its clock. */
export interface Stage extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly clock: ManualClock;
}

/** Starts a sandbox at a quarter past three on 23 November 2026. */
export function stage(options: Omit<SandboxOptions, "clock"> = {}): Stage {
  const clock = manualClock("2026-11-23T15:15:00Z");
  const sandbox = startSandbox({ ...options, clock });
  return { sandbox, clock, [Symbol.asyncDispose]: () => sandbox.close() };
}

/** What came back, read to the end. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

/** What to send beside method and path. */
export interface SendOptions {
  /** Whose token goes along: none if null. @default the first user's */
  readonly token?: string | null;
  readonly headers?: Record<string, string>;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly signal?: AbortSignal;
}

/** Sends one request and reads the answer. */
export async function send(
  sandbox: Sandbox,
  line: string,
  { token = sandbox.token, headers = {}, json, signal }: SendOptions = {},
): Promise<Reply> {
  const [method = "GET", path = "/"] = line.split(" ");
  const response = await fetch(sandbox.url + path, {
    method,
    redirect: "manual",
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(json !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    ...(signal !== undefined && { signal }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A part of a body, by its path: `at(body, "details", "errors", 0)`. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (part, key) => typeof part === "object" && part !== null ? Reflect.get(part, key) : undefined,
    value,
  );
}

/** A part of a body that has to be a list. */
export function listAt(value: unknown, ...path: (string | number)[]): unknown[] {
  const list = at(value, ...path);
  if (!Array.isArray(list)) throw new TypeError(`expected a list at ${path.join(".")}`);
  return list;
}

/** One recorded exchange; the body of the request as it was sent. */
export interface Exchange {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly text: string | null;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

/** The recorded exchanges of a fixture. */
export async function exchanges(name: "wire" | "shapes"): Promise<Exchange[]> {
  const url = new URL(`../fixtures/sandbox_${name}.jsonl`, import.meta.url);
  return (await Deno.readTextFile(url)).trim().split("\n").map((line) => JSON.parse(line));
}

/** The recorded answer of that name, whose shape an answer is to have. */
export async function recorded(name: string): Promise<Exchange["response"]> {
  const found = (await exchanges("shapes")).find((exchange) => exchange.name === name);
  if (found === undefined) throw new Error(`no exchange "${name}" among the fixtures`);
  return found.response;
}

/**
 * The shape of a value: the keys of its objects and the kinds of its values. Numbers are one kind, a
 * list has the shape of its first item, all dates are one key; what a user chose (`parameters`, `assets`) is not looked into.
 */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== "object" || value === null) return value === null ? null : typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => a < b ? -1 : 1)
      .map(([key, field]) => [
        key.replace(/^\d{4}-\d\d-\d\dT.*$/, "<date>"),
        FREE.has(key) ? "anything" : shapeOf(field),
      ]),
  );
}

const FREE = new Set(["parameters", "default", "options", "namespace", "input"]);

/** Where two values differ, numbers by more than a billionth; nothing if they do not. */
export function difference(a: unknown, b: unknown, path = "$"): string | undefined {
  if (typeof a === "number" && typeof b === "number") {
    return Math.abs(a - b) <= 1e-9 ? undefined : `${path}: ${a} is not ${b}`;
  }
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return a === b ? undefined : `${path}: ${a} is not ${b}`;
  }
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const key of keys) {
    const found = difference(Reflect.get(a, key), Reflect.get(b, key), `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
