import type { AttemptFailure, HttpAnswer } from "./attempt/attempt.ts";
import type { Effect } from "./retry.ts";

/** One call as the wire needs it: what goes out, and what may be done when it comes to nothing. */
export interface WireCall {
  /** How the client's user calls it: `unitJobs.get`. */
  readonly name: string;
  /** Words how a message about it begins, when there is one: `Cannot get unit job 42`. */
  readonly headline: () => string;
  /** What it does, which decides whether it may be repeated. */
  readonly effect: Effect;
  readonly method: string;
  /** Path and query below the base URL. */
  readonly path: string;
  /** The body, as JSON. */
  readonly body?: string | undefined;
  /** Whether it needs a token. */
  readonly auth: boolean;
  /** The time limit of one attempt, where it is not the client's. */
  readonly timeout?: number | null | undefined;
  /** The media types wanted. */
  readonly accept?: string | undefined;
  /** Whether this answer's body is wanted as a stream. */
  readonly wantsStream?: ((status: number, headers: Headers) => boolean) | undefined;
  /** Statuses beyond 2xx that are an answer. */
  readonly alsoSuccess?: readonly number[] | undefined;
  /** Whether a 500 can mean "not ready". */
  readonly notReadyIs500?: boolean | undefined;
  /** What its answer takes the longer for the more of it there is, in a word: one that is late is not asked for again. */
  readonly growsWith?: string | undefined;
  /** What it makes, if it makes anything that costs. */
  readonly creation?: Creation | undefined;
  /** Whether an answer of 401 is about the token, so that a fresh one may help; else a call that creates is not made again. */
  readonly refusesToken?: ((answer: HttpAnswer) => boolean) | undefined;
}

/** What a call makes, for the case that nobody knows whether it was made. */
export interface Creation {
  /** What it is, in a word: `job`. */
  readonly what: string;
  /** Where it is to be found if it was made: `look in the list`. */
  readonly where: string;
}

/** What came of a call: the last answer, whatever its status. */
export interface Exchange {
  readonly answer: HttpAnswer;
  /** The correlation id. */
  readonly requestId: string;
  /** What must not be seen in any message about it. */
  readonly secrets: readonly string[];
  /** Whether an attempt before the one that was answered can have done something. */
  readonly repeated: boolean;
  /** How long the service asked to wait, in milliseconds. */
  readonly retryAfter?: number;
  /** The token that the answered attempt carried. */
  readonly token?: string;
}

/** A call that came to nothing, and what is known of how. */
export interface Unanswered {
  /** Why there is no answer. */
  readonly failure: AttemptFailure;
  /** The correlation id that went out. */
  readonly requestId: string;
  /** What must not be seen in any message about it. */
  readonly secrets: readonly string[];
  /** The time limit of each attempt in milliseconds. */
  readonly timeout: number | null;
  /** How many attempts were made. */
  readonly attempts: number;
  /** Whether an attempt before the last one can have done something. */
  readonly repeated: boolean;
}
