import { operations } from "../../api/operations.ts";
import { type Answer, jsonAnswer } from "../server/answer.ts";
import { frameworkError, validationError } from "../server/errors.ts";
import { type Handler, handler } from "../server/handler.ts";
import type { Validation } from "../server/validate.ts";
import { isDay } from "../../models/statistics.ts";
import { progressAt } from "../platform/progress.ts";
import { naiveTimestamp } from "./clock.ts";
import type { JobRequest } from "./state.ts";
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
