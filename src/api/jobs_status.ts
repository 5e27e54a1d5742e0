import type { ApiPromise } from "../http/api_promise.ts";
import type { CallOptions, HttpConfig } from "../http/config.ts";
import type { JobsFilter, JobsStatusResponse } from "../models/jobs_status.ts";
import { call, modelReader } from "./call.ts";
import { operations } from "./operations.ts";

/** Options of `jobsStatus.get`. */
export interface JobsStatusOptions extends CallOptions {
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
}

const readStatus = modelReader(operations.getJobsStatus);

/** Makes the list of a client. */
export function jobsStatus(config: HttpConfig): JobsStatus {
  return {
    get: ({ filter, ...options } = {}) =>
      call(config, operations.getJobsStatus, readStatus, {
        query: { filter: typeof filter === "string" ? [filter] : filter },
        options,
      }),
  };
}
