import type { ApiPromise } from "../http/api_promise.ts";
import type { CallOptions, HttpConfig } from "../http/config.ts";
import type { BaseJobRequest, ProcessingJob, ProcessingJobSummary } from "../models/jobs.ts";
import type { Parameter, ParamRequest } from "../models/parameters.ts";
import type { Collection } from "../models/stac.ts";
import { judgeJob } from "../live/judge.ts";
import { wait, type WaitOptions } from "../live/wait.ts";
import { watch, type WatchOptions } from "../live/watch.ts";
import type { Snapshot, Watch } from "../models/snapshot.ts";
import { call, idOf, type Target } from "./call.ts";
import { operations } from "./operations.ts";
import type { ShowWork } from "./show.ts";
import { failureOfJob, poll, withoutRepeats } from "./watching.ts";
import { type SyncJobResult, type SyncOptions, syncReader } from "./sync_result.ts";

/** Jobs of one's own, one at a time. */
export interface UnitJobs {
  /**
   * Creates a job on the platform: once, because it may cost money. It is never repeated by itself; when the
   * answer is lost, the error's `outcome` is `"unknown"` and its message says what to look at first.
   */
  create(request: BaseJobRequest, options?: CallOptions): ApiPromise<ProcessingJobSummary>;
  /**
   * Runs a job on an openEO back-end and waits for its result, for minutes if need be; there is no time
   * limit unless `timeout` gives one. `format` is ignored by the service, and a polygon is not turned
   * into a bounding box.
   */
  createSync(request: BaseJobRequest, options?: SyncOptions): ApiPromise<SyncJobResult>;
  /** A job as it is now; the service asks the platform first, which can take seconds. */
  get(job: Target, options?: CallOptions): ApiPromise<ProcessingJob>;
  /**
   * The results of a finished job, as a STAC Collection; `null` if there are none. Before the job has
   * finished the service most often answers 500.
   */
  results(job: Target, options?: CallOptions): ApiPromise<Collection | null>;
  /**
   * Removes a job from the service's records. The job on the platform is not canceled: it goes on, and
   * costs what it costs.
   */
  delete(job: Target, options?: CallOptions): ApiPromise<null>;
  /**
   * Watches a job: its snapshots as it changes, until it has ended. There is no stream of a single job, so the
   * service is asked again and again, more slowly while nothing changes.
   */
  watch(job: Target, options?: WatchOptions): Watch<ProcessingJob>;
  /**
   * Waits for a job's end, however it ends: look at `value.status`, or set `throwOnFailure`. Giving up does not
   * touch the job.
   */
  wait(job: Target, options?: JobWaitOptions): Promise<Snapshot<ProcessingJob>>;
  /** The parameters that a service takes. */
  parameters(service: ParamRequest, options?: CallOptions): ApiPromise<readonly Parameter[]>;
}

/** Options of `unitJobs.wait`. */
export type JobWaitOptions = WatchOptions & WaitOptions<ProcessingJob>;

/** Makes the jobs of a client. */
export function unitJobs(config: HttpConfig, show: ShowWork): UnitJobs {
  const watchJob = (job: Target, options: WatchOptions = {}) => {
    const id = idOf("job", job, "Cannot watch unit job");
    return watch(config, {
      subject: { kind: "job", id },
      headline: `Cannot watch unit job ${id}`,
      poll: (signal) =>
        poll(call(withoutRepeats(config), operations.getUnitJob, {
          target: id,
          options: { signal },
          show: show.job,
        })),
      judge: judgeJob,
    }, options);
  };
  return {
    create: (body, options = {}) =>
      call(config, operations.createUnitJob, { body, options, show: show.job }),
    createSync: (body, { stream, ...options } = {}) =>
      call(config, { ...operations.createSyncJob, reader: syncReader(stream) }, { body, options }),
    get: (target, options = {}) =>
      call(config, operations.getUnitJob, { target, options, show: show.job }),
    results: (target, options = {}) =>
      call(config, operations.getUnitJobResults, { target, options }),
    delete: (target, options = {}) => call(config, operations.deleteUnitJob, { target, options }),
    watch: watchJob,
    wait: async (job, options) =>
      await wait(watchJob(job, options), {
        headline: `Cannot wait for unit job ${idOf("job", job, "Cannot wait for unit job")}`,
        failureOf: failureOfJob,
        clock: config.clock,
      }, options),
    parameters: (body, options = {}) => call(config, operations.getParameters, { body, options }),
  };
}
