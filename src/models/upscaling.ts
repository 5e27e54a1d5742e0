import * as z from "zod/mini";
import {
  type BaseJobRequest,
  countCharacters,
  hasEnded,
  jobRequestShape,
  MAX_TITLE_LENGTH,
  openProcessingStatusSchema,
  type ProcessingJobSummary,
  processingJobSummarySchema,
  type ProcessingStatusEnum,
  type WrittenJobRequest,
} from "./jobs.ts";
import { defineModel, defineRequest, type Model, type Open } from "./schema/model.ts";
import {
  checkApplication,
  notBlank,
  openProcessTypeSchema,
  type ProcessTypeEnum,
  type ServiceDetails,
  serviceDetailsSchema,
} from "./service.ts";
import { timestampSchema } from "./schema/kinds.ts";

/** The parameter that takes another value in each job of a task. */
export interface ParameterDimension {
  /** The parameter's name. */
  readonly name: string;
  /** Its values, at least one: a job is made for each. */
  readonly values: readonly unknown[];
}

/**
 * A task to be created: the same job once for each value of one parameter.
 *
 * @example
 * ```ts
 * import { UpscalingTaskRequest } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const request: UpscalingTaskRequest = {
 *   title: "Vegetation index of Latium",
 *   label: "openeo",
 *   service: {
 *     endpoint: "https://openeo.example.test",
 *     application: "https://catalogue.example.test/vegetation_index.json",
 *   },
 *   parameters: { resolution: 10 },
 *   format: "gtiff",
 *   dimension: {
 *     name: "spatial_extent",
 *     values: [
 *       { west: 12, south: 41, east: 12.5, north: 42 },
 *       { west: 12.5, south: 41, east: 13, north: 42 },
 *     ],
 *   },
 * };
 * assertEquals(UpscalingTaskRequest.parse(request), request);
 * ```
 */
export interface UpscalingTaskRequest extends BaseJobRequest {
  /** The parameter to make a job for each value of. */
  readonly dimension: ParameterDimension;
}

/** An {@linkcode UpscalingTaskRequest} as somebody may have written it, see {@linkcode WrittenJobRequest}. */
export interface WrittenTaskRequest<Label extends string, Format extends string>
  extends WrittenJobRequest<Label, Format> {
  /** The parameter to make a job for each value of. */
  readonly dimension: ParameterDimension;
}

/** What the service tells of a task in lists and when it was created. */
export interface UpscalingTaskSummary {
  /** The task's number. */
  readonly id: number;
  /** What the task is called. */
  readonly title: string;
  /** The kind of the service. */
  readonly label: Open<ProcessTypeEnum>;
  /**
   * How far the task is, as the service derives it from the jobs it has made so far. It can say
   * `finished` while later jobs are still to be made: look at the jobs.
   */
  readonly status: Open<ProcessingStatusEnum>;
}

/** All that the service tells of one task. */
export interface UpscalingTask extends UpscalingTaskSummary {
  /** The service that runs. */
  readonly service: ServiceDetails;
  /** When the task was created. */
  readonly created: Date;
  /** When the service last learned something of it. */
  readonly updated: Date;
  /** The jobs made so far; they are made one by one after the task. */
  readonly jobs: readonly ProcessingJobSummary[];
}

/** How many jobs of a task have not ended yet. */
export function openJobs({ jobs }: Pick<UpscalingTask, "jobs">): number {
  return jobs.filter(({ status }) => !hasEnded(status)).length;
}

/**
 * Whether a task is over, by its jobs: its own status can say `finished` while jobs are still being made, and `created`
 * for ever. All of its jobs have ended, and as many have existed as were asked for.
 *
 * @param made how many jobs there have been; a job that was deleted leaves its task.
 */
export function taskHasEnded(
  task: Pick<UpscalingTask, "jobs">,
  expectedJobs: number,
  made: number = task.jobs.length,
): boolean {
  return made >= Math.max(expectedJobs, 1) && openJobs(task) === 0;
}

/** Whether every job of a task failed, which points to what they have in common: the account, or the parameters. */
export function everyJobFailed({ jobs }: Pick<UpscalingTask, "jobs">): boolean {
  return jobs.length > 0 && jobs.every(({ status }) => status === "failed");
}

/** The schema of {@linkcode ParameterDimension}. */
export const parameterDimensionSchema = z.lazy(() =>
  z.object({
    name: z.string().check(notBlank("the name of a parameter")),
    values: z.array(z.unknown()).check(z.minLength(1)),
  })
);

/** The schema of {@linkcode UpscalingTaskRequest}. */
export const upscalingTaskRequestSchema = z.lazy(() =>
  z.object({
    ...jobRequestShape(),
    dimension: parameterDimensionSchema,
  }).check(checkApplication).check((context) => {
    const { title, dimension } = context.value;
    const suffix = ` - Processing Job ${dimension.values.length}`;
    const length = countCharacters(title) + suffix.length;
    if (length <= MAX_TITLE_LENGTH) return;
    context.issues.push({
      code: "custom",
      path: ["title"],
      input: title,
      message: `expected at most ${
        MAX_TITLE_LENGTH - suffix.length
      } characters, because each job is called "{title}${suffix}" and a longer one never appears, got ${
        countCharacters(title)
      }`,
    });
  })
);

const summaryShape = () => ({
  id: z.int("expected an integer"),
  title: z.string(),
  label: openProcessTypeSchema,
  status: openProcessingStatusSchema,
});

/** The schema of {@linkcode UpscalingTaskSummary}. */
export const upscalingTaskSummarySchema = z.lazy(() => z.object(summaryShape()));

/** The schema of {@linkcode UpscalingTask}. */
export const upscalingTaskSchema = z.lazy(() =>
  z.object({
    ...summaryShape(),
    service: serviceDetailsSchema,
    created: timestampSchema,
    updated: timestampSchema,
    jobs: z.array(processingJobSummarySchema),
  })
);

/** Checks a {@linkcode ParameterDimension}. */
export const ParameterDimension: Model<ParameterDimension> = defineRequest(
  "ParameterDimension",
  parameterDimensionSchema,
);
/** Checks an {@linkcode UpscalingTaskRequest}, as `upscaleTasks.create` does before it sends anything. */
export const UpscalingTaskRequest: Model<UpscalingTaskRequest> = defineRequest(
  "UpscalingTaskRequest",
  upscalingTaskRequestSchema,
);
/** Reads an {@linkcode UpscalingTaskSummary} from unknown data. */
export const UpscalingTaskSummary: Model<UpscalingTaskSummary> = defineModel(
  "UpscalingTaskSummary",
  upscalingTaskSummarySchema,
);
/** Reads an {@linkcode UpscalingTask} from unknown data. */
export const UpscalingTask: Model<UpscalingTask> = defineModel(
  "UpscalingTask",
  upscalingTaskSchema,
);
