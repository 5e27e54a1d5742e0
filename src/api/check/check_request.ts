import type { Clock } from "../../core/clock.ts";
import { phrase } from "../../core/text.ts";
import { orAborted } from "../../core/waiting.ts";
import { type RequestCheck, requestCheck } from "../../display/views/service/request_check.ts";
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
