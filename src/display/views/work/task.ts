import { shownTitle } from "../../../models/titles/title_token.ts";
import type { UpscalingTask, UpscalingTaskSummary } from "../../../models/upscaling.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import { type Block, command, muted, strong } from "../../render/document.ts";
import { timeFields } from "./job.ts";
import { taskJobsBlocks } from "./jobs.ts";
import { progressOf } from "./progress.ts";
import { platformLine, serviceLine } from "./service.ts";
import { statusBadge } from "../../render/status.ts";

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
