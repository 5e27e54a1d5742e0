import { operations } from "../../api/operations.ts";
import { isDay } from "../../models/monitoring.ts";
import { progressAt } from "../platform/progress.ts";
import { type Answer, frameworkError, jsonAnswer, validationError } from "../server/answers.ts";
import { type Handler, handler, userHandler } from "../server/handler.ts";
import type { Validation } from "../server/validate.ts";
import { naiveTimestamp } from "./clock.ts";
import { askPlatforms, readJob, summaryOf } from "./jobs.ts";
import type { JobRequest } from "./state.ts";
import { readTask, taskSummary } from "./tasks.ts";
import type { World } from "./world.ts";

/** How long the service gives the same answer again, in milliseconds. */
const CACHED = 15 * 60_000;

const DAY = 24 * 60 * 60_000;

/** `GET /statistics`: of all users, counted anew every 15 minutes. */
export const getStatistics: Handler = handler(
  operations.getStatistics,
  ({ request, requestId }, world): Answer => {
    const query = new URL(request.url).searchParams;
    const from = readDay(query, "date_from"), to = readDay(query, "date_to");
    const problems = [from, to].flatMap((part) => part.ok ? [] : part.problems);
    if (!from.ok || !to.ok) return validationError(requestId, problems);
    if (from.value !== undefined && to.value !== undefined && from.value > to.value) {
      return frameworkError(400, "date_from must not be after date_to");
    }
    const now = world.clock.now();
    const key = `${from.value ?? ""}/${to.value ?? ""}`;
    const cached = world.state.statistics.get(key);
    if (cached !== undefined && now - cached.at < CACHED) return jsonAnswer(200, cached.body);
    const body = statisticsOf(world, {
      from: from.value === undefined ? -Infinity : Date.parse(from.value),
      until: to.value === undefined ? Infinity : Date.parse(to.value) + DAY,
    });
    world.state.statistics.set(key, { at: now, body });
    return jsonAnswer(200, body);
  },
);

/** A day of the query, as the service's framework reads it. */
function readDay(query: URLSearchParams, name: string): Validation<string | undefined> {
  const text = query.get(name);
  if (text === null || isDay(text)) return { ok: true, value: text ?? undefined };
  return {
    ok: false,
    problems: [{
      type: "date_from_datetime_parsing",
      loc: ["query", name],
      msg: "Input should be a valid date or datetime, input is too short",
      input: text,
    }],
  };
}

function statisticsOf(
  world: World,
  { from, until }: { readonly from: number; readonly until: number },
): object {
  const now = world.clock.now();
  const within = (created: number) => created >= from && created < until;
  const jobs = [...world.state.jobs.values()].filter(({ course }) => within(course.created));
  const tasks = [...world.state.tasks.values()].filter(({ created }) => within(created));
  const children = jobs.filter(({ taskId }) => taskId !== undefined).length;
  return {
    generated_at: naiveTimestamp(now),
    processing_jobs: counted(
      jobs.map(({ request, course }) => ({ request, status: progressAt(course, now).status })),
    ),
    upscaling_tasks: {
      ...counted(tasks.map(({ request, progress }) => ({ request, status: progress.status }))),
      average_processing_jobs_per_upscaling_task: tasks.length === 0 ? 0 : children / tasks.length,
    },
  };
}

function counted(work: readonly { readonly request: JobRequest; readonly status: string }[]) {
  return {
    total: work.length,
    by_status: counts(work.map(({ status }) => status)),
    by_interface: counts(work.map(({ request }) => request.label)),
    by_service: counts(work.map(({ request }) => serviceOf(request.service.application))),
  };
}

/** What the service calls a service: the last part of its application, without `.json`. */
function serviceOf(application: string): string {
  return (application.split("/").at(-1) ?? "").replace(/\.json$/, "");
}

function counts(words: readonly string[]): Record<string, number> {
  const found = Map.groupBy(words, (word) => word);
  return Object.fromEntries([...found].map(([word, { length }]) => [word, length]));
}

/** `GET /jobs_status`: one job that cannot be read fails the whole list. */
export const getJobsStatus: Handler = userHandler(operations.getJobsStatus, {
  failure: "An error occurred while retrieving the job status.",
  async run({ user, filter, fail }, world) {
    const wanted = (part: "upscaling" | "processing") =>
      filter.length === 0 || filter.includes(part);
    const asked = [...world.state.jobs.values()].filter((job) =>
      job.user === user && wanted(job.taskId === undefined ? "processing" : "upscaling")
    );
    await askPlatforms(world, asked);
    const tasks = wanted("upscaling") ? listTasks(world, user) : [];
    if (typeof tasks === "string") return fail(tasks);
    const jobs = wanted("processing") ? listJobs(world, user) : [];
    if (typeof jobs === "string") return fail(jobs);
    return jsonAnswer(200, { upscaling_tasks: tasks, processing_jobs: jobs });
  },
});

/** A user's tasks, or why one of them could not be read. */
function listTasks(world: World, user: string): object[] | string {
  const summaries: object[] = [];
  for (const task of world.state.tasks.values()) {
    if (task.user !== user) continue;
    const reading = readTask(world, task);
    if (!reading.ok) return reading.reason;
    summaries.push(taskSummary(task));
  }
  return summaries;
}

/** A user's jobs, without those of tasks, or why one of them could not be read. */
function listJobs(world: World, user: string): object[] | string {
  const now = world.clock.now();
  const summaries: object[] = [];
  for (const job of world.state.jobs.values()) {
    if (job.user !== user || job.taskId !== undefined) continue;
    const reading = readJob(job, now);
    if (!reading.ok) return reading.reason;
    summaries.push(summaryOf(job, reading.progress));
  }
  return summaries;
}
