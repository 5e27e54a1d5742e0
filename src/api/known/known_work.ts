import { clean } from "../../core/redact.ts";
import { quote } from "../../core/text.ts";
import type { ApiFailure, ApiPromise, ApiResponse } from "../../http/api_promise.ts";
import type { CallOptions, HttpConfig } from "../../http/config.ts";
import { type HttpError, ServerError } from "../../http/errors.ts";
import { wordMessage } from "../../http/wording.ts";
import { WatchError } from "../../live/trouble.ts";
import type { JobsFilter, JobsStatusResponse } from "../../models/jobs_status.ts";
import { hasEnded, type ProcessingJobSummary } from "../../models/jobs.ts";
import type { UpscalingTask, UpscalingTaskSummary } from "../../models/upscaling.ts";
import { call } from "../call.ts";
import { DATABASE } from "../failures/hints.ts";
import { operations } from "../operations.ts";
import type { ShowWork } from "../show.ts";
import { withoutRepeats } from "../watching.ts";

/** A job or task that may make the whole list fail. */
export interface Suspect {
  /** What it is. */
  readonly kind: "job" | "task";
  /** Its number. */
  readonly id: number;
  /** What its owner calls it. */
  readonly title: string;
}

/** What a client has heard of the work of its account, by whichever call. */
export interface KnownWork {
  /** The highest number of a job that was heard of, those of tasks among them; `undefined` before the first. */
  newestJob(): number | undefined;
  /** Whose platform may make a list fail, of the parts that are asked for: those of the last list first. */
  suspects(filter: readonly JobsFilter[] | undefined): readonly Suspect[];
  /** Takes in a list. */
  hearList(all: JobsStatusResponse, filter: readonly JobsFilter[] | undefined): void;
}

/** What makes the work in a client's answers show itself, and remembers of it what helps when a later call fails. */
export interface HeardWork extends ShowWork {
  /** What has been heard. */
  readonly known: KnownWork;
}

/** How many jobs and tasks are kept of each kind, so that a client that makes jobs for a year does not grow. */
const KEPT = 1_000;

type Listed = ProcessingJobSummary | UpscalingTaskSummary;

/** Makes what remembers of a client's answers whatever is shown: each of them is, however it came. */
export function hearWork(show: ShowWork): HeardWork {
  let newest: number | undefined;
  const open = { job: new Map<number, Suspect>(), task: new Map<number, Suspect>() };
  const hear = (kind: "job" | "task", work: Listed): void => {
    const { id, title, label, status } = work;
    if (kind === "job") newest = Math.max(newest ?? 0, id);
    const suspects = open[kind];
    // An openEO platform that is down makes a job `unknown`; an OGC one makes the whole list an error.
    if (label !== "ogc_api_process" || hasEnded(status)) {
      suspects.delete(id);
      return;
    }
    suspects.set(id, { kind, id, title });
    if (suspects.size <= KEPT) return;
    const [oldest] = suspects.keys();
    if (oldest !== undefined) suspects.delete(oldest);
  };
  const hearPart = (kind: "job" | "task", works: readonly Listed[]): void => {
    open[kind].clear();
    for (const work of works) hear(kind, work);
  };
  const known: KnownWork = {
    newestJob: () => newest,
    suspects: (filter) => [
      ...(has(filter, "processing") ? open.job.values() : []),
      ...(has(filter, "upscaling") ? open.task.values() : []),
    ],
    hearList({ processing_jobs: jobs, upscaling_tasks: tasks }, filter) {
      if (has(filter, "processing")) hearPart("job", jobs);
      if (has(filter, "upscaling")) hearPart("task", tasks);
    },
  };
  return {
    ...show,
    known,
    job(job) {
      hear("job", job);
      return show.job(job);
    },
    taskSummary(task, expectedJobs) {
      hear("task", task);
      return show.taskSummary(task, expectedJobs);
    },
    task<T extends UpscalingTask>(task: T, expectedJobs?: number) {
      hear("task", task);
      for (const { id } of task.jobs) {
        newest = Math.max(newest ?? 0, id);
        // The list does not ask about the jobs of tasks one by one: there the task is to blame.
        open.job.delete(id);
      }
      return show.task(task, expectedJobs);
    },
    jobsStatus(status, filter) {
      known.hearList(status, listOf(filter));
      return show.jobsStatus(status, filter);
    },
  };
}

/** A filter as a list of the parts that are asked for. */
export function listOf(
  filter: JobsFilter | readonly JobsFilter[] | undefined,
): readonly JobsFilter[] | undefined {
  return typeof filter === "string" ? [filter] : filter;
}

function has(filter: readonly JobsFilter[] | undefined, part: JobsFilter): boolean {
  return filter === undefined || filter.includes(part);
}

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
