import { operations } from "../../api/operations.ts";
import { countCharacters, MAX_TITLE_LENGTH } from "../../models/jobs.ts";
import { jsonAnswer } from "../server/answer.ts";
import { naiveTimestamp } from "./clock.ts";
import { internalServerError, taskNotFound } from "../server/errors.ts";
import { type Handler, userHandler } from "../server/handler.ts";
import { askPlatforms, summaryOf } from "./jobs.ts";
import type { TaskRecord } from "./state.ts";
import { findTask, jobsOf, readTask } from "./tasks.ts";
import { toJobRequest } from "./unit_jobs.ts";

/** `POST /upscale_tasks`: the jobs are made afterwards, whatever becomes of them. */
export const createUpscaleTask: Handler = userHandler(operations.createUpscaleTask, {
  failure: "An error occurred while creating the upscaling task.",
  run({ body, user, token = "", requestId, fail }, world) {
    const request = toJobRequest(body);
    if (!request.title.isWellFormed()) return internalServerError(requestId);
    if (countCharacters(request.title) > MAX_TITLE_LENGTH) {
      return fail(
        `(pymysql.err.DataError) (1406, "Data too long for column 'title' at row 1")`,
      );
    }
    const now = world.clock.now();
    const task: TaskRecord = {
      id: ++world.state.lastTask,
      user,
      token,
      request,
      dimension: body.dimension,
      created: now,
      tried: 0,
      stopped: false,
      progress: { status: "created", since: now },
    };
    world.state.tasks.set(task.id, task);
    return jsonAnswer(201, taskSummary(task));
  },
});

/** `GET /upscale_tasks/{task_id}`. */
export const getUpscaleTask: Handler = userHandler(operations.getUpscaleTask, {
  failure: "An error occurred while retrieving the upscale task.",
  async run({ id, user, requestId, fail }, world) {
    const task = findTask(world, id, user);
    if (task === undefined) return taskNotFound(requestId);
    await askPlatforms(world, jobsOf(world, task));
    const reading = readTask(world, task);
    if (!reading.ok) return fail(reading.reason);
    return jsonAnswer(200, {
      ...taskSummary(task),
      service: task.request.service,
      created: naiveTimestamp(task.created),
      updated: naiveTimestamp(task.progress.since),
      jobs: reading.jobs.map(({ job, reading }) => summaryOf(job, reading.progress)),
    });
  },
});

/** The summary of a task, as lists and the answer to a creation have it. */
export function taskSummary({ id, request, progress }: TaskRecord): object {
  return { id, title: request.title, label: request.label, status: progress.status };
}
