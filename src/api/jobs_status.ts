import type { ApiPromise } from "../http/api_promise.ts";
import type { CallOptions, HttpConfig } from "../http/config.ts";
import type { JobsFilter, JobsStatusResponse } from "../models/jobs_status.ts";
import { ServerError } from "../http/errors.ts";
import { judgeList } from "../live/judge.ts";
import { hasEnded } from "../models/jobs.ts";
import { watch, type WatchOptions } from "../live/watch.ts";
import { WatchError } from "../live/watch_error.ts";
import { jobsStatusResponseSchema } from "../models/jobs_status.ts";
import { readerOf } from "../models/model.ts";
import type { Watch } from "../models/snapshot.ts";
import { call, modelReader, queryPairs } from "./call.ts";
import { poll, shown, withoutRepeats } from "./watching.ts";
import { operations } from "./operations.ts";
import { showJobsStatus } from "./show.ts";

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
   * run ahead of their jobs: `upscaleTasks.watch` looks at those.
   */
  watch(options?: ListWatchOptions): Watch<JobsStatusResponse>;
}

/** How many jobs are looked at to find the one that makes the whole list fail. */
const SUSPECTS = 10;

const readJob = modelReader(operations.getUnitJob);
const readStatus = modelReader(operations.getJobsStatus, showJobsStatus);

/** Makes the list of a client. */
export function jobsStatus(config: HttpConfig): JobsStatus {
  const readValue = readerOf(jobsStatusResponseSchema);
  const get = (
    from: HttpConfig,
    { filter, ...options }: JobsStatusOptions,
  ): ApiPromise<JobsStatusResponse> =>
    call(from, operations.getJobsStatus, readStatus, {
      query: { filter: listOf(filter) },
      options,
    });
  return {
    get: (options = {}) => get(config, options),
    watch: ({ filter, ...options } = {}) => {
      const headline = "Cannot watch the jobs and tasks";
      const query = queryPairs(operations.getJobsStatus, { filter: listOf(filter) }, headline);
      return watch<JobsStatusResponse>(config, {
        subject: { kind: "list" },
        headline,
        stream: {
          path: "/ws/jobs_status",
          query,
          read: (data) => shown(readValue(data), showJobsStatus),
        },
        poll: (signal) => poll(get(withoutRepeats(config), { filter, signal })),
        judge: judgeList,
        explain: (error, latest, signal) => findCulprit(config, error, latest, signal),
      }, options);
    },
  };
}

function listOf(
  filter: JobsFilter | readonly JobsFilter[] | undefined,
): readonly JobsFilter[] | undefined {
  return typeof filter === "string" ? [filter] : filter;
}

/** One job whose platform is down makes the whole list fail (500): says which, if it can be found. */
async function findCulprit(
  config: HttpConfig,
  error: unknown,
  latest: JobsStatusResponse | undefined,
  signal: AbortSignal,
): Promise<unknown> {
  if (!(error instanceof ServerError) || error.status !== 500) return undefined;
  const suspects = (latest?.processing_jobs ?? [])
    .filter((job) => job.label === "ogc_api_process" && !hasEnded(job.status)).slice(0, SUSPECTS);
  for (const { id, title } of suspects) {
    const response = await call(withoutRepeats(config), operations.getUnitJob, readJob, {
      target: id,
      options: { signal },
    }).detailed();
    if (response.ok || response.status !== 500) continue;
    const hint =
      `watch your other work one by one with client.unitJobs.watch(id) and client.upscaleTasks.watch(id); ` +
      `the list comes back with the platform of job ${id}; if that never knows the job again, ask the service's team to remove it`;
    return new WatchError(
      `Cannot watch the jobs and tasks: the platform cannot be asked about job ${id} (${
        JSON.stringify(title)
      }), and that makes the whole list fail\n  What to do: ${hint}\n  Request id: ${response.requestId}`,
      { hint, cause: error, ...(latest === undefined ? {} : { value: latest }) },
    );
  }
  return undefined;
}
