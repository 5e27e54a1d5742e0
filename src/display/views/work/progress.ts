import {
  everyJobFailed,
  openJobs,
  taskHasEnded,
  type UpscalingTask,
} from "../../../models/upscaling.ts";
import { countsOf } from "../../../map/status.ts";
import { countStatuses } from "./select.ts";
import { hasEnded } from "../../../models/jobs.ts";
import { count } from "../../../core/units.ts";

/** How far a task is, from its jobs: its own status can say otherwise. */
export interface Progress {
  /** Whether all its jobs have ended and as many exist as were asked for, as far as that is known. */
  readonly done: boolean;
  /** In words: `12 of 40 tiles finished · 3 running · 1 failed`. */
  readonly summary: string;
  /** Where the task's own status does not tell the whole story. */
  readonly remarks: readonly string[];
}

/**
 * How far a task is. The service gives no percentage and derives the task's status from the jobs that
 * exist at the moment, so the jobs are counted here.
 *
 * @param expected how many jobs were asked for, if that is known.
 */
export function progressOf(task: UpscalingTask, expected?: number): Progress {
  const { jobs, status } = task;
  const counts = countStatuses(jobs);
  const total = Math.max(expected ?? 0, jobs.length);
  const finished = counts.get("finished") ?? 0;
  const failed = counts.get("failed") ?? 0;
  const open = openJobs(task);
  const missing = total - jobs.length;
  const rest = new Map([...counts].filter(([word]) => word !== "finished"));

  const facts = [`${finished} of ${count(total, "tile")} finished`, ...countsOf(rest)];
  if (missing > 0) facts.push(`${missing} not made yet`);

  const remarks: string[] = [];
  if (jobs.length === 0) {
    remarks.push("The service makes the jobs one by one after the task; there are none yet.");
  } else if (hasEnded(status)) {
    if (open > 0) {
      remarks.push(
        `The service calls the task ${status}, but ${open} of its jobs ${
          open === 1 ? "has" : "have"
        } not ended.`,
      );
    }
    if (missing > 0) {
      remarks.push(
        `The service calls the task ${status}, but only ${jobs.length} of ${total} jobs exist. The rest may still be being made; if the token expired meanwhile, they never appear.`,
      );
    }
    if (status === "finished" && failed > 0) {
      remarks.push(`"finished" includes ${count(failed, "failed job")}.`);
    }
  } else if (open === 0 && missing === 0 && expected !== undefined) {
    remarks.push(
      `All jobs have ended. The service keeps the task ${status} for good when some were canceled.`,
    );
  } else if (open === 0 && missing === 0) {
    remarks.push(
      `All jobs made so far have ended. The task stays ${status} while more are to be made, and for good when some were canceled.`,
    );
  }
  if (everyJobFailed(task)) {
    remarks.push(
      "Every job failed; the service gives no reason. Look first whether your account is linked to the platform, and at the parameters.",
    );
  }
  return {
    done: taskHasEnded(task, total),
    summary: facts.join(" · "),
    remarks,
  };
}
