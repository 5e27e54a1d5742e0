import type { UpscalingTaskSummary } from "../../../models/upscaling.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import { type Block, type Column, MAX_ROWS, muted } from "../../render/document.ts";
import { captionOf, select } from "./select.ts";
import { statusBadge } from "../../render/status.ts";

/** How a table of upscaling tasks is made. */
export interface TaskTableOptions {
  /**
   * The most rows to show.
   *
   * @default 20
   */
  readonly rows?: number | undefined;
  /**
   * What to call the table.
   *
   * @default the number of tasks
   */
  readonly caption?: string | undefined;
}

const COLUMNS: readonly Column[] = [
  { title: "Task", max: 16 },
  { title: "Status", max: 26 },
  { title: "Title", max: 80, yields: true },
  { title: "Kind", max: 26 },
];

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
 * assertStringIncludes(String(taskTable(tasks)), "7     ◐ running  Latium  openeo");
 * ```
 */
export function taskTable(
  tasks: readonly UpscalingTaskSummary[],
  options: TaskTableOptions = {},
): Displayable {
  return displayable(() => [tasksBlock(tasks, options)]);
}

/** The block of a table of tasks. */
export function tasksBlock(
  tasks: readonly UpscalingTaskSummary[],
  { rows = MAX_ROWS, caption }: TaskTableOptions = {},
): Block {
  if (tasks.length === 0) {
    return {
      kind: "note",
      tone: "plain",
      lines: [caption === undefined ? "No upscaling tasks" : `${caption}: no upscaling tasks`],
    };
  }
  const selection = select(tasks, rows);
  return {
    kind: "table",
    caption: captionOf(selection, "upscaling task", caption),
    columns: COLUMNS,
    rows: selection.shown.map(({ id, status, title, label }) => [
      String(id),
      statusBadge(status),
      title,
      muted(label),
    ]),
  };
}
