import type { Step } from "./conversation.ts";

/** The streams that a fault can befall. */
export type StreamTarget = "ws/jobs_status" | "ws/upscale_tasks";

/**
 * What goes wrong with a stream. Of the handshake: it is refused, or never answered. After some
 * messages: the connection is dropped without a close frame, nothing comes any more, or the stream is
 * closed with a code. In place of one message: text that is no JSON, JSON of another type than the
 * contract's, or an envelope of a type that nobody knows; the others are as they should be.
 */
export type StreamFaultKind =
  | "refuse"
  | "hang"
  | "drop"
  | "silence"
  | "close"
  | "garbage"
  | "wrong-type"
  | "unknown-type";

/** Something that goes wrong with a stream. */
export interface StreamFault {
  /** What goes wrong. @default "refuse" where a status is given, else nothing but latency */
  readonly kind?: StreamFaultKind;
  /** How many messages come as they should before it; `init` is the first. @default 0 */
  readonly after?: number;
  /** The status that refuses the handshake: 403 as the service does, others as a proxy. @default 403 */
  readonly status?: number;
  /** The close code. @default 1011 */
  readonly code?: number;
  /** The close reason. @default "INTERNAL_ERROR" */
  readonly reason?: string;
  /** A message of one's own in place of one: text as it stands, anything else as JSON. */
  readonly body?: unknown;
  /** How long each message is kept back, in milliseconds of real time. @default 0 */
  readonly latency?: number;
  /** How many connections it befalls. @default Infinity */
  readonly times?: number;
}

/** What a stream that has met a fault does: what the service would do, or wait for the end in silence. */
export type FaultyStep =
  | Step
  | { readonly kind: "delay"; readonly milliseconds: number }
  | { readonly kind: "silence" };

/** The longest close reason, in bytes. */
const MAX_REASON = 123;

/** Refuses a fault that no WebSocket could have. */
export function checkStreamFault({ after = 0, code = 1011, reason = "" }: StreamFault): void {
  if (!Number.isInteger(after) || after < 0) {
    throw new RangeError(`Cannot set a fault after ${after} messages: give an integer from 0`);
  }
  const reserved = code === 1004 || code === 1005 || code === 1006;
  if (!Number.isInteger(code) || code < 1000 || code > 4999 || reserved) {
    throw new RangeError(`Cannot set a fault with close code ${code}: no close frame may hold it`);
  }
  if (new TextEncoder().encode(reason).length > MAX_REASON) {
    throw new RangeError(`Cannot set a fault with that reason: the limit is ${MAX_REASON} bytes`);
  }
}

/** Whether a fault lets the handshake fail. */
export function spoilsHandshake({ kind, status, body }: StreamFault): boolean {
  return kind === "refuse" || kind === "hang" ||
    (kind === undefined && body === undefined && status !== undefined);
}

/**
 * What becomes of a stream under a fault. A connection that is dropped falls silent here: only what
 * carries the bytes can drop it.
 */
export async function* applyStreamFault(
  fault: StreamFault,
  steps: AsyncIterable<Step>,
): AsyncGenerator<FaultyStep> {
  const { after = 0, latency = 0 } = fault;
  const ending = endOf(fault);
  const substitute = substituteOf(fault);
  let sent = 0;
  if (ending !== undefined && after === 0) return yield ending;
  for await (const step of steps) {
    if (step.kind !== "send") {
      yield step;
      continue;
    }
    if (latency > 0) yield { kind: "delay", milliseconds: latency };
    const text = sent === after && substitute !== undefined ? substitute : step.text;
    yield { kind: "send", text };
    if (++sent === after && ending !== undefined) return yield ending;
  }
}

function endOf({ kind, code = 1011, reason = "INTERNAL_ERROR" }: StreamFault):
  | FaultyStep
  | undefined {
  if (kind === "close") return { kind, code, reason };
  return kind === "drop" || kind === "silence" ? { kind: "silence" } : undefined;
}

function substituteOf({ kind, body }: StreamFault): string | undefined {
  if (body !== undefined) return typeof body === "string" ? body : JSON.stringify(body);
  switch (kind) {
    case "garbage":
      return '{"type":"status","data":<<<<<<< HEAD';
    case "wrong-type":
      return JSON.stringify("of another type than the contract says");
    case "unknown-type":
      return '{"type":"heartbeat","data":null,"message":"Still here"}';
    default:
      return undefined;
  }
}
