import type { JobsStatusResponse } from "../../../models/jobs_status.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import type { Block } from "../../render/document.ts";
import { jobsBlock } from "./jobs.ts";
import { tasksBlock } from "./tasks.ts";

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
 * assertEquals(String(table), "No jobs and no upscaling tasks");
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
    return [{ kind: "note", tone: "plain", lines: ["No jobs and no upscaling tasks"] }];
  }
  return [
    ...(tasks.length > 0 ? [tasksBlock(tasks, options)] : []),
    ...(jobs.length > 0 ? [jobsBlock(jobs, options)] : []),
  ];
}
