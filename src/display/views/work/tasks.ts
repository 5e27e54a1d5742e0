import { shownTitle } from "../../../models/titles/title_token.ts";
import type { UpscalingTaskSummary } from "../../../models/upscaling.ts";
import { type Displayable, displayable, withData } from "../../render/displayable.ts";
import { type Block, type Column, command, type Line, muted } from "../../render/document.ts";
import { checkOptions } from "../../../models/schema/options.ts";
import { count } from "../../../core/units.ts";
import { captionOf, moreOf, type RowOptions, rowRules, select } from "./select.ts";
import { statusBadge } from "../../render/status.ts";

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
