import { redact } from "../core/redact.ts";
import type { WireCall } from "./wire.ts";

/** One attempt of a call, as a hook is told of it. */
export interface RequestEvent {
  /** How the call is made: `unitJobs.get`. */
  readonly name: string;
  /** The HTTP method. */
  readonly method: string;
  /** Path and query below the base URL, without secrets. */
  readonly path: string;
  /** The correlation id that goes out with it. */
  readonly requestId: string;
  /** Which attempt this is, from 1. */
  readonly attempt: number;
}

/** An attempt that was answered, as a hook is told of it. */
export interface ResponseEvent extends RequestEvent {
  /** The HTTP status. */
  readonly status: number;
  /** How long it took, until the body was read, in milliseconds. */
  readonly duration: number;
}

/** An attempt that will be followed by another one, as a hook is told of it. */
export interface RetryEvent extends RequestEvent {
  /** The status that it is repeated for, if there was an answer. */
  readonly status?: number;
  /** What kept the answer away, if there was none. */
  readonly failure?: "connection" | "timeout";
  /** How long the client waits before the next attempt, in milliseconds. */
  readonly pause: number;
}

/**
 * Functions that are told what goes over the wire, for logs and figures. They are told no header, no body and no
 * secret; they cannot change anything, and one that throws or rejects does no harm.
 */
export interface Hooks {
  /** Told of each attempt as it is sent. */
  readonly onRequest?: ((event: RequestEvent) => void | Promise<void>) | undefined;
  /** Told of each answer, whatever its status. An attempt without one is told to `onRetry`, or ends in an error. */
  readonly onResponse?: ((event: ResponseEvent) => void | Promise<void>) | undefined;
  /** Told of each attempt that comes to nothing and is made again. */
  readonly onRetry?: ((event: RetryEvent) => void | Promise<void>) | undefined;
}

/** Tells hooks of one call. */
export interface Reporter {
  /** An attempt is sent. */
  request(attempt: number): void;
  /** It was answered. */
  response(attempt: number, answer: Pick<ResponseEvent, "status" | "duration">): void;
  /** It is made again. */
  retry(attempt: number, why: Pick<RetryEvent, "status" | "failure" | "pause">): void;
}

/** Makes what tells hooks of a call; nothing where there is no hook, so that it costs nothing either. */
export function reporterFor(
  hooks: Hooks,
  call: WireCall,
  { requestId, secrets }: { readonly requestId: string; readonly secrets: readonly string[] },
): Reporter | undefined {
  const { onRequest, onResponse, onRetry } = hooks;
  if (onRequest === undefined && onResponse === undefined && onRetry === undefined) {
    return undefined;
  }
  const { name, method } = call;
  const eventOf = (attempt: number): RequestEvent => ({
    name,
    method,
    path: redact(call.path, secrets),
    requestId: redact(requestId, secrets),
    attempt,
  });
  return {
    request: (attempt) => run(onRequest, eventOf(attempt)),
    response: (attempt, answer) => run(onResponse, { ...eventOf(attempt), ...answer }),
    retry: (attempt, why) => run(onRetry, { ...eventOf(attempt), ...why }),
  };
}

/** Runs a hook; what it throws, at once or later, is its own affair. */
function run<Event>(
  hook: ((event: Event) => void | Promise<void>) | undefined,
  event: Event,
): void {
  try {
    Promise.resolve(hook?.(event)).catch(() => {});
  } catch {
    // A log that fails must not fail the job.
  }
}
