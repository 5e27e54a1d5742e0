import { DispatchError } from "../../core/dispatch_error.ts";
import { phrase } from "../../core/text.ts";
import { type Clock, orAborted } from "../../core/waiting.ts";
import { kernelAtHand } from "../../display/follow/screen.ts";
import { type RequestCheck, requestCheck } from "../../display/views/service/request.ts";
import type { CallOptions } from "../../http/config.ts";
import { type BaseJobRequest, baseJobRequestSchema } from "../../models/jobs.ts";
import type { Parameter, WrittenParamRequest } from "../../models/parameters.ts";
import type { Issue } from "../../models/schema/issue.ts";
import { type ParseOptions, requestReaderOf, toIssues } from "../../models/schema/model.ts";
import { parameterIssues } from "./parameter_issues.ts";

/** How long what a service says of its parameters holds, in milliseconds. */
const HOLDS = 10 * 60_000;

/** What a service takes, or why that cannot be said. */
export type Asked =
  | { readonly ok: true; readonly parameters: readonly Parameter[] }
  | { readonly ok: false; readonly warning: string };

/** Asks which parameters a service takes: once per service and ten minutes. */
export type AskParameters = (
  service: WrittenParamRequest<string>,
  signal?: AbortSignal,
) => Promise<Asked>;

interface Asking {
  readonly at: number;
  readonly answer: Promise<Asked>;
  readonly given: AbortController;
  waiting: number;
}

/**
 * Makes what asks for parameters: `ask` sends the question. Several who ask at once share its answer, and when all of
 * them have given up, so does the call.
 */
export function parameterAsker(
  clock: Clock,
  ask: (
    service: WrittenParamRequest<string>,
    signal: AbortSignal,
  ) => PromiseLike<readonly Parameter[]>,
): AskParameters {
  const known = new Map<string, Asking>();
  const begin = (key: string, { label, service }: WrittenParamRequest<string>): Asking => {
    const given = new AbortController();
    const answer = answerOf(ask({ label, service }, given.signal));
    const entry = { at: clock.now(), answer, given, waiting: 0 };
    known.set(key, entry);
    // A failure is not kept: it says nothing of the service.
    const forget = () => void (known.get(key) === entry && known.delete(key));
    given.signal.addEventListener("abort", forget, { once: true });
    void answer.then(({ ok }) => ok || forget());
    return entry;
  };
  return async (request, signal) => {
    signal?.throwIfAborted();
    const { endpoint, namespace = null, application } = request.service;
    const key = JSON.stringify([request.label, endpoint, namespace, application]);
    const held = known.get(key);
    const entry = held !== undefined && clock.now() - held.at < HOLDS ? held : begin(key, request);
    entry.waiting++;
    try {
      return await orAborted(entry.answer, signal);
    } catch (error) {
      if (entry.waiting === 1) entry.given.abort(error);
      throw error;
    } finally {
      entry.waiting--;
    }
  };
}

async function answerOf(asked: PromiseLike<readonly Parameter[]>): Promise<Asked> {
  try {
    return { ok: true, parameters: await asked };
  } catch (error) {
    const reason = error instanceof Error
      ? error.message.split("\n")[0]?.replace(/:$/, "") ?? ""
      : String(error);
    return {
      ok: false,
      warning: `The parameters were not checked, because the service could not be asked for them: ${
        phrase(reason, 300)
      }.`,
    };
  }
}

/** A job's request, whatever its words are: they are checked here. */
type JobToCheck = Omit<BaseJobRequest, "label" | "format"> & { readonly label: string };

const readRequest = requestReaderOf(baseJobRequestSchema);

/** Checks a request: by its own rules, then by what the service says that it takes. */
export async function checkRequest(
  request: JobToCheck,
  ask: AskParameters,
  { signal, extra }: Pick<CallOptions, "signal"> & ParseOptions = {},
): Promise<RequestCheck> {
  const reading = readRequest(request, { extra });
  const issues: Issue[] = reading.ok ? [] : toIssues(reading.issues);
  // Where the service itself is not named rightly, nobody can be asked.
  if (!reading.ok && issues.some(({ path }) => /^(?:label|service|parameters$|$)/.test(path))) {
    return requestCheck({ issues, warnings: [] });
  }
  const asked = await ask(request, signal);
  if (!asked.ok) return requestCheck({ issues, warnings: [asked.warning] });
  const { parameters } = asked;
  const told = new Set(issues.map(({ path }) => path));
  issues.push(
    ...parameterIssues(request.parameters, { parameters, label: request.label })
      .filter(({ path }) => !told.has(path)),
  );
  return requestCheck({ issues, warnings: [], parameters });
}

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
