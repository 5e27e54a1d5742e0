import { countCharacters, MAX_TITLE_LENGTH } from "../../models/jobs.ts";
import { naiveTimestamp } from "./clock.ts";
import {
  argumentsOf,
  openeoError,
  platformDown,
  refusalOf,
  unreadableReason,
} from "../platform/platform.ts";
import { findService } from "../platform/services.ts";
import { isTerminal, type Progress, progressAt } from "../platform/progress.ts";
import type { JobRecord, JobRequest, PlatformJob } from "./state.ts";
import type { World } from "./world.ts";

/** How the making of a job ended. */
export type Creation =
  | { readonly outcome: "made"; readonly job: JobRecord }
  /** The platform refused: nothing was made anywhere. */
  | { readonly outcome: "refused"; readonly reason: string }
  /** The same, because the platform does not know the user. */
  | { readonly outcome: "unlinked"; readonly reason: string }
  /** The platform's job was made and runs; the service's record of it was not. */
  | { readonly outcome: "lost"; readonly reason: string }
  /** The platform's job was made; the record of it follows. */
  | { readonly outcome: "late" }
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
  /** How much later its record is written, in milliseconds. @default 0 */
  readonly commitAfter?: number | undefined;
}

/** Makes a job in the service's order: first on the platform, then its own record of it. */
export function createJob(
  world: World,
  request: JobRequest,
  { user, at, taskId, commitAfter = 0 }: CreationOptions,
): Creation {
  if (!isWellFormed(request.service)) return { outcome: "crashed" };
  if (world.state.unlinked.has(user)) {
    return { outcome: "unlinked", reason: notLinked(request, world) };
  }
  const refusal = refusalOf(request, { ...world, now: at }) ??
    limitReached(world, request, { user, at });
  if (refusal !== undefined) return { outcome: "refused", reason: refusal };
  const id = `j-${String(world.state.platformJobs.size + 1).padStart(8, "0")}`;
  const service = findService(world.services, request.label, request.service);
  const platform: PlatformJob = {
    ...request,
    id,
    user,
    created: at,
    arguments: argumentsOf(request, service),
  };
  world.state.platformJobs.set(id, platform);
  if (!isWellFormed(request.parameters)) return { outcome: "crashed" };
  if (!request.title.isWellFormed()) return { outcome: "lost", reason: notUtf8(request.title) };
  if (countCharacters(request.title) > MAX_TITLE_LENGTH) {
    return { outcome: "lost", reason: titleTooLong(platform) };
  }
  const broken = world.state.databaseFailure;
  if (broken !== undefined) return { outcome: "lost", reason: broken };
  const write = () => record(world, request, { user, at, taskId, platform });
  if (commitAfter === 0) return { outcome: "made", job: write() };
  world.state.late.push({ at: at + commitAfter, write });
  return { outcome: "late" };
}

/** What the service says to a user whose account is not linked with the platform. */
export function notLinked({ label }: Pick<JobRequest, "label">, { issuer }: World): string {
  const platform = label === "openeo" ? "cdse" : "gep";
  return `Please link your account with ${platform} in your <a href='${issuer()}/account'>Account Dashboard</a>`;
}

/** What an openEO back-end says to a user who has as many unfinished jobs as it allows. */
function limitReached(
  world: World,
  { label }: JobRequest,
  { user, at }: Pick<CreationOptions, "user" | "at">,
): string | undefined {
  const { jobs, jobLimit } = world.state;
  if (label !== "openeo" || jobLimit === Infinity) return undefined;
  const unfinished = [...jobs.values()].filter((job) =>
    job.user === user && job.platform?.label === "openeo" &&
    !isTerminal(progressAt(job.course, at).status)
  );
  return unfinished.length < jobLimit ? undefined : openeoError(
    400,
    "ConcurrentJobLimit",
    `Job was not started because the limit of ${jobLimit} concurrent jobs was reached.`,
  );
}

/** Writes the records that are due, in the order they became due. */
export function writeDueRecords({ state: { late }, clock }: World): void {
  const now = clock.now();
  const due = late.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
  for (const one of due) {
    late.splice(late.indexOf(one), 1);
    one.write();
  }
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
  // The service compares with another spelling than openEO's, and so never learns of it.
  return progress.status === "canceled" && request.label === "openeo"
    ? { ok: true, progress: { ...progress, status: "unknown" } }
    : { ok: true, progress };
}

/** Takes the time that it takes to ask about jobs, one after the other; none for those that have ended. */
export async function askPlatforms(
  { statusTime, clock, signal }: World,
  jobs: readonly JobRecord[],
): Promise<void> {
  if (statusTime === 0) return;
  const now = clock.now();
  const active = jobs.filter(({ course }) => !isTerminal(progressAt(course, now).status)).length;
  // A sandbox that is closed meanwhile has nobody to answer any more.
  if (active > 0) await clock.sleep(active * statusTime, signal).catch(() => {});
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

/** What Python says of text that is none. */
function notUtf8(text: string): string {
  const at = [...text].findIndex((character) => !character.isWellFormed());
  const code = [...text][at]?.charCodeAt(0).toString(16);
  return `'utf-8' codec can't encode character '\\u${code}' in position ${at}: surrogates not allowed`;
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
