import {
  type ApiFailure,
  type ApiPromise,
  apiPromise,
  type ApiResponse,
} from "../http/api_promise.ts";
import type { CallOptions, HttpConfig } from "../http/config.ts";
import type { JobsFilter, JobsStatusResponse } from "../models/jobs_status.ts";
import { ServerError } from "../http/errors.ts";
import { wordMessage } from "../http/wording.ts";
import { judgeList } from "../live/judge/judge.ts";
import { hasEnded } from "../models/jobs.ts";
import type { WatchOptions } from "../live/options.ts";
import { watch } from "../live/watch.ts";
import { WatchError } from "../live/watch_error.ts";
import { attachWatch, type Watch } from "../models/snapshot.ts";
import { call, queryPairs } from "./call.ts";
import { poll, slowFor, streamOf, timeForJobs, withoutRepeats } from "./watching.ts";
import { operations } from "./operations.ts";
import { showCall, showResource, type ShowWork } from "./show.ts";

/** Options of `jobsStatus.get`. */
export interface JobsStatusOptions extends CallOptions {
  /**
   * Which part to list.
   *
   * @default {["upscaling", "processing"]}
   */
  readonly filter?: JobsFilter | readonly JobsFilter[] | undefined;
}

/** How the list is watched. */
export interface ListWatchOptions extends WatchOptions {
  /**
   * Which part to list.
   *
   * @default {["upscaling", "processing"]}
   */
  readonly filter?: JobsFilter | readonly JobsFilter[] | undefined;
}

/** All of one's work at once. */
export interface JobsStatus {
  /**
   * All tasks and jobs of the account; the jobs of tasks are not among them. The service asks the platforms
   * about every active job, one after the other, so it can take long.
   */
  get(options?: JobsStatusOptions): ApiPromise<JobsStatusResponse>;
  /**
   * Watches all of one's work, until everything has ended. Of tasks only their own status is known here, which can
   * run ahead of their jobs, or stay `created` for ever where some were canceled: `upscaleTasks.watch` looks at the
   * jobs.
   */
  watch(options?: ListWatchOptions): Watch<JobsStatusResponse>;
}

/** How many jobs and tasks are looked at to find the one that makes the whole list fail. */
const SUSPECTS = 10;

const statusStream = streamOf(operations.getJobsStatus);

/** Makes the list of a client. */
export function jobsStatus(config: HttpConfig, show: ShowWork): JobsStatus {
  // What was last heard of each part: where the list fails, it says who may be to blame.
  let known: JobsStatusResponse = { processing_jobs: [], upscaling_tasks: [] };
  const showAll = <T extends JobsStatusResponse>(all: T, filter: JobsStatusOptions["filter"]) => {
    known = partsOf(all, listOf(filter), known);
    return show.jobsStatus(all, filter);
  };
  const get = (
    from: HttpConfig,
    options: JobsStatusOptions,
  ): ApiPromise<JobsStatusResponse> =>
    call(from, operations.getJobsStatus, {
      query: { filter: listOf(options.filter) },
      options,
      own: { filter: "any" },
      show: (all) => showAll(all, options.filter),
    });
  const explained = async (
    options: JobsStatusOptions,
  ): Promise<ApiResponse<JobsStatusResponse>> => {
    const response = await get(config, options).detailed();
    if (response.ok || response.status !== 500) return response;
    const { filter, ...rest } = options;
    const none = { processing_jobs: [], upscaling_tasks: [] };
    const culprit = await findCulprit(config, partsOf(known, listOf(filter), none), rest);
    return culprit === undefined ? response : { ...response, error: blame(response, culprit) };
  };
  const resource: JobsStatus = {
    get: (options = {}) => showCall(apiPromise(explained(options))),
    watch: ({ filter, ...options } = {}) => {
      const headline = "Cannot watch the jobs and tasks";
      const query = queryPairs(operations.getJobsStatus, { filter: listOf(filter) }, headline);
      return watch<JobsStatusResponse>(config, {
        subject: {
          kind: "list",
          ...(filter === undefined ? {} : { filter: listOf(filter) ?? [] }),
        },
        headline,
        stream: statusStream({ query, show: (all) => showAll(all, filter) }),
        poll: (signal, timeout) => poll(get(withoutRepeats(config), { filter, signal, timeout })),
        time: {
          limit: (latest) => timeForJobs(config, latest && openWork(latest)),
          slowBecause: (latest) => slowFor(latest && openWork(latest), "of yours"),
        },
        judge: judgeList,
        explain: (error, latest, signal) => explain(config, error, { latest, signal }),
        alsoKnown: ["filter"],
      }, options);
    },
  };
  return showResource("jobsStatus", attachWatch(resource, (pace) => resource.watch(pace)));
}

