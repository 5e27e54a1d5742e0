import * as z from "zod/mini";
import {
  defineEnum,
  defineModel,
  defineRequest,
  type EnumOf,
  type Model,
  type Open,
  openWordsOf,
  type WordOf,
  wordsOf,
  type Written,
} from "./schema/model.ts";
import {
  checkApplication,
  notBlank,
  openProcessTypeSchema,
  type ProcessTypeEnum,
  processTypeSchema,
  type ServiceDetails,
  serviceDetailsRequestSchema,
  serviceDetailsSchema,
} from "./service.ts";
import { timestampSchema } from "./schema/kinds.ts";

/** The format that results are wanted in. */
export type OutputFormatEnum = WordOf<typeof OutputFormatEnum>;

/**
 * The format that results are wanted in.
 *
 * @example
 * ```ts
 * import { OutputFormatEnum } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(OutputFormatEnum.GTIFF, "gtiff");
 * ```
 */
export const OutputFormatEnum: EnumOf<{
  /** GeoJSON (RFC 7946). */
  readonly GEOJSON: "geojson";
  /** GeoTIFF. */
  readonly GTIFF: "gtiff";
  /** netCDF. */
  readonly NETCDF: "netcdf";
  /** JSON. */
  readonly JSON: "json";
}> = defineEnum("OutputFormatEnum", {
  GEOJSON: "geojson",
  GTIFF: "gtiff",
  NETCDF: "netcdf",
  JSON: "json",
});

/** The schema of {@linkcode OutputFormatEnum}. */
export const outputFormatSchema = z.lazy(() => wordsOf(OutputFormatEnum));

/** How far a job or a task is. */
export type ProcessingStatusEnum = WordOf<typeof ProcessingStatusEnum>;

/**
 * How far a job or a task is. Only `finished`, `failed` and `canceled` are ends; `unknown` says that
 * the platform could not be asked.
 *
 * @example
 * ```ts
 * import { ProcessingStatusEnum } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(ProcessingStatusEnum.parse("finished"), ProcessingStatusEnum.FINISHED);
 * ```
 */
export const ProcessingStatusEnum: EnumOf<{
  /** Known to the service, not yet taken up by the platform. */
  readonly CREATED: "created";
  /** Waiting at the platform. */
  readonly QUEUED: "queued";
  /** Being worked on. */
  readonly RUNNING: "running";
  /** Done; results can be fetched. */
  readonly FINISHED: "finished";
  /** Stopped at the platform. */
  readonly CANCELED: "canceled";
  /** Ended without results. */
  readonly FAILED: "failed";
  /** The platform could not be asked; the job may well be running. */
  readonly UNKNOWN: "unknown";
}> = defineEnum("ProcessingStatusEnum", {
  CREATED: "created",
  QUEUED: "queued",
  RUNNING: "running",
  FINISHED: "finished",
  CANCELED: "canceled",
  FAILED: "failed",
  UNKNOWN: "unknown",
});

/** The schema of {@linkcode ProcessingStatusEnum} in an answer. */
export const openProcessingStatusSchema = z.lazy(() => openWordsOf(ProcessingStatusEnum));

const ENDS: ReadonlySet<string> = new Set(["finished", "failed", "canceled"]);

/** Whether work with this status has come to its end; `unknown` has not: the platform could not be asked. */
export function hasEnded(status: string): boolean {
  return ENDS.has(status);
}

/** The most characters that a job's title can have: what the service can store. */
export const MAX_TITLE_LENGTH = 255;

/**
 * A job to be created.
 *
 * @example
 * ```ts
 * import { BaseJobRequest } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const request: BaseJobRequest = {
 *   title: "Vegetation index",
 *   label: "ogc_api_process",
 *   service: {
 *     endpoint: "https://processes.example.test",
 *     namespace: "apex",
 *     application: "/processes/vegetation-index",
 *   },
 *   parameters: { bbox: [12, 41, 13, 42], resolution: 10, bands: ["B04", "B08"] },
 *   format: "geojson",
 * };
 * assertEquals(BaseJobRequest.parse(request), request);
 * ```
 */
