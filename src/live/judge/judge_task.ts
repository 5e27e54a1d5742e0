import { count, formatDuration } from "../../core/units.ts";
import { hasEnded } from "../../models/jobs.ts";
import { taskHasEnded, type UpscalingTask } from "../../models/upscaling.ts";
import {
  deleted,
  disappearances,
  hasNotBegun,
  type Judge,
  type JudgeOptions,
  LOOK_THERE,
  stayUnknown,
  unknownInARow,
  verdict,
} from "./judge.ts";
import { stopwatch } from "../options.ts";

/** How many readings must agree before a task of unknown size counts as complete. */
const STABLE_READINGS = 3;

/** How long the next job of a task may take before it is worth a word, in milliseconds. */
const SLOW_AFTER = 30_000;

/** How long it may take before the missing ones are given up, in milliseconds. */
const MISSING_AFTER = 120_000;

/**
 * A judge of a task. Its own status is not asked: it can say `finished` while jobs are still being made, and
 * `created` for ever. It is done when every job has ended and as many have existed as were asked for; where that
 * number is not known, when several readings agree. When the rest never appears, or the platform cannot say for too
 * long how the last ones are, it is done with what there is.
 */
export function judgeTask(options: JudgeOptions): Judge<UpscalingTask> {
  const { expectedJobs, longestGap, maxUnknown, alarmAfter } = options;
  const unknownFor = unknownInARow(options);
  // A job that was deleted leaves its task: what counts is which ones there have been.
  const seen = new Set<number>();
  const goneSince = disappearances();
  const stillFor = stillness();
  let sinceLastJob = stopwatch(longestGap);
  let readings = 0;
  return (task, now) => {
    const before = seen.size;
    for (const { id } of task.jobs) seen.add(id);
    if (seen.size > before) {
      sinceLastJob = stopwatch(longestGap);
      readings = 0;
    }
    const sinceJob = sinceLastJob(now);
    readings++;
    const open = task.jobs.filter(({ status }) => !hasEnded(status));
    const unknown = open.filter(({ status }) => status === "unknown");
    const onlyUnknown = open.length > 0 && open.length === unknown.length;
    const givenUp = unknownFor(onlyUnknown, now) >= maxUnknown && onlyUnknown;

    const missing = expectedJobs === undefined ? 0 : Math.max(0, expectedJobs - seen.size);
    const known = givenUp ? task.jobs.filter(({ status }) => status !== "unknown") : task.jobs;
    const ended = taskHasEnded({ jobs: known }, expectedJobs ?? 1, seen.size);
    const agreed = expectedJobs !== undefined ||
      (readings >= STABLE_READINGS && sinceJob >= SLOW_AFTER);
    const nothingOpen = open.length === 0 || givenUp;
    const done = (ended && agreed) || (nothingOpen && sinceJob >= MISSING_AFTER);
    const still = stillFor(task, now) > alarmAfter && open.length > 0 && open.every(hasNotBegun);
    return verdict({ done, expectedJobs }, [
      unknown.length === 0
        ? ""
        : done
        ? stayUnknown(unknown, maxUnknown)
        : `the platform cannot say how ${count(unknown.length, "job")} of the task ${
          unknown.length === 1 ? "is" : "are"
        }`,
      missing === 0 || sinceJob < SLOW_AFTER ? "" : missingJobs(missing, expectedJobs, done),
      done && seen.size === 0 && missing === 0 ? `no jobs have appeared${WHY_MISSING}` : "",
      deleted(goneSince(open, task.jobs)),
      still
        ? `no job of the task has begun for more than ${formatDuration(alarmAfter)}: ${LOOK_THERE}`
        : "",
    ]);
  };
}

const WHY_MISSING =
  " and will not any more: the token expired or the service restarted before they were made, " +
  "or they were deleted";

/** That jobs have not appeared; at the end also why that happens and what to do. */
function missingJobs(missing: number, of: number | undefined, done: boolean): string {
  const asked = `${count(missing, "job")} of ${of} ${missing === 1 ? "has" : "have"} not appeared`;
  if (!done) return asked;
  // The platform's job is made first and its record after it: the one that was being made may be there.
  const unseen = missing === 1
    ? "it may run on the platform unseen: look there first, then make it anew"
    : "at most one of them may run on the platform unseen: look there first, then make a task of the others";
  return `${asked}${WHY_MISSING}; ${unseen}`;
}

/** Tells for how long no job of a task has changed its status; at first, since the task was created. */
function stillness(): (task: UpscalingTask, now: number) => number {
  let statuses: string | undefined;
  let since = 0;
  return (task, now) => {
    const latest = task.jobs.map(({ status }) => status).join();
    if (latest !== statuses) since = statuses === undefined ? task.created.getTime() : now;
    statuses = latest;
    return now - since;
  };
}
