import { hasEnded, type ProcessingJob, type ProcessingJobSummary } from "../../models/jobs.ts";
import type { JobsStatusResponse } from "../../models/jobs_status.ts";
import { formatDuration } from "../../core/units.ts";
import { wordMessage } from "../../http/wording.ts";
import { stopwatch } from "../options.ts";
import { WatchError } from "../trouble.ts";

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
  /** After what time in `created` or `queued` there is a word about it, in milliseconds. */
  readonly alarmAfter: number;
  /** How much of the time between two readings counts, in milliseconds: in a longer one nobody looked. */
  readonly longestGap: number;
  /** How many jobs a task was asked for, if it is known. */
  readonly expectedJobs?: number | undefined;
}

/** A judge of one job. */
export function judgeJob(options: JudgeOptions): Judge<ProcessingJob> {
  const { alarmAfter } = options;
  const unknownFor = unknownInARow(options);
  return (job, now) => {
    const { id, status, label, created } = job;
    const waited = unknownFor(status === "unknown", now);
    if (status === "unknown" && waited >= options.maxUnknown) {
      const hint = label === "openeo"
        ? `${CANCELED_IS_UNKNOWN}: look it up on the platform itself`
        : "look it up on the platform itself";
      throw new WatchError(
        wordMessage(
          `Cannot tell how job ${id} is: the platform could not say for ${formatDuration(waited)}`,
          { hint },
        ),
        { hint, value: job },
      );
    }
    const late = hasNotBegun(job) && now - created.getTime() > alarmAfter;
    return verdict({ done: hasEnded(status) }, [
      status === "unknown" ? "the platform cannot be asked at the moment" : "",
      late
        ? `it is still ${status}, more than ${
          formatDuration(alarmAfter)
        } after it was created: ${LOOK_THERE}`
        : "",
    ]);
  };
}

/** A judge of all of one's work, by the statuses that the list gives. */
export function judgeList(options: JudgeOptions): Judge<JobsStatusResponse> {
  const { maxUnknown, alarmAfter } = options;
  const unknownFor = unknownInARow(options);
  const goneSince = disappearances();
  let waiting = new Map<number, number>();
  return (list, now) => {
    const jobs = list.processing_jobs.filter(({ status }) => !hasEnded(status));
    const tasks = list.upscaling_tasks.filter(({ status }) => !hasEnded(status));
    const unknown = jobs.filter(({ status }) => status === "unknown");
    const onlyUnknown = unknown.length > 0 && jobs.length + tasks.length === unknown.length;
    const givenUp = unknownFor(onlyUnknown, now) >= maxUnknown && onlyUnknown;
    const begun = jobs.filter(hasNotBegun);
    waiting = new Map(begun.map(({ id }) => [id, waiting.get(id) ?? now]));
    const late = begun.filter(({ id }) => now - (waiting.get(id) ?? now) > alarmAfter);
    const gone = goneSince(jobs, list.processing_jobs);
    return verdict({ done: jobs.length + tasks.length === 0 || givenUp }, [
      unknown.length === 0
        ? ""
        : givenUp
        ? stayUnknown(unknown, maxUnknown)
        : `the platform cannot say how ${names(unknown)} ${areOrIs(unknown)}`,
      deleted(gone),
      late.length === 0
        ? ""
        : `${names(late)} ${areOrIs(late)} still ${
          late.length === 1 ? late[0]?.status : "waiting"
        } after ${formatDuration(alarmAfter)}: ${LOOK_THERE}`,
    ]);
  };
}

const CANCELED_IS_UNKNOWN = "an openEO job that was canceled stays unknown for ever";
/** What to do about work that does not begin. */
export const LOOK_THERE = "the platform is busy or has lost it; look there";

/** A verdict without the problems that there are not. */
export function verdict(
  { done, expectedJobs }: { readonly done: boolean; readonly expectedJobs?: number | undefined },
  problems: readonly string[],
): Verdict {
  const problem = problems.filter((each) => each !== "").join("; ");
  return {
    done,
    ...(expectedJobs === undefined ? {} : { expectedJobs }),
    ...(problem === "" ? {} : { problem }),
  };
}

/** Whether a job still waits to be run. */
export function hasNotBegun({ status }: ProcessingJobSummary): boolean {
  return status === "created" || status === "queued";
}

/** That the platform never said how jobs are. */
export function stayUnknown(jobs: readonly ProcessingJobSummary[], after: number): string {
  const why = jobs.some(({ label }) => label === "openeo") ? `: ${CANCELED_IS_UNKNOWN}` : "";
  return `the platform could not say for ${formatDuration(after)} how ${names(jobs)} ${
    areOrIs(jobs)
  }${why}; look on the platform whether ${jobs.length === 1 ? "it still runs" : "they still run"}`;
}

/** That jobs are no longer there. */
export function deleted(ids: readonly number[]): string {
  if (ids.length === 0) return "";
  return `${names(ids.map((id) => ({ id })))} ${
    ids.length === 1 ? "was" : "were"
  } deleted meanwhile: on the platform ${ids.length === 1 ? "it" : "they"} may still run`;
}

/** Tells for how long in a row something has been the case. */
export function unknownInARow(
  { longestGap }: JudgeOptions,
): (isUnknown: boolean, now: number) => number {
  let inARow = stopwatch(longestGap);
  return (isUnknown, now) => {
    if (isUnknown) return inARow(now);
    inARow = stopwatch(longestGap);
    return 0;
  };
}

/** Tells which of the jobs of the last reading are not there any more. */
export function disappearances(): (
  watched: readonly { readonly id: number }[],
  all?: readonly { readonly id: number }[],
) => number[] {
  let before: readonly number[] = [];
  return (watched, all = watched) => {
    const now = watched.map(({ id }) => id);
    // Most readings bring the same jobs in the same order.
    const same = now.length === before.length && now.every((id, index) => id === before[index]);
    if (same) return [];
    const there = new Set(all.map(({ id }) => id));
    const gone = before.filter((id) => !there.has(id));
    before = now;
    return gone;
  };
}

function names(jobs: readonly { readonly id: number }[]): string {
  const ids = jobs.slice(0, 5).map(({ id }) => id).join(", ");
  const rest = jobs.length > 5 ? ` and ${jobs.length - 5} more` : "";
  return `${jobs.length === 1 ? "job" : "jobs"} ${ids}${rest}`;
}

function areOrIs({ length }: readonly unknown[]): string {
  return length === 1 ? "is" : "are";
}
