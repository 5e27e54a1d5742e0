import { ErrorResponse } from "../../models/error_response.ts";
import type { Answer } from "../server/answers.ts";

/** One thing that the service does on a stream. */
export type Step =
  | { readonly kind: "send"; readonly text: string }
  /** Pauses, by the sandbox's clock. */
  | { readonly kind: "pause"; readonly milliseconds: number }
  | { readonly kind: "close"; readonly code: number; readonly reason: string };

/** What a stream is about. */
export interface ConversationOptions {
  /** Asks for what the stream tells, as a call over HTTP does; the token is checked each time. */
  readonly ask: () => Promise<Answer>;
  /** The pause between two rounds, in seconds. */
  readonly interval: number;
  /** The task, where the stream is of one: every message names it. */
  readonly taskId: number | undefined;
}

/**
 * All that the service does on a stream once it is open. It goes on for ever, whether the work has
 * ended or not, save that a failure ends it: said in an `error` message, and once more by the close
 * reason.
 */
export async function* conversation(
  { ask, interval, taskId }: ConversationOptions,
): AsyncGenerator<Step> {
  const tail = taskId === undefined ? "" : `,"task_id":${taskId}`;
  const send = (type: string, { data = "null", message = "null" }): Step => ({
    kind: "send",
    text: `{"type":"${type}","data":${data},"message":${message}${tail}}`,
  });
  yield send("init", { message: '"Starting status stream"' });
  for (;;) {
    yield send("loading", { message: '"Starting retrieval of status"' });
    const { status, payload } = await ask();
    if (status !== 200) {
      const failure = ErrorResponse.parse(JSON.parse(String(payload)));
      yield send("error", { message: JSON.stringify(failure.message) });
      yield { kind: "close", code: 1011, reason: failure.error_code };
      return;
    }
    yield send("status", { data: String(payload) });
    yield { kind: "pause", milliseconds: interval * 1000 };
  }
}

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
