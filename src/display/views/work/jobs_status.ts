import type { JobsStatusResponse } from "../../../models/jobs_status.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import { type Block, command } from "../../render/document.ts";
import { jobsBlocks } from "./jobs.ts";
import { tasksBlocks } from "./tasks.ts";

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
