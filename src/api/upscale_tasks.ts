import type { ApiPromise } from "../http/api_promise.ts";
import type { CallOptions, HttpConfig } from "../http/config.ts";
import {
  openJobs,
  type UpscalingTask,
  type UpscalingTaskRequest,
  type UpscalingTaskSummary,
  type WrittenTaskRequest,
} from "../models/upscaling.ts";
import { judgeTask } from "../live/judge/judge_task.ts";
import type { WatchOptions } from "../live/options.ts";
import { wait, type WaitOptions } from "../live/wait.ts";
import { watch } from "../live/watch.ts";
import type { Snapshot, Watch } from "../models/snapshot.ts";
import { idOf, type Target } from "./call/address.ts";
import { call, type RequestOptions } from "./call.ts";
import {
  failureOfTask,
  poll,
  slowFor,
  streamOf,
  timeForJobs,
  WAIT_OPTIONS,
  waitContext,
  withoutRepeats,
} from "./watching.ts";
import { operations } from "./operations.ts";
import { checkLedger, createTaskIn, type LedgerOptions } from "./known/job_ledger.ts";
import type { Ledgers } from "./unit_jobs.ts";
import { listTasks } from "./list_work.ts";
import type { HeardWork } from "./known/known_work.ts";
import { showResource } from "./show.ts";

/** The same job many times over: once for each value of one parameter, such as the tiles of an area. */
export interface UpscaleTasks {
  /**
   * Creates a task. Its jobs are made afterwards, one by one; the service says yes even when no job can be
   * made, so look at the jobs. It is never repeated by itself.
   */
  create<Label extends string, Format extends string>(
    request: WrittenTaskRequest<Label, Format>,
    options?: RequestOptions & LedgerOptions,
  ): ApiPromise<UpscalingTaskSummary>;
  /**
   * Watches a task: its snapshots as it changes, until all its jobs have ended and as many exist as were asked for.
   * Say how many that are, because the service does not: `{ expectedJobs: request.dimension.values.length }`. By that
   * number, too, a reading is given its time: with a thousand jobs one can take half an hour.
   */
  watch(task: number | { readonly id: number }, options?: TaskWatchOptions): Watch<UpscalingTask>;
  /** Waits for a task's end, however its jobs end: look at `value.jobs`, or set `throwOnFailure`. */
  wait(
    task: number | { readonly id: number },
    options?: TaskWaitOptions,
  ): Promise<Snapshot<UpscalingTask>>;
  /** One's own tasks, the newest first. */
  list(options?: CallOptions): ApiPromise<readonly UpscalingTaskSummary[]>;
  /**
   * A task as it is now, with the jobs made so far. The service asks the platform about each of them, one after the
   * other, so it is given half an hour unless `timeout` says otherwise, and is not asked again when that is over.
   */
  get(task: number | { readonly id: number }, options?: CallOptions): ApiPromise<UpscalingTask>;
}

/** How a task is watched. */
export interface TaskWatchOptions extends WatchOptions {
  /** How many jobs the task was asked for: without it, it counts as complete when several readings agree. */
  readonly expectedJobs?: number | undefined;
}

/** Options of `upscaleTasks.wait`. */
export type TaskWaitOptions = TaskWatchOptions & WaitOptions<UpscalingTask>;

const taskStream = streamOf(operations.getUpscaleTask);

/** Makes the upscaling tasks of a client. */
export function upscaleTasks(
  config: HttpConfig,
  show: HeardWork,
  ledgers: Ledgers,
): UpscaleTasks {
  const watchTask = (
    task: Target,
    { expectedJobs, ...options }: TaskWatchOptions = {},
    alsoKnown: readonly string[] = [],
  ) => {
    const id = idOf("task", task, "Cannot watch upscaling task");
    const showTask = <T extends UpscalingTask>(value: T) => show.task(value, expectedJobs);
    const jobsToAsk = (latest: UpscalingTask | undefined) =>
      latest === undefined
        ? expectedJobs
        : openJobs(latest) + Math.max(0, (expectedJobs ?? 0) - latest.jobs.length);
    return watch<UpscalingTask>(config, {
      subject: { kind: "task", id },
      headline: `Cannot watch upscaling task ${id}`,
      stream: taskStream({ id, show: showTask }),
      poll: (signal, timeout) =>
        poll(
          call(withoutRepeats(config), operations.getUpscaleTask, {
            target: id,
            options: { signal, timeout },
            show: showTask,
          }),
        ),
      time: {
        limit: (latest) => timeForJobs(config, jobsToAsk(latest)),
        slowBecause: (latest) => slowFor(jobsToAsk(latest), "of the task"),
      },
      judge: judgeTask,
      expectedJobs,
      alsoKnown: ["expectedJobs", ...alsoKnown],
    }, options);
  };
  const resource: UpscaleTasks = {
    list: (options = {}) => listTasks(config, show, options),
    create: (body, options = {}) => {
      const { ledger = ledgers.ledger, ...given } = options;
      checkLedger(ledger, "Cannot create the upscaling task");
      if (ledger !== undefined) {
        return createTaskIn({ ledger, config, wire: ledgers.wire, show }, body, given);
      }
      return call(config, operations.createUpscaleTask, {
        body,
        options,
        own: { ledger: "any", key: "string" },
        show: (task) => show.taskSummary(task, amountOf(body)),
      });
    },
    watch: (task, options) => watchTask(task, options),
    wait: async (task, options) => {
      const watching = watchTask(task, options, WAIT_OPTIONS);
      const context = waitContext<UpscalingTask>(config, {
        subject: watching.subject,
        failureOf: failureOfTask,
        expectedJobs: options?.expectedJobs,
      });
      return await wait(watching, context, options);
    },
    get: (target, options = {}) =>
      call(config, operations.getUpscaleTask, {
        target,
        options: { timeout: timeForJobs(config, jobsOf(target)), ...options },
        show: (task) => show.task(task),
      }),
  };
  return showResource("upscaleTasks", resource);
}

/** How many jobs a task has, where it is an object that tells. */
function jobsOf(target: Target): number | undefined {
  const jobs: unknown = Object(target).jobs;
  return Array.isArray(jobs) ? jobs.length : undefined;
}

/** How many jobs a request asks for; it has been checked by the time that there is an answer. */
function amountOf({ dimension }: Pick<UpscalingTaskRequest, "dimension">): number {
  return dimension.values.length;
}
