import * as z from "zod/mini";
import { type ProcessingJobSummary, processingJobSummarySchema } from "./jobs.ts";
import {
  defineEnum,
  defineModel,
  type EnumOf,
  type Model,
  type WordOf,
  wordsOf,
} from "./schema/model.ts";
import { type UpscalingTaskSummary, upscalingTaskSummarySchema } from "./upscaling.ts";

/** Which part of one's work to list. */
export type JobsFilter = WordOf<typeof JobsFilter>;

/**
 * Which part of one's work to list.
 *
 * @example
 * ```ts
 * import { JobsFilter } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(JobsFilter.PROCESSING, "processing");
 * ```
 */
export const JobsFilter: EnumOf<{
  /** Upscaling tasks. */
  readonly UPSCALING: "upscaling";
  /** Jobs of one's own; those of tasks are not among them. */
  readonly PROCESSING: "processing";
}> = defineEnum("JobsFilter", { UPSCALING: "upscaling", PROCESSING: "processing" });

/** The schema of {@linkcode JobsFilter}. */
export const jobsFilterSchema = z.lazy(() => wordsOf(JobsFilter));

/**
 * All of one's work: tasks and jobs.
 *
 * @example
 * ```ts
 * import { JobsStatusResponse } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const work = JobsStatusResponse.parse({ upscaling_tasks: [], processing_jobs: [] });
 * assertEquals(work.processing_jobs.length, 0);
 * ```
 */
export interface JobsStatusResponse {
  /** The tasks; empty if they were not asked for. */
  readonly upscaling_tasks: readonly UpscalingTaskSummary[];
  /** The jobs that belong to no task; empty if they were not asked for. */
  readonly processing_jobs: readonly ProcessingJobSummary[];
}

/** The schema of {@linkcode JobsStatusResponse}. */
export const jobsStatusResponseSchema = z.lazy(() =>
  z.object({
    upscaling_tasks: z.array(upscalingTaskSummarySchema),
    processing_jobs: z.array(processingJobSummarySchema),
  })
);

/** Reads a {@linkcode JobsStatusResponse} from unknown data. */
export const JobsStatusResponse: Model<JobsStatusResponse> = defineModel(
  "JobsStatusResponse",
  jobsStatusResponseSchema,
);
