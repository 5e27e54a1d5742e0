import type { ApiPromise } from "../http/api_promise.ts";
import type { CallOptions, HttpConfig } from "../http/config.ts";
import type {
  UpscalingTask,
  UpscalingTaskRequest,
  UpscalingTaskSummary,
} from "../models/upscaling.ts";
import { judgeTask } from "../live/judge.ts";
import { wait, type WaitOptions } from "../live/wait.ts";
import { watch, type WatchOptions } from "../live/watch.ts";
import type { Snapshot, Watch } from "../models/snapshot.ts";
import { call, idOf, type RequestOptions, type Target } from "./call.ts";
import { failureOfTask, poll, streamOf, withoutRepeats } from "./watching.ts";
import { operations } from "./operations.ts";
import type { ShowWork } from "./show.ts";

/** The same job many times over: once for each value of one parameter, such as the tiles of an area. */
export interface UpscaleTasks {
  /**
   * Creates a task. Its jobs are made afterwards, one by one; the service says yes even when no job can be
   * made, so look at the jobs. It is never repeated by itself.
   */
  create(request: UpscalingTaskRequest, options?: RequestOptions): ApiPromise<UpscalingTaskSummary>;
  /**
   * Watches a task: its snapshots as it changes, until all its jobs have ended and as many exist as were asked for.
   * Say how many that are, because the service does not: `{ expectedJobs: request.dimension.values.length }`.
   */
  watch(task: Target, options?: TaskWatchOptions): Watch<UpscalingTask>;
  /** Waits for a task's end, however its jobs end: look at `value.jobs`, or set `throwOnFailure`. */
  wait(task: Target, options?: TaskWaitOptions): Promise<Snapshot<UpscalingTask>>;
  /** A task as it is now, with the jobs made so far. */
  get(task: Target, options?: CallOptions): ApiPromise<UpscalingTask>;
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
export function upscaleTasks(config: HttpConfig, show: ShowWork): UpscaleTasks {
  const watchTask = (task: Target, { expectedJobs, ...options }: TaskWatchOptions = {}) => {
    const id = idOf("task", task, "Cannot watch upscaling task");
    const showTask = <T extends UpscalingTask>(value: T) => show.task(value, expectedJobs);
    return watch<UpscalingTask>(config, {
      subject: { kind: "task", id },
      headline: `Cannot watch upscaling task ${id}`,
      stream: taskStream({ id, show: showTask }),
      poll: (signal) =>
        poll(call(withoutRepeats(config), operations.getUpscaleTask, {
          target: id,
          options: { signal },
          show: showTask,
        })),
      judge: judgeTask,
      expectedJobs,
    }, options);
  };
  return {
    create: (body, options = {}) =>
      call(config, operations.createUpscaleTask, {
        body,
        options,
        show: (task) => show.taskSummary(task, amountOf(body)),
      }),
    watch: watchTask,
    wait: async (task, options) =>
      await wait(watchTask(task, options), {
        headline: `Cannot wait for upscaling task ${
          idOf("task", task, "Cannot wait for upscaling task")
        }`,
        failureOf: failureOfTask,
        clock: config.clock,
      }, options),
    get: (target, options = {}) =>
      call(config, operations.getUpscaleTask, {
        target,
        options,
        show: (task) => show.task(task),
      }),
  };
}

/** How many jobs a request asks for; it has been checked by the time that there is an answer. */
function amountOf({ dimension }: UpscalingTaskRequest): number {
  return dimension.values.length;
}
