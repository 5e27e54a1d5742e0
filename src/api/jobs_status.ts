import type { ApiPromise } from "../http/api_promise.ts";
import type { CallOptions, HttpConfig } from "../http/config.ts";
import type { JobsFilter, JobsStatusResponse } from "../models/jobs_status.ts";
import { judgeList } from "../live/judge/judge.ts";
import { hasEnded } from "../models/jobs.ts";
import type { WatchOptions } from "../live/options.ts";
import { watch } from "../live/watch.ts";
import { attachWatch, type Watch } from "../models/snapshot.ts";
import { queryPairs } from "./call/address.ts";
import { call } from "./call.ts";
import { explained, explainWatch, type HeardWork, listOf } from "./known/known_work.ts";
import { poll, slowFor, streamOf, timeForJobs, withoutRepeats } from "./watching.ts";
import { operations } from "./operations.ts";
import { showResource } from "./show.ts";
import { shownCall } from "./call/shown_call.ts";

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

const statusStream = streamOf(operations.getJobsStatus);

/** Makes the list of a client. */
export function jobsStatus(config: HttpConfig, show: HeardWork): JobsStatus {
  const { known } = show;
  const get = (from: HttpConfig, options: JobsStatusOptions): ApiPromise<JobsStatusResponse> =>
    call(from, operations.getJobsStatus, {
      query: { filter: listOf(options.filter) },
      options,
      own: { filter: "any" },
      show: (all) => show.jobsStatus(all, options.filter),
    });
  const resource: JobsStatus = {
    get: (options = {}) => {
      const { filter, ...rest } = options;
      const search = { ...rest, known, filter: listOf(filter) };
      return shownCall(explained(config, get(config, options), search));
    },
    watch: ({ filter, ...options } = {}) => {
      const headline = "Cannot watch the jobs and tasks";
      const query = queryPairs(operations.getJobsStatus, { filter: listOf(filter) }, headline);
      return watch<JobsStatusResponse>(config, {
        subject: {
          kind: "list",
          ...(filter === undefined ? {} : { filter: listOf(filter) ?? [] }),
        },
        headline,
        stream: statusStream({ query, show: (all) => show.jobsStatus(all, filter) }),
        poll: (signal, timeout) => poll(get(withoutRepeats(config), { filter, signal, timeout })),
        time: {
          limit: (latest) => timeForJobs(config, latest && openWork(latest)),
          slowBecause: (latest) => slowFor(latest && openWork(latest), "of yours"),
        },
        judge: judgeList,
        explain: (error, latest, signal) =>
          explainWatch(config, error, { latest, signal, known, filter: listOf(filter) }),
        alsoKnown: ["filter"],
      }, options);
    },
  };
  return showResource("jobsStatus", attachWatch(resource, (pace) => resource.watch(pace)));
}

/** How many jobs and tasks are open. */
function openWork({ processing_jobs: jobs, upscaling_tasks: tasks }: JobsStatusResponse): number {
  return [...jobs, ...tasks].filter(({ status }) => !hasEnded(status)).length;
}
