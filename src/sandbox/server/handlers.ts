import { operations } from "../../api/operations.ts";
import { jsonAnswer } from "./answer.ts";
import { type Handler, handler } from "./handler.ts";
import { getJobsStatus } from "../service/jobs_status.ts";
import { getParameters } from "../service/params.ts";
import { splitArea } from "../tiling/split.ts";
import { createSyncJob } from "../service/sync_jobs.ts";
import {
  createUnitJob,
  deleteUnitJob,
  getUnitJob,
  getUnitJobResults,
} from "../service/unit_jobs.ts";
import { createUpscaleTask, getUpscaleTask } from "../service/upscale_tasks.ts";

/** The handler of every operation: one that is missing does not compile. */
export const handlers: Readonly<Record<keyof typeof operations, Handler>> = {
  health: handler(
    operations.health,
    (_call, { state: { databaseFailure: message } }) =>
      message === undefined
        ? jsonAnswer(200, { status: "ok", database: { status: "ok" } })
        : jsonAnswer(503, { status: "error", database: { status: "error", message } }),
  ),
  createUnitJob,
  getUnitJob,
  getUnitJobResults,
  deleteUnitJob,
  createSyncJob,
  getParameters,
  createUpscaleTask,
  getUpscaleTask,
  getJobsStatus,
  splitTiles: splitArea,
};
