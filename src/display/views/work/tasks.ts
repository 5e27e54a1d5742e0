import { count } from "../../../core/units.ts";
import type { JobsStatusResponse } from "../../../models/jobs_status.ts";
import { checkOptions } from "../../../models/schema/options.ts";
import { shownTitle } from "../../../models/title_token.ts";
import type { UpscalingTaskSummary } from "../../../models/upscaling.ts";
import { type Displayable, displayable, withData } from "../../render/displayable.ts";
import { type Block, type Column, command, type Line, muted } from "../../render/document.ts";
import { statusBadge } from "../../render/value.ts";
import { jobsBlocks } from "./jobs.ts";
import { captionOf, moreOf, type RowOptions, rowRules, select } from "./select.ts";

/** How a table of upscaling tasks is made. */
export interface TaskTableOptions extends RowOptions<UpscalingTaskSummary> {
  /**
   * What to call the table.
   *
   * @default the number of tasks
   */
  readonly caption?: string | undefined;
  /**
   * Whether the list was made of another, so that an empty one does not mean that there are no tasks.
   *
   * @default {false}
   */
  readonly made?: boolean | undefined;
}

const TASK: Column = { title: "Task", max: 16, align: "right" };
const STATUS: Column = { title: "Status", max: 26 };
const TITLE: Column = { title: "Title", max: 80, yields: true };
const LABEL: Column = { title: "Label", max: 26, folds: 1 };

/**
 * A table of upscaling tasks, in the order of {@linkcode jobsTable}. A task's status can run ahead of
 * its jobs; {@linkcode taskCard} looks at them.
 *
 * @example
 * ```ts
 * import { taskTable } from "@apex-dispatch/client";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const tasks = [{ id: 7, title: "Latium", label: "openeo", status: "running" }];
 * assertStringIncludes(String(taskTable(tasks)), "   7  ◐ running  Latium  openeo");
 * ```
 */
export function taskTable(
  tasks: readonly UpscalingTaskSummary[],
  options: TaskTableOptions = {},
): Displayable {
  checkOptions<TaskTableOptions>("Cannot make the table of tasks", options, {
    ...rowRules(options),
    caption: "string",
    made: "boolean",
  });
  return withData(
    displayable(() => tasksBlocks(tasks, options)),
    () => select(tasks, { ...options, rows: Infinity, page: 1 }).shown,
  );
}

const NONE_YET: Line = [
  "No upscaling tasks yet: ",
  command("await upscaleArea(client, { aoi, grid, request })"),
  " makes one.",
];

/** The blocks of a table of tasks. */
export function tasksBlocks(
  tasks: readonly UpscalingTaskSummary[],
  options: TaskTableOptions = {},
): readonly Block[] {
  const { caption } = options;
  const selection = select(tasks, options);
  const { shown, total, counts } = selection;
  if (shown.length === 0) {
    const line: Line = total > 0
      ? `There are no more rows: ${total} tasks end on an earlier page`
      : tasks.length > 0
      ? `Nothing like that among ${count(tasks.length, "upscaling task")}`
      : caption === undefined
      ? options.made ? "No upscaling tasks" : NONE_YET
      : `${caption}: no upscaling tasks`;
    return [{ kind: "note", tone: "plain", lines: [line] }];
  }
  const labels = new Set(shown.map(({ label }) => label));
  const oneLabel = shown.length > 1 && labels.size === 1;
  const withStatus = shown.length === 1 || counts.size > 1;
  const more = moreOf(selection, "taskTable(tasks, { page: # })", options.rows);
  return [
    {
      kind: "table",
      caption: captionOf(selection, "upscaling task", caption),
      about: oneLabel ? [`Alike: ${[...labels].join("")}`] : [],
      columns: [TASK, ...(withStatus ? [STATUS] : []), TITLE, ...(oneLabel ? [] : [LABEL])],
      rows: shown.map(({ id, status, title, label }) => [
        String(id),
        ...(withStatus ? [statusBadge(status)] : []),
        shownTitle(title),
        ...(oneLabel ? [] : [muted(label)]),
      ]),
    },
    ...(more === undefined ? [] : [{ kind: "note", tone: "plain", lines: [more] } as const]),
  ];
}

/** How the tables of all one's work are made. */
export interface JobsStatusTableOptions {
  /**
   * The most rows to show of each kind.
   *
   * @default 20
   */
  readonly rows?: number | undefined;
}

/**
 * All of one's work: a table of the upscaling tasks and one of the jobs outside them, each with its
 * counts by status.
 *
 * @example
 * ```ts
 * import { jobsStatusTable } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const table = jobsStatusTable({ upscaling_tasks: [], processing_jobs: [] });
 * assertEquals(String(table).split("\n")[0], "No jobs and no upscaling tasks yet.");
 * ```
 */
export function jobsStatusTable(
  work: JobsStatusResponse,
  options: JobsStatusTableOptions = {},
): Displayable {
  return displayable(() => jobsStatusBlocks(work, options));
}

/**
 * The blocks of all one's work. A part that was not asked for is as empty as one that has nothing, so
 * an empty part is left out.
 */
export function jobsStatusBlocks(
  { upscaling_tasks: tasks, processing_jobs: jobs }: JobsStatusResponse,
  options: JobsStatusTableOptions = {},
): readonly Block[] {
  if (tasks.length + jobs.length === 0) {
    return [{
      kind: "note",
      tone: "plain",
      lines: [
        "No jobs and no upscaling tasks yet.",
        [command("await client.unitJobs.create(request)"), " makes a job, "],
        [
          command("await upscaleArea(client, { aoi, grid, request })"),
          " one for each tile of an area.",
        ],
      ],
    }];
  }
  return [
    ...(tasks.length > 0 ? tasksBlocks(tasks, options) : []),
    ...(jobs.length > 0 ? jobsBlocks(jobs, options) : []),
  ];
}
