import { DispatchError, type DispatchErrorOptions } from "../core/dispatch_error.ts";
import { phrase } from "../core/text.ts";
import { isForbidden } from "../http/attempt/attempt.ts";
import { connectionTrouble } from "../http/connection_trouble.ts";
import {
  AuthenticationError,
  ConnectionError,
  HttpError,
  NotFoundError,
  PermissionError,
  RequestInvalidError,
  ResponseInvalidError,
  TimeoutError,
} from "../http/errors.ts";
import { wordMessage } from "../http/wording.ts";

/** Options of {@linkcode WatchError}. */
export interface WatchErrorOptions extends DispatchErrorOptions {
  /** The work as it was last read, if it was. */
  readonly value?: unknown;
}

/**
 * A watch that had to give up, or work that ended badly where that was to be an error. The work itself is not
 * touched: it can be watched again.
 */
export class WatchError extends DispatchError {
  static {
    this.prototype.name = "WatchError";
  }
  /** The work as it was last read, if it was. */
  declare readonly value?: unknown;

  /** Makes an error from its whole message. */
  constructor(message: string, options: WatchErrorOptions = {}) {
    super(message, options);
    if (options.value !== undefined) this.value = options.value;
  }
}

/**
 * Whether a failure may pass by itself.
 *
 * @param heard whether the service has answered before: a name that was known and a certificate that was trusted will
 * be so again, when the network is back, and a token function that worked will work again.
 */
export function mayPass(error: unknown, heard: boolean): boolean {
  if (error instanceof ConnectionError) {
    if (isForbidden(error.cause)) return false;
    const { kind } = connectionTrouble(error.cause);
    return heard || (kind !== "name-unknown" && kind !== "certificate");
  }
  if (error instanceof HttpError) return error.status >= 500 || [408, 429].includes(error.status);
  // A page instead of an answer is a proxy's, and passes with it; an answer about other work does not.
  if (error instanceof ResponseInvalidError) return !isAboutOtherWork(error);
  if (error instanceof RequestInvalidError) return heard && error.cause !== undefined;
  return error instanceof TimeoutError;
}

function isAboutOtherWork({ issues }: ResponseInvalidError): boolean {
  return issues.length === 1 && issues[0]?.path === "id";
}

/** What a failure was, in one line, without what was asked: whoever watches knows that. */
export function problemOf(error: unknown): string {
  const [line = ""] = error instanceof Error ? error.message.split("\n") : [];
  const what = line.replace(/^Cannot [^:]*: /, "");
  if (error instanceof RequestInvalidError) {
    return phrase(error.issues.map(({ message }) => message).join("; "), 160);
  }
  const reason = error instanceof ConnectionError
    ? connectionTrouble(error.cause).words
    : particular(error, "Reason given");
  return phrase(reason === undefined ? what : `${what}: ${reason}`, 200);
}

/** A particular that an error's message gives on a line of its own. */
function particular(error: unknown, name: string): string | undefined {
  const lines = error instanceof Error ? error.message.split("\n") : [];
  const start = `  ${name}: `;
  return lines.find((line) => line.startsWith(start))?.slice(start.length);
}

/** What a watch knew when it came to its end. */
export interface LastKnown {
  /** How a message about it begins. */
  readonly headline: string;
  /** The call that takes it up again. */
  readonly again: string;
  /** The work as it was last read, if it was. */
  readonly value?: unknown;
}

/** The error of a watch for which an outage has lasted too long. */
export function outageError(
  { problem, lasted, cause }: {
    readonly problem: string;
    readonly lasted: string;
    readonly cause: unknown;
  },
  { headline, again, value }: LastKnown,
): WatchError {
  const own = cause instanceof DispatchError ? cause.hint : undefined;
  const hint = [own, `${goesOn(again)}, with maxOutage for more patience`]
    .filter((part) => part !== undefined).join("; ");
  const requestId = particular(cause, "Request id");
  const words = `${headline}: nothing could be learned of it for ${lasted}: ${problem}`;
  return new WatchError(wordMessage(words, { hint, requestId }), {
    hint,
    value,
    // What was found out about a failure stands in the message; behind it is the failure.
    cause: cause instanceof WatchError ? cause.cause : cause,
  });
}

/** The error that a watch ends with at once: it says too that the work goes on, and how to take it up again. */
export function lastWord(error: unknown, { again, value }: LastKnown): unknown {
  if (!(error instanceof DispatchError) || error instanceof NotFoundError) return error;
  if (error.hint?.includes(again)) return error;
  const remedy = error instanceof ConnectionError ? connectionTrouble(error.cause).hint : undefined;
  const known = remedy !== undefined && error.hint?.includes(remedy) ? undefined : remedy;
  const hint = [error.hint, known, goesOn(again)].filter((part) => part !== undefined).join("; ");
  const message = withHint(error, hint);
  if (error instanceof HttpError) {
    const { status, errorCode, requestId, details, retryAfter, outcome, content } = error;
    const cause = error.cause === undefined ? {} : { cause: error.cause };
    const known = { status, errorCode, requestId, details, retryAfter, outcome, content };
    const options = { ...known, ...cause, hint };
    if (error instanceof AuthenticationError) return new AuthenticationError(message, options);
    if (error instanceof PermissionError) return new PermissionError(message, options);
    return new HttpError(message, options);
  }
  if (error instanceof ConnectionError) {
    const { outcome, requestId, cause: reason } = error;
    return new ConnectionError(message, { outcome, requestId, cause: reason, hint });
  }
  if (error instanceof WatchError) {
    return new WatchError(message, { hint, cause: error.cause, value: error.value ?? value });
  }
  return error;
}

function goesOn(again: string): string {
  return `the work goes on; take it up again with ${again}`;
}

/** An error's message with another hint in the place of its own. */
function withHint({ message, hint: before }: DispatchError, hint: string): string {
  const line = `What to do: ${before}`;
  if (before !== undefined && message.includes(line)) {
    return message.replace(line, () => `What to do: ${hint}`);
  }
  return wordMessage(message, { hint });
}
