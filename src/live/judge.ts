import { count, formatDuration } from "../core/units.ts";
import { hasEnded, type ProcessingJobSummary } from "../models/jobs.ts";
import type { JobsStatusResponse } from "../models/jobs_status.ts";
import { taskHasEnded, type UpscalingTask } from "../models/upscaling.ts";
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
  /** How much of the time between two readings counts, in milliseconds: in a longer one nobody looked. */
  readonly longestGap: number;
  /** How many jobs a task was asked for, if it is known. */
  readonly expectedJobs?: number | undefined;
}

/** How many readings must agree before a task of unknown size counts as complete. */
const STABLE_READINGS = 3;

/** How long the next job of a task may take before it is worth a word, in milliseconds. */
const SLOW_AFTER = 30_000;

/** How long it may take before the missing ones are given up, in milliseconds. */
const MISSING_AFTER = 120_000;

/** A judge of one job. */
export function judgeJob(options: JudgeOptions): Judge<ProcessingJobSummary> {
  const patience = patienceWithUnknown(options);
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
 * `created` for ever. It is done when every job has ended and as many have existed as were asked for; where that
 * number is not known, when several readings agree. When the rest never appears, it is done with what there is.
 */
export function judgeTask(options: JudgeOptions): Judge<UpscalingTask> {
  const { expectedJobs } = options;
  const patience = patienceWithUnknown(options);
  // A job that was deleted leaves its task: what counts is which ones there have been.
  const seen = new Set<number>();
  let sinceLastJob = stopwatch(options.longestGap);
  let readings = 0;
  return (task, now) => {
    const before = seen.size;
    for (const { id } of task.jobs) seen.add(id);
    if (seen.size > before) {
      sinceLastJob = stopwatch(options.longestGap);
      readings = 0;
    }
    const quiet = sinceLastJob(now);
    readings++;
    const open = task.jobs.filter(({ status }) => !hasEnded(status));
    const unknown = open.filter(({ status }) => status === "unknown");
    patience(open.length === unknown.length ? unknown : [], task, now);

    const missing = expectedJobs === undefined ? 0 : Math.max(0, expectedJobs - seen.size);
    const givenUp = open.length === 0 && quiet >= MISSING_AFTER;
    const done = givenUp || (
      expectedJobs !== undefined
        ? taskHasEnded(task, expectedJobs, seen.size)
        : taskHasEnded(task, 1, seen.size) && readings >= STABLE_READINGS && quiet >= SLOW_AFTER
    );
    const problems = [
      ...(unknown.length === 0 ? [] : [
        `the platform cannot say how ${count(unknown.length, "job")} of the task ${
          unknown.length === 1 ? "is" : "are"
        }`,
      ]),
      ...(missing === 0 || quiet < SLOW_AFTER ? [] : [missingJobs(missing, expectedJobs, done)]),
      ...(done && seen.size === 0 && missing === 0 ? [`no jobs have appeared${WHY_MISSING}`] : []),
    ];
    return {
      done,
      ...(expectedJobs === undefined ? {} : { expectedJobs }),
      ...(problems.length === 0 ? {} : { problem: problems.join("; ") }),
    };
  };
}

const WHY_MISSING =
  " and will not any more: the token expired or the service restarted before they were made, " +
  "or they were deleted";

/** That jobs have not appeared; at the end also why that happens and what to do. */
function missingJobs(missing: number, of: number | undefined, done: boolean): string {
  const asked = `${count(missing, "job")} of ${of} ${missing === 1 ? "has" : "have"} not appeared`;
  return done ? `${asked}${WHY_MISSING}; make a task of the missing ones` : asked;
}

/** A judge of all of one's work, by the statuses that the list gives. */
export function judgeList(options: JudgeOptions): Judge<JobsStatusResponse> {
  const patience = patienceWithUnknown(options);
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
  { maxUnknown, longestGap }: JudgeOptions,
): (unknown: readonly ProcessingJobSummary[], value: unknown, now: number) => void {
  let inARow = stopwatch(longestGap);
  return (unknown, value, now) => {
    if (unknown.length === 0) {
      inARow = stopwatch(longestGap);
      return;
    }
    const waited = inARow(now);
    if (waited < maxUnknown) return;
    const openeo = unknown.some(({ label }) => label === "openeo");
    const hint = openeo
      ? "an openEO job that was canceled stays unknown for ever: look it up on the platform itself; if it still runs there, watch it again, with maxUnknown for more patience"
      : "look it up on the platform itself; if it still runs there, watch it again, with maxUnknown for more patience";
    throw new WatchError(
      `Cannot tell how ${jobNames(unknown)} ${
        unknown.length === 1 ? "is" : "are"
      }: the platform could not be asked for ${
        formatDuration(waited)
      } in a row\n  What to do: ${hint}`,
      { hint, value },
    );
  };
}

/**
 * Measures the time over which readings were made. While a laptop sleeps, or a reader is busy, nobody looks: such a
 * time counts in part, so that nothing is given up at the first look after it.
 */
function stopwatch(longestGap: number): (now: number) => number {
  let last: number | undefined;
  let elapsed = 0;
  return (now) => {
    elapsed += Math.min(now - (last ?? now), longestGap);
    last = now;
    return elapsed;
  };
}

function jobNames(jobs: readonly ProcessingJobSummary[]): string {
  const ids = jobs.slice(0, 5).map(({ id }) => id).join(", ");
  const rest = jobs.length > 5 ? ` and ${jobs.length - 5} more` : "";
  return `${jobs.length === 1 ? "job" : "jobs"} ${ids}${rest}`;
}
