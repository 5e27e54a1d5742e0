import type { ProcessingJob, ProcessingJobSummary } from "../../../models/jobs.ts";
import type { JobsStatusResponse } from "../../../models/jobs_status.ts";
import type { UpscalingTask } from "../../../models/upscaling.ts";

/** Work that can be followed. */
export type Work = ProcessingJob | UpscalingTask | JobsStatusResponse;

/** A piece of followed work that has a status of its own: a job, or a task in the list of all work. */
export interface Part {
  readonly kind: "job" | "task";
  /** Its number. */
  readonly id: number;
  /** How far it is. */
  readonly status: string;
  /** What it is called. */
  readonly title: string;
  /** The job itself; none of a task in a list. */
  readonly job?: Pick<ProcessingJobSummary, "parameters">;
}

/** The pieces that followed work is made of: the jobs of a task, tasks and jobs of a list, a job itself. */
export function partsOf(work: Work): readonly Part[] {
  if ("processing_jobs" in work) {
    return [
      ...work.upscaling_tasks.map(({ id, status, title }): Part => ({
        kind: "task",
        id,
        status,
        title,
      })),
      ...work.processing_jobs.map(partOf),
    ];
  }
  return "jobs" in work ? work.jobs.map(partOf) : [partOf(work)];
}

function partOf(job: ProcessingJobSummary): Part {
  const { id, status, title } = job;
  return { kind: "job", id, status, title, job };
}

/** How many pieces of each status there are. */
export function countStatuses(parts: readonly Part[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { status } of parts) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}
