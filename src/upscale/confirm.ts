import { DispatchError } from "../core/dispatch_error.ts";
import { orAborted } from "../core/waiting.ts";

/** Who is asked before jobs are submitted: a function that is given the plan, or with `false` nobody. */
export type Confirm<Plan> = ((plan: Plan) => boolean | Promise<boolean>) | false;

/** How somebody is asked. */
export interface ConfirmOptions<Plan> {
  /** Who is asked; the prompt of the terminal or the notebook where it is left out. */
  readonly confirm: Confirm<Plan> | undefined;
  /** What is asked: `Submit 12 jobs?`. */
  readonly question: string;
  /** How the message begins when nobody can be asked. */
  readonly headline: string;
  /** Gives up when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** What asks, for tests; it hands back nothing where nobody can answer. */
  readonly ask?: ((question: string) => string | null) | undefined;
}

/**
 * Whether what was planned may be submitted.
 *
 * @throws {DispatchError} if nobody can be asked; nothing was submitted.
 */
export async function confirmed<Plan>(
  plan: Plan,
  { confirm, question, headline, signal, ask = globalThis.prompt }: ConfirmOptions<Plan>,
): Promise<boolean> {
  if (confirm === false) return true;
  if (confirm !== undefined) return await orAborted(confirm(plan), signal) === true;
  const answer = ask(`${question} Type yes to submit, anything else to leave it:`);
  if (answer !== null) return /^\s*y(?:es)?\s*$/i.test(answer);
  const hint = "pass confirm: false if it may be submitted without asking";
  throw new DispatchError(
    `${headline}: nobody can be asked here, and nothing was submitted\n  What to do: ${hint}`,
    { hint },
  );
}
