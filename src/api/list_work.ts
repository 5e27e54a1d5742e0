import type { ApiPromise, ApiResponse, ApiSuccess } from "../http/api_promise.ts";
import type { CallOptions, HttpConfig } from "../http/config.ts";
import { RequestInvalidError } from "../http/errors.ts";
import type { ProcessingJobSummary } from "../models/jobs.ts";
import type { JobsFilter, JobsStatusResponse } from "../models/jobs_status.ts";
import { describeValue } from "../models/schema/issue.ts";
import { optionIssues } from "../models/schema/options.ts";
import type { UpscalingTaskSummary } from "../models/upscaling.ts";
import { count } from "../core/units.ts";
import { call } from "./call.ts";
import { operations } from "./operations.ts";
import { blameTask, explained, type HeardWork } from "./known/known_work.ts";
import { shownCall } from "./call/shown_call.ts";
import { timeForJobs } from "./watching.ts";

/** A job in a list: the service gives no dates there, so they are known only where they were asked for. */
export interface ListedJob extends ProcessingJobSummary {
  /** When the job was created; there if it was asked for with `dates`. */
  readonly created?: Date | undefined;
  /** When the service last learned something of it; there if it was asked for with `dates`. */
  readonly updated?: Date | undefined;
}

/** Options of `unitJobs.list`. */
export interface ListJobsOptions extends CallOptions {
  /**
   * Whether the jobs of upscaling tasks are listed as well: a call more for each task, one after the other, and one
   * for a large task takes long.
   *
   * @default {false}
   */
  readonly children?: boolean | undefined;
  /**
   * Whether to ask when jobs were created: a call for each job, one after the other, because the list does not say.
   * `true` asks for the 20 newest, a number for so many. The table says how many calls it took.
   *
   * @default {false}
   */
  readonly dates?: boolean | number | undefined;
}

/** How many jobs are asked about with `dates: true`: as many as a table shows. */
const DATED = 20;

/** Lists one's own jobs, the newest first. */
export function listJobs(
  config: HttpConfig,
  show: HeardWork,
  given: ListJobsOptions,
): ApiPromise<readonly ListedJob[]> {
  const carryOut = async (): Promise<ApiResponse<readonly ListedJob[]>> => {
    const { children = false, dates = false, ...options } = given;
    const amount = amountOf(given, dates);
    const response = await work(config, show, {
      filter: children ? ["processing", "upscaling"] : ["processing"],
      options,
    });
    if (!response.ok) return response;
    const { processing_jobs: own, upscaling_tasks: tasks } = response.parsed;
    const jobs: ListedJob[] = [...own];
    // One after the other: while the service asks a platform it does nothing else.
    const patient = { timeout: timeForJobs(config, undefined), ...options };
    for (const target of children ? tasks : []) {
      const asked = call(config, operations.getUpscaleTask, {
        target,
        options: patient,
        show: show.task,
      });
      const task = await asked.detailed();
      if (!task.ok) throw blameTask(task, target);
      jobs.push(...task.parsed.jobs);
    }
    jobs.sort((one, other) => other.id - one.id);
    const asked = Math.min(amount, jobs.length);
    for (let index = 0; index < asked; index++) {
      const target = jobs[index];
      if (target === undefined) break;
      const known = await call(config, operations.getUnitJob, { target, options }).detailed();
      // A platform that is down keeps the dates of its jobs to itself; anything else is for the caller to know.
      if (known.ok) jobs[index] = known.parsed;
      else if (known.status !== 500) throw known.error;
    }
    const calls = 1 + (children ? tasks.length : 0) + asked;
    const undated = jobs.slice(0, asked).filter(({ created }) => created === undefined).length;
    const note = calls === 1
      ? undefined
      : `Asked for in ${count(calls, "call")}${
        undated === 0 ? "" : `; the platforms of ${count(undated, "job")} could not be asked`
      }`;
    return withParsed(response, show.jobs(jobs, note));
  };
  return shownCall(carryOut());
}

/** Lists one's own tasks, the newest first. */
export function listTasks(
  config: HttpConfig,
  show: HeardWork,
  options: CallOptions,
): ApiPromise<readonly UpscalingTaskSummary[]> {
  const carryOut = async (): Promise<ApiResponse<readonly UpscalingTaskSummary[]>> => {
    const response = await work(config, show, { filter: ["upscaling"], options });
    if (!response.ok) return response;
    const tasks = response.parsed.upscaling_tasks.toSorted((one, other) => other.id - one.id);
    return withParsed(response, show.tasks(tasks));
  };
  return shownCall(carryOut());
}

/** Asks for a part of the list; where one job makes it fail, the error names it. */
function work(
  config: HttpConfig,
  { known }: HeardWork,
  { filter, options }: {
    readonly filter: readonly JobsFilter[];
    readonly options: CallOptions;
  },
): Promise<ApiResponse<JobsStatusResponse>> {
  const asked = call(config, operations.getJobsStatus, {
    query: { filter },
    options,
    show(all) {
      known.hearList(all, filter);
      return all;
    },
  });
  return explained(config, asked, { ...options, known, filter });
}

const KNOWN = {
  children: "any",
  dates: "any",
  signal: "any",
  timeout: "any",
  headers: "any",
} as const;

/** How many jobs are to be asked about. */
function amountOf(given: object, dates: unknown): number {
  const issues = optionIssues(given, KNOWN);
  if (issues.length > 0) throw new RequestInvalidError("Cannot list the jobs", { issues });
  if (typeof dates === "boolean") return dates ? DATED : 0;
  if (typeof dates === "number" && Number.isInteger(dates) && dates >= 0) return dates;
  const message = `expected true, false, or how many jobs to ask about, got ${
    describeValue(dates)
  }`;
  throw new RequestInvalidError("Cannot list the jobs", { issues: [{ path: "dates", message }] });
}

function withParsed<T>(response: ApiSuccess<unknown>, parsed: T): ApiSuccess<T> {
  const { status, headers, content, requestId } = response;
  return { ok: true, status, headers, content, parsed, requestId };
}
