import type { ApiPromise } from "../http/api_promise.ts";
import type { CallOptions, HttpConfig } from "../http/config.ts";
import type {
  UpscalingTask,
  UpscalingTaskRequest,
  UpscalingTaskSummary,
} from "../models/upscaling.ts";
import { call, modelReader, type Target } from "./call.ts";
import { operations } from "./operations.ts";

/** The same job many times over: once for each value of one parameter, such as the tiles of an area. */
export interface UpscaleTasks {
  /**
   * Creates a task. Its jobs are made afterwards, one by one; the service says yes even when no job can be
   * made, so look at the jobs. It is never repeated by itself.
   */
  create(request: UpscalingTaskRequest, options?: CallOptions): ApiPromise<UpscalingTaskSummary>;
  /** A task as it is now, with the jobs made so far. */
  get(task: Target, options?: CallOptions): ApiPromise<UpscalingTask>;
}

const readSummary = modelReader(operations.createUpscaleTask);
const readTask = modelReader(operations.getUpscaleTask);

/** Makes the upscaling tasks of a client. */
export function upscaleTasks(config: HttpConfig): UpscaleTasks {
  return {
    create: (body, options = {}) =>
      call(config, operations.createUpscaleTask, readSummary, { body, options }),
    get: (target, options = {}) =>
      call(config, operations.getUpscaleTask, readTask, { target, options }),
  };
}
