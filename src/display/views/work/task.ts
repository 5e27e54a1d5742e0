import { count } from "../../../core/units.ts";
import { countsOf } from "../../../map/status.ts";
import { hasEnded } from "../../../models/jobs.ts";
import { shownTitle } from "../../../models/title_token.ts";
import {
  everyJobFailed,
  openJobs,
  taskHasEnded,
  type UpscalingTask,
  type UpscalingTaskSummary,
} from "../../../models/upscaling.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import { type Block, command, muted, strong } from "../../render/document.ts";
import { statusBadge } from "../../render/value.ts";
import { platformLine, serviceLine, timeFields } from "./job.ts";
import { taskJobsBlocks } from "./jobs.ts";
import { countStatuses } from "./select.ts";

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

/** How a card of an upscaling task is made. */
export interface TaskCardOptions {
  /**
   * How many jobs were asked for: the number of values of the dimension. The service does not tell.
   *
   * @default as many as there are
   */
  readonly expected?: number | undefined;
  /**
   * The most jobs to show.
   *
   * @default 20
   */
  readonly rows?: number | undefined;
}

/**
 * A card of an upscaling task, with its jobs where they are known. It counts the jobs itself, because the task's own status
 * can say `finished` while jobs are still to be made, or with failed ones among them.
 *
 * @example
 * ```ts
 * import { taskCard, UpscalingTask } from "@apex-dispatch/client";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const service = { endpoint: "https://openeo.example.test", application: "ndvi" };
 * const job = { title: "Latium", label: "openeo", service, parameters: {} };
 * const task = UpscalingTask.parse({
 *   id: 7,
 *   title: "Latium",
 *   label: "openeo",
 *   status: "finished",
 *   service,
 *   created: "2026-11-23T15:38:21",
 *   updated: "2026-11-23T15:38:24",
 *   jobs: [{ ...job, id: 8, status: "finished" }, { ...job, id: 9, status: "failed" }],
 * });
 * const text = String(taskCard(task, { expected: 3 }));
 * assertStringIncludes(text, "1 of 3 tiles finished · 1 failed · 1 not made yet");
 * assertStringIncludes(text, "only 2 of 3 jobs exist");
 * ```
 */
export function taskCard(
  task: UpscalingTask | UpscalingTaskSummary,
  options: TaskCardOptions = {},
): Displayable {
  return displayable(() => taskBlocks(task, options));
}

/** The blocks of a card of an upscaling task. */
export function taskBlocks(
  task: UpscalingTask | UpscalingTaskSummary,
  { expected, rows }: TaskCardOptions = {},
): readonly Block[] {
  const caption = [
    strong(`Upscaling task ${task.id}`),
    "  ",
    statusBadge(task.status),
    "  ",
    shownTitle(task.title),
  ];
  if (!("jobs" in task)) {
    const asked = expected === undefined ? [] : [
      { label: "Jobs", lines: [`${expected} asked for; they are made one by one`] },
    ];
    const next = [command(`await client.upscaleTasks.get(${idText(task)})`), " has its jobs"];
    return [{
      kind: "fields",
      caption,
      fields: [
        { label: "Label", lines: [task.label] },
        ...asked,
        { label: "Next", lines: [next] },
      ],
    }];
  }
  const { summary, remarks } = progressOf(task, expected);
  return [
    {
      kind: "fields",
      caption,
      fields: [
        {
          label: "Progress",
          lines: [
            expected === undefined ? [summary, muted(" (of the jobs made so far)")] : summary,
          ],
        },
        { label: "Service", lines: [serviceLine(task.service)] },
        { label: "Platform", lines: [platformLine(task.service, task.label)] },
        ...timeFields(task),
      ],
    },
    ...(remarks.length > 0 ? [{ kind: "note", tone: "warning", lines: remarks } as const] : []),
    ...(task.jobs.length > 0 ? taskJobsBlocks(task, rows) : []),
  ];
}

function idText({ id }: UpscalingTaskSummary): string {
  return Number.isSafeInteger(id) ? String(id) : "task";
}
