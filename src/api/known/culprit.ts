import { clean } from "../../core/clean.ts";
import { quote } from "../../core/text.ts";
import type { ApiFailure, ApiPromise, ApiResponse } from "../../http/api_promise.ts";
import type { CallOptions, HttpConfig } from "../../http/config.ts";
import { type HttpError, ServerError } from "../../http/errors.ts";
import { wordMessage } from "../../http/wording.ts";
import { WatchError } from "../../live/watch_error.ts";
import type { JobsFilter, JobsStatusResponse } from "../../models/jobs_status.ts";
import { call } from "../call.ts";
import { DATABASE } from "../failures/hints.ts";
import { operations } from "../operations.ts";
import { withoutRepeats } from "../watching.ts";
import type { KnownWork, Suspect } from "./known_work.ts";

/** A job or task that makes the whole list fail. */
export interface Culprit extends Suspect {
  /** The correlation id of the call that found it out. */
  readonly requestId: string;
}

/** How many jobs and tasks are looked at to find the one that makes the whole list fail. */
const SUSPECTS = 10;

/** What is looked through, and how. */
export interface Search extends CallOptions {
  /** What the client has heard. */
  readonly known: KnownWork;
  /** Which part of the list was asked for. */
  readonly filter?: readonly JobsFilter[] | undefined;
}

/** The list, or an error that names the job or task whose platform makes it fail, where one can be found. */
export async function explained(
  config: HttpConfig,
  asked: ApiPromise<JobsStatusResponse>,
  search: Search,
): Promise<ApiResponse<JobsStatusResponse>> {
  const response = await asked.detailed();
  if (response.ok) return response;
  const culprit = await findCulprit(config, response.error, search);
  return culprit === undefined ? response : { ...response, error: blame(response, culprit) };
}

/** What a watch says of a list that fails because of one job. */
export async function explainWatch(
  config: HttpConfig,
  error: unknown,
  { latest, ...search }: Search & { readonly latest: JobsStatusResponse | undefined },
): Promise<WatchError | undefined> {
  if (!(error instanceof ServerError)) return undefined;
  const culprit = await findCulprit(config, error, search);
  if (culprit === undefined) return undefined;
  const hint =
    `watch your other work one by one with client.unitJobs.watch(id) and client.upscaleTasks.watch(id); ${
      comesBack(culprit)
    }`;
  return new WatchError(
    wordMessage(`Cannot watch the jobs and tasks: ${accusation(culprit)}`, {
      hint,
      requestId: culprit.requestId,
    }),
    { hint, cause: error, value: latest },
  );
}

/** The error of a list that was to have the jobs of tasks, and fails because those of one cannot be read. */
export function blameTask(
  { error }: ApiFailure,
  { id, title }: { readonly id: number; readonly title: string },
): HttpError {
  if (!isOfOneJob(error)) return error;
  const hint = "client.unitJobs.list() lists the jobs outside tasks, client.upscaleTasks.get(id) " +
    `those of each other task; of task ${id}: ${error.hint}`;
  const headline = `Cannot list the jobs of tasks: those of ${
    nameOf({ kind: "task", id, title })
  } cannot be read, and that makes the whole list fail`;
  return accuse(error, { headline, hint, requestId: error.requestId });
}

/** One job whose platform is down makes the whole list fail (500): says which, if it can be found. */
async function findCulprit(
  config: HttpConfig,
  error: HttpError,
  { known, filter, ...options }: Search,
): Promise<Culprit | undefined> {
  if (!isOfOneJob(error)) return undefined;
  const alone = withoutRepeats(config);
  for (const suspect of known.suspects(filter).slice(0, SUSPECTS)) {
    const input = { target: suspect.id, options };
    const asked = suspect.kind === "job"
      ? call(alone, operations.getUnitJob, input).detailed()
      : call(alone, operations.getUpscaleTask, input).detailed();
    const response = await asked.catch(() => {
      options.signal?.throwIfAborted();
    });
    if (response === undefined || response.ok || !isOfOneJob(response.error)) continue;
    return { ...suspect, requestId: response.requestId };
  }
  return undefined;
}

/** Whether one job can be the reason: what the service cannot read at all is nobody's fault. */
function isOfOneJob({ status, message }: HttpError): boolean {
  return status === 500 && !DATABASE.test(message);
}

/** The error of a list that fails because of one job, with its name. */
function blame({ error }: ApiFailure, culprit: Culprit): ServerError {
  const part = culprit.kind === "job" ? "upscaling" : "processing";
  const hint =
    `client.jobsStatus.get({ filter: "${part}" }) lists the other part, client.unitJobs.get(id) and ` +
    `client.upscaleTasks.get(id) tell of the rest one by one; ${comesBack(culprit)}`;
  const { requestId } = culprit;
  const headline = `Cannot list the jobs and tasks: ${accusation(culprit)}`;
  return accuse(error, { headline, hint, requestId });
}

function accuse(
  error: HttpError,
  { headline, hint, requestId }: {
    readonly headline: string;
    readonly hint: string;
    readonly requestId: string | undefined;
  },
): ServerError {
  const { status, errorCode, details, retryAfter, content } = error;
  return new ServerError(
    wordMessage(headline, { hint, requestId }),
    { status, errorCode, details, retryAfter, content, hint, requestId, cause: error },
  );
}

function nameOf({ kind, id, title }: Suspect): string {
  return `${kind} ${id} (${quote(clean(title), 60)})`;
}

function accusation(culprit: Culprit): string {
  const what = `${culprit.kind === "job" ? "" : "the jobs of "}${nameOf(culprit)}`;
  return `the platform cannot be asked about ${what}, and that makes the whole list fail`;
}

function comesBack({ kind, id }: Culprit): string {
  return `the list comes back with the platform of ${kind} ${id}; if that never knows the job again, ask the service's team to remove it`;
}