export interface BaseJobRequest {
  /** What to call the job; 1 to 255 characters. */
  readonly title: string;
  /** The kind of the service. */
  readonly label: ProcessTypeEnum;
  /** The service to run. */
  readonly service: ServiceDetails;
  /**
   * The service's own parameters, any JSON object, passed on unchanged; `unitJobs.parameters()` tells
   * which there are.
   */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The format that results are wanted in. */
  readonly format: OutputFormatEnum;
}

/**
 * A {@linkcode BaseJobRequest} as somebody may have written it: in a plain `const` object TypeScript takes its words for
 * any text, so they are looked at when the request is checked. Words that are written in place are looked at now.
 */
export interface WrittenJobRequest<Label extends string, Format extends string>
  extends Omit<BaseJobRequest, "label" | "format"> {
  /** The kind of the service. */
  readonly label: Written<Label, ProcessTypeEnum>;
  /** The format that results are wanted in. */
  readonly format: Written<Format, OutputFormatEnum>;
}

/** What the service tells of a job in lists and when it was created. */
export interface ProcessingJobSummary {
  /** The job's number. */
  readonly id: number;
  /** What the job is called. */
  readonly title: string;
  /** The kind of the service. */
  readonly label: Open<ProcessTypeEnum>;
  /** How far the job is. */
  readonly status: Open<ProcessingStatusEnum>;
  /** The service that runs. */
  readonly service: ServiceDetails;
  /** The parameters it was given. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** All that the service tells of one job. */
export interface ProcessingJob extends ProcessingJobSummary {
  /** When the job was created. */
  readonly created: Date;
  /** When the service last learned something of it; it can lie a second ahead of the service's clock. */
  readonly updated: Date;
}

const titleSchema = z.lazy(() =>
  z.string().check(
    notBlank("a title"),
    z.refine(
      (title: string) =>
        title.length <= MAX_TITLE_LENGTH || countCharacters(title) <= MAX_TITLE_LENGTH,
      {
        error: ({ input }) =>
          `expected at most ${MAX_TITLE_LENGTH} characters, got ${
            typeof input === "string" ? countCharacters(input) : "more"
          }`,
      },
    ),
  )
);

/** The fields that every job request has. */
export const jobRequestShape = () => ({
  title: titleSchema,
  label: processTypeSchema,
  service: serviceDetailsRequestSchema,
  parameters: z.record(z.string(), z.unknown()),
  format: outputFormatSchema,
});

/** The schema of {@linkcode BaseJobRequest}. */
export const baseJobRequestSchema = z.lazy(() =>
  z.object(jobRequestShape()).check(checkApplication)
);

const summaryShape = () => ({
  id: z.int("expected an integer"),
  title: z.string(),
  label: openProcessTypeSchema,
  status: openProcessingStatusSchema,
  service: serviceDetailsSchema,
  parameters: z.record(z.string(), z.unknown()),
});

/** The schema of {@linkcode ProcessingJobSummary}. */
export const processingJobSummarySchema = z.lazy(() => z.object(summaryShape()));

/** The schema of {@linkcode ProcessingJob}. */
export const processingJobSchema = z.lazy(() =>
  z.object({
    ...summaryShape(),
    created: timestampSchema,
    updated: timestampSchema,
  })
);

/** Checks a {@linkcode BaseJobRequest}, as `unitJobs.create` does before it sends anything. */
export const BaseJobRequest: Model<BaseJobRequest> = defineRequest(
  "BaseJobRequest",
  baseJobRequestSchema,
);

/** Reads a {@linkcode ProcessingJobSummary} from unknown data. */
export const ProcessingJobSummary: Model<ProcessingJobSummary> = defineModel(
  "ProcessingJobSummary",
  processingJobSummarySchema,
);

/** Reads a {@linkcode ProcessingJob} from unknown data. */
export const ProcessingJob: Model<ProcessingJob> = defineModel(
  "ProcessingJob",
  processingJobSchema,
);

/** How many characters the service's database counts in a text: code points, not UTF-16 units. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
