import { countCharacters, MAX_TITLE_LENGTH } from "../../models/jobs.ts";
import { naiveTimestamp } from "./clock.ts";
import { platformDown, refusalOf, unreadableReason } from "../platform/platform.ts";
import { type Progress, progressAt } from "../platform/progress.ts";
import type { JobRecord, JobRequest, PlatformJob } from "./state.ts";
import type { World } from "./world.ts";

/** How the making of a job ended. */
export type Creation =
  | { readonly outcome: "made"; readonly job: JobRecord }
  /** The platform refused: nothing was made anywhere. */
  | { readonly outcome: "refused"; readonly reason: string }
  /** The platform's job was made and runs; the service's record of it was not. */
  | { readonly outcome: "lost"; readonly reason: string }
  /** The same, by a failure that the service does not catch. */
  | { readonly outcome: "crashed" };

/** What a job is made for. */
export interface CreationOptions {
  /** Whose it is. */
  readonly user: string;
  /** When it is made, in milliseconds since 1970. */
  readonly at: number;
  /** The task it belongs to. */
  readonly taskId?: number;
}

/** Makes a job in the service's order: first on the platform, then its own record of it. */
export function createJob(
  world: World,
  request: JobRequest,
  { user, at, taskId }: CreationOptions,
): Creation {
  if (!isWellFormed([request.title, request.service])) return { outcome: "crashed" };
  const refusal = refusalOf(request, world.services, at);
  if (refusal !== undefined) return { outcome: "refused", reason: refusal };
  const id = `j-${String(world.state.platformJobs.size + 1).padStart(8, "0")}`;
  const platform: PlatformJob = { ...request, id, user, created: at };
  world.state.platformJobs.set(id, platform);
  if (!isWellFormed(request.parameters)) return { outcome: "crashed" };
  if (countCharacters(request.title) > MAX_TITLE_LENGTH) {
    return { outcome: "lost", reason: titleTooLong(platform) };
  }
  const broken = world.state.databaseFailure;
  if (broken !== undefined) return { outcome: "lost", reason: broken };
  return { outcome: "made", job: record(world, request, { user, at, taskId, platform }) };
}

/** Records a job that its platform refused, as the service does for the jobs of tasks. */
export function recordRefusedJob(
  world: World,
  request: JobRequest,
  { user, at, taskId }: CreationOptions,
): JobRecord {
  const job = record(world, request, { user, at, taskId, platform: undefined });
  job.course = { ...job.course, set: { status: "failed", at } };
  return job;
}

function record(
  world: World,
  request: JobRequest,
  { user, at, taskId, platform }: {
    readonly user: string;
    readonly at: number;
    readonly taskId: number | undefined;
    readonly platform: PlatformJob | undefined;
  },
): JobRecord {
  const id = ++world.state.lastJob;
  const { title, label, service, parameters } = request;
  const outcome = world.outcome({ id, title, label, service, parameters, taskId });
  const course = { created: at, outcome, pace: world.pace };
  const job: JobRecord = { id, user, request, platform, taskId, course };
  world.state.jobs.set(id, job);
  return job;
}

/** What the service learns of a job when it asks the platform. */
export type JobReading =
  | { readonly ok: true; readonly progress: Progress }
  | { readonly ok: false; readonly reason: string };

/** Asks the platform how far a job is. An OGC API that cannot be asked is a failure, not a status. */
export function readJob({ platform, course, request }: JobRecord, now: number): JobReading {
  const reason = platform && unreadableReason(platform, now);
  if (reason !== undefined) return { ok: false, reason };
  const progress = progressAt(course, now);
  if (progress.status === "unknown" && request.label === "ogc_api_process") {
    return { ok: false, reason: platformDown(now) };
  }
  return { ok: true, progress };
}

/** The summary of a job, as lists and answers to a creation have it. */
export function summaryOf(
  { id, request }: JobRecord,
  { status }: Pick<Progress, "status">,
): object {
  const { title, label, service, parameters } = request;
  return { id, title, label, status, service, parameters };
}

/** All that the service tells of a job. */
export function detailsOf(job: JobRecord, progress: Progress): object {
  return {
    ...summaryOf(job, progress),
    created: naiveTimestamp(job.course.created),
    updated: naiveTimestamp(progress.since),
  };
}

/** A job of one user; none if there is no such job or it is another's. */
export function findJob(world: World, id: number, user: string): JobRecord | undefined {
  const job = world.state.jobs.get(id);
  return job?.user === user ? job : undefined;
}

function isWellFormed(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, field]) => key.isWellFormed() && isWellFormed(field));
}

/** The database's own words, statement and values included: what `details.error` really looks like. */
function titleTooLong({ title, label, user, id, parameters, service }: PlatformJob): string {
  return `(pymysql.err.DataError) (1406, "Data too long for column 'title' at row 1")
[SQL: INSERT INTO processing_jobs (title, label, status, user_id, platform_job_id, parameters, service) VALUES (%(title)s, %(label)s, %(status)s, %(user_id)s, %(platform_job_id)s, %(parameters)s, %(service)s)]
[parameters: {'title': '${title}', 'label': '${label.toUpperCase()}', 'status': 'CREATED', 'user_id': '${user}', 'platform_job_id': '${id}', 'parameters': '${
    JSON.stringify(parameters)
  }', 'service': '${JSON.stringify(service)}'}]
(Background on this error at: https://sqlalche.me/e/21/9h9h)`;
}
