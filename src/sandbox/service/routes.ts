import { operations } from "../../api/operations.ts";
import { jsonAnswer, methodNotAllowed } from "../server/answers.ts";
import { type Handler, handler, type Route } from "../server/handler.ts";
import { splitArea } from "../tiling/tiles.ts";
import { getJobsStatus, getStatistics } from "./overviews.ts";
import {
  createSyncJob,
  createUnitJob,
  deleteUnitJob,
  getParameters,
  getUnitJob,
  getUnitJobResults,
} from "./unit_jobs.ts";
import { createUpscaleTask, getUpscaleTask } from "./tasks.ts";

/** The handler of every operation: one that is missing does not compile. */
const handlers: Readonly<Record<keyof typeof operations, Handler>> = {
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
  getStatistics,
};

const byKey: ReadonlyMap<string, Handler> = new Map(Object.entries(handlers));

/** The routes of the service itself: its operations, each at its path. */
export const serviceRoutes: readonly Route[] = Object.entries(operations).flatMap(
  ([key, { name, method, path }]) => {
    const handle = byKey.get(key);
    return handle === undefined ? [] : [{
      method,
      path: path.replace(/\{\w+\}/, ":id"),
      target: name,
      // The router takes HEAD for GET; the service does not.
      run: (call, world) =>
        call.request.method === "HEAD" ? methodNotAllowed(method) : handle(call, world),
    }];
  },
);
