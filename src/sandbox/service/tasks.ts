import { operations } from "../../api/operations.ts";
import { countCharacters, MAX_TITLE_LENGTH, type ProcessingStatusEnum } from "../../models/jobs.ts";
import { isTerminal } from "../platform/progress.ts";
import { internalServerError, jsonAnswer, taskNotFound } from "../server/answers.ts";
import { type Handler, userHandler } from "../server/handler.ts";
import { naiveTimestamp } from "./clock.ts";
import {
  askPlatforms,
  createJob,
  type JobReading,
  readJob,
  recordRefusedJob,
  summaryOf,
  writeDueRecords,
} from "./jobs.ts";
import type { JobRecord, TaskRecord } from "./state.ts";
import { toJobRequest } from "./unit_jobs.ts";
import type { World } from "./world.ts";

/**
 * Makes the jobs of upscaling tasks that are due, in the order they became due. The service makes
 * them one by one after it has answered, with the token of the request; when that no longer holds,
 * or a record cannot be written, the rest never appear and nothing says so.
 */
export function makeDueJobs(world: World): void {
  writeDueRecords(world);
  const now = world.clock.now();
  for (;;) {
    let next: { readonly task: TaskRecord; readonly at: number } | undefined;
    for (const task of world.state.tasks.values()) {
      if (task.stopped) continue;
      const at = task.created + (task.tried + 1) * world.pace.child;
      if (at <= now && (next === undefined || at < next.at)) next = { task, at };
    }
    if (next === undefined) return;
    makeNextJob(world, next.task, next.at);
  }
}

/** Forgets the jobs that are still to be made: the service holds them in its memory alone. */
export function stopMakingJobs({ state: { tasks } }: World): void {
  for (const task of tasks.values()) task.stopped = true;
}

function makeNextJob(world: World, task: TaskRecord, at: number): void {
  const { request, dimension, user, id: taskId } = task;
  const value = dimension.values[task.tried];
  const number = ++task.tried;
  if (number >= dimension.values.length) task.stopped = true;
  if (world.tokens.userAt(task.token, at) === undefined) {
    task.stopped = true;
    return;
  }
  const child = {
    ...request,
    title: `${request.title} - Processing Job ${number}`,
    // Object.fromEntries keeps a parameter called __proto__ what it is: data.
    parameters: Object.fromEntries([
      ...Object.entries(request.parameters),
      [dimension.name, value],
    ]),
  };
  const { outcome } = createJob(world, child, { user, at, taskId });
  if (outcome === "refused" || outcome === "unlinked") {
    recordRefusedJob(world, child, { user, at, taskId });
  } else if (outcome !== "made") task.stopped = true;
}

/** A task of one user; none if there is no such task or it is another's. */
function findTask(world: World, id: number, user: string): TaskRecord | undefined {
  const task = world.state.tasks.get(id);
  return task?.user === user ? task : undefined;
}

/** The jobs that a task has at present. */
function jobsOf(world: World, task: TaskRecord): JobRecord[] {
  return [...world.state.jobs.values()].filter(({ taskId }) => taskId === task.id);
}

/** What a read of a task brings: its jobs with their statuses, or why one could not be read. */
export type TaskReading =
  | {
    readonly ok: true;
    readonly jobs: readonly {
      readonly job: JobRecord;
      readonly reading: JobReading & { ok: true };
    }[];
  }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads a task's jobs and, while the task has not ended, derives its status from them. A task that
 * has ended stays so, whatever jobs are still to come: the service looks no further.
 */
export function readTask(world: World, task: TaskRecord): TaskReading {
  const now = world.clock.now();
  const jobs = [];
  for (const job of jobsOf(world, task)) {
    const reading = readJob(job, now);
    if (!reading.ok) return reading;
    jobs.push({ job, reading });
  }
  if (!isTerminal(task.progress.status)) {
    const status = taskStatus(jobs.map(({ reading }) => reading.progress.status));
    if (status !== task.progress.status) task.progress = { status, since: now };
  }
  return { ok: true, jobs };
}

/**
 * The status that the service derives for a task: any running makes it running; all failed, failed;
 * all canceled, canceled; all finished or failed, finished; anything else, and no job at all, created.
 */
export function taskStatus(statuses: readonly ProcessingStatusEnum[]): ProcessingStatusEnum {
  const found = new Set(statuses);
  if (found.size === 0) return "created";
  if (found.has("running")) return "running";
  if (found.size === 1 && (found.has("failed") || found.has("canceled"))) {
    return found.has("failed") ? "failed" : "canceled";
  }
  return [...found].every((status) => status === "finished" || status === "failed")
    ? "finished"
    : "created";
}

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
