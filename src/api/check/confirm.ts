import { DispatchError } from "../../core/dispatch_error.ts";
import { orAborted } from "../../core/waiting.ts";
import { kernelAtHand } from "../../display/follow/kernel.ts";

/** Asks a question and waits for a line; `null` where the input has ended, or where there is none. */
export type Prompter = (question: string) => string | null | Promise<string | null>;

/**
 * Who is asked before several jobs are created: a function, `false` for nobody; `true`, as when it is left out, for
 * whoever sits at the terminal.
 */
export type Confirm<Plan> = ((plan: Plan) => boolean | Promise<boolean>) | boolean;

/** How somebody is asked. */
export interface ConfirmOptions<Plan> {
  /** Who is asked; whoever sits at the terminal or the notebook where it is left out. */
  readonly confirm: Confirm<Plan> | undefined;
  /** What is asked, with the count and where to: `Submit 12 jobs to openeo.example.test?` */
  readonly question: string;
  /** How a message begins that refuses: `Cannot upscale the area`. */
  readonly headline: string;
  /** Gives up waiting for an answer. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Asks whoever sits there, for tests; `null` where nobody does.
   *
   * @default {promptAtHand()}
   */
  readonly ask?: Prompter | null | undefined;
}

/**
 * Asks before money is spent: whether what is planned may be done. Whatever creates more than one job goes through here,
 * after it has shown its plan. A kernel goes on with the next cell after Stop and after errors alike, and so nothing may
 * be taken for a yes but a yes.
 *
 * @throws {DispatchError} if nobody can be asked, or if the input ended before an answer; nothing was submitted.
 */
export async function confirmed<Plan>(
  plan: Plan,
  { confirm, question, headline, signal, ask = promptAtHand() }: ConfirmOptions<Plan>,
): Promise<boolean> {
  signal?.throwIfAborted();
  if (confirm === false) return true;
  if (typeof confirm === "function") return await orAborted(confirm(plan), signal) === true;
  if (ask === null) {
    throw refusal(`${headline}: nobody can be asked here, and nothing was submitted`);
  }
  const answer = await orAborted(
    ask(`${question} Type yes to submit, anything else to leave it:`),
    signal,
  );
  if (answer !== null) return /^\s*y(?:es)?\s*$/i.test(answer);
  throw refusal(`${headline}: the input ended without an answer, and nothing was submitted`);
}

function refusal(message: string): DispatchError {
  const hint = "pass confirm: false if it may be submitted without asking";
  return new DispatchError(`${message}\n  What to do: ${hint}`, { hint });
}

/** What asks whoever sits at the notebook or the terminal; nothing where there is neither. */
export function promptAtHand(): Prompter | null {
  const ask: unknown = Reflect.get(globalThis, "prompt");
  // A kernel without a way to ask, such as nbconvert's, answers null by itself.
  const isThere = kernelAtHand() !== undefined || isTerminal();
  if (!isThere) return null;
  if (typeof ask === "function") {
    return (question) => {
      const answer: unknown = Reflect.apply(ask, globalThis, [question]);
      return typeof answer === "string" ? answer : null;
    };
  }
  return askByLine;
}

function isTerminal(): boolean {
  const streams: unknown = Reflect.get(globalThis, "process");
  if (typeof streams !== "object" || streams === null) return false;
  return ["stdin", "stdout"].every((name) =>
    Reflect.get(Object(Reflect.get(streams, name)), "isTTY") === true
  );
}

/** Node.js has no `prompt`. */
async function askByLine(question: string): Promise<string | null> {
  const { createInterface } = await import("node:readline/promises");
  const { stdin, stdout } = await import("node:process");
  const lines = createInterface({ input: stdin, output: stdout });
  const ended = new Promise<null>((resolve) => lines.once("close", () => resolve(null)));
  try {
    return await Promise.race([lines.question(question), ended]);
  } finally {
    lines.close();
  }
}