function listOf(
  filter: JobsFilter | readonly JobsFilter[] | undefined,
): readonly JobsFilter[] | undefined {
  return typeof filter === "string" ? [filter] : filter;
}

/** How many jobs and tasks are open. */
function openWork({ processing_jobs: jobs, upscaling_tasks: tasks }: JobsStatusResponse): number {
  return [...jobs, ...tasks].filter(({ status }) => !hasEnded(status)).length;
}

/** The parts that were asked for, and the others as they were. */
function partsOf(
  all: JobsStatusResponse,
  filter: readonly JobsFilter[] | undefined,
  others: JobsStatusResponse,
): JobsStatusResponse {
  const has = (part: JobsFilter) => filter === undefined || filter.includes(part);
  return {
    processing_jobs: (has("processing") ? all : others).processing_jobs,
    upscaling_tasks: (has("upscaling") ? all : others).upscaling_tasks,
  };
}

/** A job or task that makes the whole list fail. */
interface Culprit {
  readonly kind: "job" | "task";
  readonly id: number;
  /** What it is, in words. */
  readonly what: string;
  /** The correlation id of the call that found it out. */
  readonly requestId: string;
}

/** One job whose platform is down makes the whole list fail (500): says which, if it can be found. */
async function findCulprit(
  config: HttpConfig,
  known: JobsStatusResponse,
  options: CallOptions,
): Promise<Culprit | undefined> {
  for (const { kind, id, title } of suspects(known)) {
    const input = { target: id, options };
    const alone = withoutRepeats(config);
    const asked = kind === "job"
      ? call(alone, operations.getUnitJob, input).detailed()
      : call(alone, operations.getUpscaleTask, input).detailed();
    const response = await asked.catch(() => {
      options.signal?.throwIfAborted();
    });
    if (response === undefined || response.ok || response.status !== 500) continue;
    const what = `${kind === "job" ? "job" : "the jobs of task"} ${id} (${JSON.stringify(title)})`;
    return { kind, id, what, requestId: response.requestId };
  }
  return undefined;
}

/** What a watch says of a list that fails because of one job. */
async function explain(
  config: HttpConfig,
  error: unknown,
  { latest, signal }: {
    readonly latest: JobsStatusResponse | undefined;
    readonly signal: AbortSignal;
  },
): Promise<WatchError | undefined> {
  if (!(error instanceof ServerError) || error.status !== 500 || latest === undefined) {
    return undefined;
  }
  const culprit = await findCulprit(config, latest, { signal });
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

/** The error of a list that fails because of one job, with its name. */
function blame({ error }: ApiFailure, culprit: Culprit): ServerError {
  const part = culprit.kind === "job" ? "upscaling" : "processing";
  const hint =
    `client.jobsStatus.get({ filter: "${part}" }) lists the other part, client.unitJobs.get(id) and ` +
    `client.upscaleTasks.get(id) tell of the rest one by one; ${comesBack(culprit)}`;
  const { status, errorCode, details, retryAfter, content } = error;
  const { requestId } = culprit;
  return new ServerError(
    wordMessage(`Cannot list the jobs and tasks: ${accusation(culprit)}`, { hint, requestId }),
    { status, errorCode, details, retryAfter, content, hint, requestId, cause: error },
  );
}

function accusation({ what }: Culprit): string {
  return `the platform cannot be asked about ${what}, and that makes the whole list fail`;
}

function comesBack({ kind, id }: Culprit): string {
  return `the list comes back with the platform of ${kind} ${id}; if that never knows the job again, ask the service's team to remove it`;
}

/** What may make a list fail: an openEO platform that is down makes a job `unknown`, an OGC one an error. */
function suspects({ processing_jobs: jobs, upscaling_tasks: tasks }: JobsStatusResponse) {
  return [
    ...jobs.map((job) => ({ kind: "job" as const, ...job })),
    ...tasks.map((task) => ({ kind: "task" as const, ...task })),
  ].filter(({ label, status }) => label === "ogc_api_process" && !hasEnded(status))
    .slice(0, SUSPECTS);
}
