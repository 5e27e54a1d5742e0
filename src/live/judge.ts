import { hasEnded, type ProcessingJobSummary } from "../models/jobs.ts";
import type { JobsStatusResponse } from "../models/jobs_status.ts";
import type { UpscalingTask } from "../models/upscaling.ts";
import { WatchError } from "./watch_error.ts";

/** What a reading of some work says about its end. */
export interface Verdict {
  /** Whether the work has ended. */
  readonly done: boolean;
  /** How many jobs there will be, if it is known. */
  readonly expectedJobs?: number;
  /** What is odd about it, in words. */
  readonly problem?: string;
}

/** Judges one reading after the other; it remembers what it has to. */
export type Judge<T> = (value: T, now: number) => Verdict;

/** Rules of a judge. */
export interface JudgeOptions {
  /** How long the platform may be unable to say how a job is, in milliseconds. */
  readonly maxUnknown: number;
  /** How many jobs a task was asked for, if it is known. */
  readonly expectedJobs?: number | undefined;
}

/** How many readings in a row must agree before a task of unknown size counts as complete. */
const STABLE_READINGS = 3;

/** How long a task may go without its next job before the missing ones are given up, in milliseconds. */
const MISSING_AFTER = 120_000;

/** How long the next job of a task may take before it is worth a word, in milliseconds. */
const SLOW_AFTER = 30_000;

/** A judge of one job. */
export function judgeJob(options: JudgeOptions): Judge<ProcessingJobSummary> {
  const patience = patienceWithUnknown(options.maxUnknown);
  return (job, now) => {
    patience(job.status === "unknown" ? [job] : [], job, now);
    return {
      done: hasEnded(job.status),
      ...(job.status === "unknown"
        ? { problem: "the platform cannot be asked at the moment" }
        : {}),
    };
  };
}

/**
 * A judge of a task. Its own status is not asked: it can say `finished` while jobs are still being made, and
 * `created` for ever. It is done when every job has ended and as many exist as were asked for; where that number
 * is not known, when several readings in a row agree. When the rest never appears, it is done with what there is.
 */
export function judgeTask(options: JudgeOptions): Judge<UpscalingTask> {
  const patience = patienceWithUnknown(options.maxUnknown);
  let most = 0;
  let readings = 0;
  let since: number | undefined;
  return (task, now) => {
    const { jobs } = task;
    if (jobs.length > most || since === undefined) {
      most = jobs.length;
      readings = 0;
      since = now;
    }
    readings++;
    const unknown = jobs.filter(({ status }) => status === "unknown");
    patience(
      jobs.every((job) => hasEnded(job.status) || job.status === "unknown") ? unknown : [],
      task,
      now,
    );

    const { expectedJobs } = options;
    const expected = expectedJobs === undefined ? {} : { expectedJobs };
    if (!jobs.every(({ status }) => hasEnded(status))) {
      return {
        done: false,
        ...expected,
        ...(unknown.length === 0 ? {} : {
          problem: `the platform cannot say how ${count(unknown.length, "job")} of the task ${
            unknown.length === 1 ? "is" : "are"
          }`,
        }),
      };
    }
    if (expectedJobs === undefined) {
      return { done: jobs.length > 0 ? readings >= STABLE_READINGS : now - since >= MISSING_AFTER };
    }
    // A job that was deleted leaves its task: what counts is how many there have been.
    if (most >= expectedJobs) return { done: true, ...expected };
    const missing = expectedJobs - most;
    const asked = `${count(missing, "job")} of ${expectedJobs} ${
      missing === 1 ? "has" : "have"
    } not appeared`;
    if (now - since < MISSING_AFTER) {
      return { done: false, ...expected, ...(now - since < SLOW_AFTER ? {} : { problem: asked }) };
    }
    return {
      done: true,
      ...expected,
      problem:
        `${asked} and will not any more: the token expired or the service restarted while they were being made, or the platform refused them; make a task of the missing ones`,
    };
  };
}

/** A judge of all of one's work, by the statuses that the list gives. */
export function judgeList(options: JudgeOptions): Judge<JobsStatusResponse> {
  const patience = patienceWithUnknown(options.maxUnknown);
  return (list, now) => {
    const all = [...list.processing_jobs, ...list.upscaling_tasks];
    const open = all.filter((work) => !hasEnded(work.status));
    const unknown = list.processing_jobs.filter(({ status }) => status === "unknown");
    patience(open.length === unknown.length ? unknown : [], list, now);
    return {
      done: open.length === 0,
      ...(unknown.length === 0 ? {} : {
        problem: `the platform cannot say how ${jobNames(unknown)} ${
          unknown.length === 1 ? "is" : "are"
        }`,
      }),
    };
  };
}

/** Gives up when nothing but unknown jobs has been left for too long in a row. */
function patienceWithUnknown(
  limit: number,
): (unknown: readonly ProcessingJobSummary[], value: unknown, now: number) => void {
  let since: number | undefined;
  return (unknown, value, now) => {
    if (unknown.length === 0) {
      since = undefined;
      return;
    }
    since ??= now;
    if (now - since < limit) return;
    const openeo = unknown.some(({ label }) => label === "openeo");
    const minutes = Math.round((now - since) / 60_000);
    const hint = openeo
      ? "an openEO job that was canceled stays unknown for ever: look it up on the platform itself; if it still runs there, watch it again, with maxUnknown for more patience"
      : "look it up on the platform itself; if it still runs there, watch it again, with maxUnknown for more patience";
    throw new WatchError(
      `Cannot tell how ${jobNames(unknown)} ${
        unknown.length === 1 ? "is" : "are"
      }: the platform could not be asked for ${minutes} minutes in a row\n  What to do: ${hint}`,
      { hint, value },
    );
  };
}

function jobNames(jobs: readonly ProcessingJobSummary[]): string {
  const ids = jobs.slice(0, 5).map(({ id }) => id).join(", ");
  const rest = jobs.length > 5 ? ` and ${jobs.length - 5} more` : "";
  return `${jobs.length === 1 ? "job" : "jobs"} ${ids}${rest}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
