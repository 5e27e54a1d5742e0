import { type Answer, type FaultyAnswer, proxyPage } from "./answers.ts";
import { checkStreamFault, type StreamFault, type StreamTarget } from "../sockets/stream_faults.ts";

/** What a fault can befall: an operation by its name, the files of results, or what stands
 * around the service. */
export type FaultTarget =
  | "health"
  | "unitJobs.create"
  | "unitJobs.get"
  | "unitJobs.results"
  | "unitJobs.delete"
  | "unitJobs.createSync"
  | "unitJobs.parameters"
  | "upscaleTasks.create"
  | "upscaleTasks.get"
  | "jobsStatus.get"
  | "tiles.split"
  | "statistics"
  | "assets"
  | "identity.discovery"
  | "identity.keys"
  | "identity.device"
  | "identity.token"
  | "identity.revoke"
  | "identity.logout"
  | "identity.userinfo"
  | "identity.page"
  | "catalogue";

/**
 * What comes instead of the operation's own answer: a proxy's HTML page, nothing at all, text that is
 * no JSON, JSON of another type than the contract's, the first half of the answer, or a connection
 * that is dropped without a word.
 */
export type FaultKind = "html" | "empty" | "garbage" | "wrong-type" | "cut" | "drop";

/** Something that goes wrong. */
export interface Fault {
  /** What comes instead of the answer. @default "html" where a status is given, else the answer itself */
  readonly kind?: FaultKind;
  /** With which status it is answered. @default 502 for HTML, else the answer's own or 200 */
  readonly status?: number;
  /** Headers to add to the answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `Retry-After`: seconds, or a date. */
  readonly retryAfter?: number | string;
  /** A body of one's own: text as it stands, anything else as JSON. */
  readonly body?: unknown;
  /** How long the answer is kept back, in milliseconds of real time. @default 0 */
  readonly latency?: number;
  /**
   * Whether the operation is carried out all the same, so that only its answer is lost: the job of a
   * creating call is there. Always so when `cut`, or when there is nothing but latency or headers.
   * @default false
   */
  readonly carriedOut?: boolean;
  /**
   * How much later the record of a created job appears, in milliseconds of the sandbox's clock: its
   * number is given then, and the platform's job is there at once. Always carried out. @default 0
   */
  readonly commitAfter?: number;
  /** How many calls it befalls. @default Infinity */
  readonly times?: number;
}

/** The faults of a sandbox, to be switched on and off at any time. */
export interface SandboxFaults {
  /** Lets every further call of an operation go wrong, in place of what was set before. */
  set(target: FaultTarget, fault: Fault): void;
  /** Lets every stream that is opened from now on go wrong, in place of what was set before. */
  set(target: StreamTarget, fault: StreamFault): void;
  /** Lets an operation or stream be well again; all of them if none is named. */
  clear(target?: FaultTarget | StreamTarget): void;
}

/** The faults with the sandbox's own view of them. */
export interface FaultBox extends SandboxFaults {
  /** The fault that the next call of an operation meets, which counts as one of its times. */
  take(target: string): Fault | undefined;
  /** The same for the next connection of a stream. */
  takeStream(target: StreamTarget): StreamFault | undefined;
}

/** What can be set: a fault and what it befalls. */
type Setting =
  | readonly [target: FaultTarget, fault: Fault]
  | readonly [target: StreamTarget, fault: StreamFault];

/** A box of faults, empty to begin with. */
export function faultBox(): FaultBox {
  const calls = countedFaults<Fault>();
  const streams = countedFaults<StreamFault>();
  return {
    set(...setting: Setting) {
      if (isOfStream(setting)) {
        checkStreamFault(setting[1]);
        streams.set(...setting);
      } else calls.set(...setting);
    },
    clear(target) {
      calls.clear(target);
      streams.clear(target);
    },
    take: calls.take,
    takeStream: streams.take,
  };
}

function isOfStream(setting: Setting): setting is readonly [StreamTarget, StreamFault] {
  return setting[0].startsWith("ws/");
}

/** Faults of one kind by what they befall, each as often as it is to. */
function countedFaults<AnyFault extends { readonly times?: number }>() {
  const faults = new Map<string, { readonly fault: AnyFault; left: number }>();
  return {
    set(target: string, fault: AnyFault): void {
      faults.set(target, { fault, left: fault.times ?? Infinity });
    },
    clear(target: string | undefined): void {
      if (target === undefined) faults.clear();
      else faults.delete(target);
    },
    take(target: string): AnyFault | undefined {
      const entry = faults.get(target);
      if (entry === undefined || entry.left < 1) return undefined;
      entry.left--;
      return entry.fault;
    },
  };
}

/** Whether an operation is carried out under a fault. */
export function isCarriedOut({ carriedOut, kind, status, body, commitAfter = 0 }: Fault): boolean {
  const own = kind === undefined && status === undefined && body === undefined;
  return carriedOut === true || commitAfter > 0 || own || kind === "cut";
}

/** What becomes of an answer under a fault. Without an answer the operation was not carried out. */
export function applyFault(fault: Fault, own: Answer | undefined): FaultyAnswer {
  const { kind, status } = fault;
  const answer = fault.body !== undefined
    ? withBody(fault, own)
    : replaced(kind ?? (status === undefined ? undefined : "html"), { status, own });
  const retry = fault.retryAfter === undefined ? {} : { "retry-after": `${fault.retryAfter}` };
  return {
    answer: { ...answer, headers: { ...answer.headers, ...retry, ...lowerCase(fault.headers) } },
    ...(kind === "drop" && { broken: "before" }),
    ...(kind === "cut" && { broken: "midway" }),
  };
}

function replaced(
  kind: FaultKind | undefined,
  { status, own }: { readonly status: number | undefined; readonly own: Answer | undefined },
): Answer {
  const json = {
    status: status ?? own?.status ?? 200,
    headers: { "content-type": "application/json" },
  };
  switch (kind) {
    case "html":
      return proxyPage(status ?? 502);
    case "empty":
      return { ...json, payload: null };
    case "garbage":
      return { ...json, payload: '{"id": 1, "title": <<<<<<< HEAD' };
    case "wrong-type":
      return { ...json, payload: JSON.stringify("of another type than the contract says") };
    default:
      return { ...(own ?? { ...json, payload: null }), status: json.status };
  }
}

function withBody({ body, status }: Fault, own: Answer | undefined): Answer {
  const text = typeof body === "string";
  return {
    status: status ?? own?.status ?? 200,
    headers: { "content-type": text ? "text/plain" : "application/json" },
    payload: text ? body : JSON.stringify(body),
  };
}

function lowerCase(headers: Fault["headers"] = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
