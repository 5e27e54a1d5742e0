import type { PlatformWords } from "./platform_words.ts";

/** What is known of a failure, to tell its cause by. */
export interface Failure {
  /** How the client's user calls the operation: `unitJobs.get`. */
  readonly name: string;
  /** The status of the answer. */
  readonly status: number;
  /** The service's own code. */
  readonly errorCode?: string | undefined;
  /** The service's words, in plain text. */
  readonly message: string;
  /** The reason that it gives beyond them. */
  readonly reason?: string | undefined;
  /** What the platform said, where the reason is a platform's. */
  readonly platform?: PlatformWords | undefined;
  /** The kind of the service that was asked to run, if the call names one. */
  readonly label?: string | undefined;
  /** What was asked to run, if the call names it. */
  readonly application?: string | undefined;
  /** What the token says of itself, if it says anything. */
  readonly token?: TokenFacts | undefined;
}

/** What a token says of itself. */
export interface TokenFacts {
  /** Whether it has expired. */
  readonly expired?: boolean | undefined;
  /** Whether it is meant for some service by name. */
  readonly audience?: boolean | undefined;
  /** The client that it was given to. */
  readonly client?: string | undefined;
}

/** All that was said, for rules that go by words. */
export function allWords({ message, reason }: Failure): string {
  return `${message} ${reason ?? ""}`.trim().slice(0, 4_000);
}

/** Whether a call makes a job or a task. */
export function creates({ name }: Failure): boolean {
  return /\.create/.test(name);
}

/** What to do about failures of one kind. */
export interface Rule {
  /** Whether a failure is of that kind. */
  readonly when: (failure: Failure) => boolean;
  /** What to do. */
  readonly hint: string | ((failure: Failure) => string);
}

/** A rule's condition: that the words of a failure match. */
export function says(pattern: RegExp): (failure: Failure) => boolean {
  return (failure) => pattern.test(allWords(failure));
}

/** What the first rule that fits says. */
export function hintOf(rules: readonly Rule[], failure: Failure): string | undefined {
  const hint = rules.find(({ when }) => when(failure))?.hint;
  return typeof hint === "function" ? hint(failure) : hint;
}
