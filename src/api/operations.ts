import * as z from "zod/mini";
import type { HttpAnswer } from "../http/attempt/attempt.ts";
import type { Effect } from "../http/retry.ts";
import type { Made } from "./failures/outcome.ts";
import { geometryCollectionSchema } from "../models/geojson/geojson.ts";
import { daySchema, healthSchema, publicStatisticsResponseSchema } from "../models/monitoring.ts";
import {
  type BaseJobRequest,
  baseJobRequestSchema,
  processingJobSchema,
  processingJobSummarySchema,
} from "../models/jobs.ts";
import { jobsFilterSchema, jobsStatusResponseSchema } from "../models/jobs_status.ts";
import { parameterSchema, paramRequestSchema } from "../models/parameters.ts";
import {
  type ParseOptions,
  readerOf,
  type Reading,
  requestReaderOf,
} from "../models/schema/model.ts";
import type { ServiceVersion } from "../models/schema/kinds.ts";
import { collectionSchema } from "../models/stac/stac.ts";
import { readTileRequest, tileRequestSchema } from "../models/tiles.ts";
import {
  upscalingTaskRequestSchema,
  upscalingTaskSchema,
  upscalingTaskSummarySchema,
} from "../models/upscaling.ts";
import {
  type AnswerReader,
  modelReader,
  saysJobNotFound,
  type SyncJobResult,
  syncReader,
} from "./answer.ts";
import { showHealth, showParameters, showResults, showStatistics, showTiles } from "./show.ts";

/** One operation of the service: all there is to know about it, in one place. */
export interface Operation<Body = unknown, Answer = unknown> {
  /** How the client's user calls it: `unitJobs.get`. */
  readonly name: string;
  /** What it does to what, as a message says after "Cannot". */
  readonly verb: string;
  /** The HTTP method. */
  readonly method: "GET" | "POST" | "DELETE";
  /** The path, with its parameter in braces. */
  readonly path: string;
  /** The path of the WebSocket that tells the same again and again, where there is one. */
  readonly stream?: string;
  /** What the parameter in the path identifies. */
  readonly target?: "job" | "task";
  /** Whether it needs a token. */
  readonly auth: boolean;
  /** What it does. */
  readonly effect: Effect;
  /** The status that the contract gives for success. */
  readonly success: 200 | 201;
  /** Further statuses that are an answer, not a failure. */
  readonly alsoSuccess?: readonly number[];
  /** What it makes, if it makes anything that costs. */
  readonly makes?: Made;
  /** Whether a 500 can mean "not ready", so that asking at once again is of no use. */
  readonly notReadyIs500?: boolean;
  /** What its answer takes the longer for the more of it there is, in a word: one that is late is not asked for again. */
  readonly growsWith?: string;
  /** The time limit of one attempt in milliseconds, where it is not the client's; `null` is none. */
  readonly timeout?: number | null;
  /**
   * The first version of the service that has it.
   *
   * @default the oldest one that is known
   */
  readonly since?: ServiceVersion;
  /** The query parameters, each with its schema; one that is an array is repeated for each of its items. */
  readonly query?: Readonly<Record<string, z.ZodMiniType>>;
  /** The schema of the request's body. */
  readonly request?: z.ZodMiniType<Body>;
  /** Checks a request's body by its schema. */
  readonly check?: (
    body: unknown,
    options?: ParseOptions & { readonly signal?: AbortSignal | undefined },
  ) => Reading<Body> | Promise<Reading<Body>>;
  /** The schema of the answer's body; none where the body is whatever a platform sends. */
  readonly response?: z.ZodMiniType<Answer>;
  /** Whether the contract leaves the answer's body open, and the schema is what the service sends. */
  readonly openResponse?: boolean;
  /** Reads an answer by its schema, and makes it show itself. */
  readonly readValue?: (value: unknown) => Reading<Answer>;
  /** Reads what is answered. */
  readonly reader: AnswerReader<Answer>;
  /** What an answer without a body stands for, where that is an answer. */
  readonly empty?: { readonly value: Answer };
  /** Whether a repeat was refused because an attempt before it had done everything. */
  readonly alreadyDone?: (answer: HttpAnswer) => boolean;
}

/** An operation as it is registered: what checks, reads and shows is made of its schemas and its view. */
interface Definition<Body, Answer> extends Omit<Operation<Body, Answer>, "readValue" | "reader"> {
  /** Reads what is answered, where there is no schema of it. */
  readonly reader?: AnswerReader<Answer>;
  /** Makes an answer show itself, where that needs no client: work can be watched, so clients show it. */
  readonly show?: (answer: Answer) => Answer;
}

/** The operations. The client, the sandbox and the contract check all read them from here. */
export const operations = {
  health: define({
    name: "health",
    verb: "ask how the service is",
    method: "GET",
    path: "/health",
    auth: false,
    effect: "read",
    success: 200,
    alsoSuccess: [503],
    response: healthSchema,
    show: showHealth,
    openResponse: true,
  }),
  createUnitJob: define({
    name: "unitJobs.create",
    verb: "create the unit job",
    method: "POST",
    path: "/unit_jobs",
    auth: true,
    effect: "create",
    makes: "job",
    success: 201,
    request: baseJobRequestSchema,
    response: processingJobSummarySchema,
  }),
  getUnitJob: define({
    name: "unitJobs.get",
    verb: "get unit job",
    method: "GET",
    path: "/unit_jobs/{job_id}",
    target: "job",
    auth: true,
    effect: "read",
    success: 200,
    response: processingJobSchema,
  }),
  getUnitJobResults: define({
    name: "unitJobs.results",
    verb: "get the results of unit job",
    method: "GET",
    path: "/unit_jobs/{job_id}/results",
    target: "job",
    auth: true,
    effect: "read",
    notReadyIs500: true,
    success: 200,
    response: z.nullable(collectionSchema),
    show: showResults,
  }),
  deleteUnitJob: define({
    name: "unitJobs.delete",
    verb: "delete unit job",
    method: "DELETE",
    path: "/unit_jobs/{job_id}",
    target: "job",
    auth: true,
    effect: "delete",
    success: 200,
    alsoSuccess: [204],
    response: z.null(),
    empty: { value: null },
    alreadyDone: saysJobNotFound,
    openResponse: true,
  }),
  createSyncJob: define<BaseJobRequest, SyncJobResult>({
    name: "unitJobs.createSync",
    verb: "run the synchronous job",
    method: "POST",
    path: "/sync_jobs",
    auth: true,
    effect: "create",
    makes: "result",
    success: 201,
    timeout: null,
    request: baseJobRequestSchema,
    reader: syncReader(false),
  }),
  getParameters: define({
    name: "unitJobs.parameters",
    verb: "get the parameters of",
    method: "POST",
    path: "/params",
    auth: true,
    effect: "compute",
    success: 200,
    request: paramRequestSchema,
    response: z.array(parameterSchema),
    show: showParameters,
  }),
  createUpscaleTask: define({
    name: "upscaleTasks.create",
    verb: "create the upscaling task",
    method: "POST",
    path: "/upscale_tasks",
    auth: true,
    effect: "create",
    makes: "task",
    success: 201,
    request: upscalingTaskRequestSchema,
    response: upscalingTaskSummarySchema,
  }),
  getUpscaleTask: define({
    name: "upscaleTasks.get",
    verb: "get upscaling task",
    method: "GET",
    path: "/upscale_tasks/{task_id}",
    stream: "/ws/upscale_tasks/{task_id}",
    target: "task",
    auth: true,
    effect: "read",
    growsWith: "jobs",
    success: 200,
    response: upscalingTaskSchema,
  }),
  getJobsStatus: define({
    name: "jobsStatus.get",
    verb: "list the jobs and tasks",
    method: "GET",
    path: "/jobs_status",
    stream: "/ws/jobs_status",
    auth: true,
    effect: "read",
    success: 200,
    query: { filter: z.array(jobsFilterSchema) },
    response: jobsStatusResponseSchema,
  }),
  splitTiles: define({
    name: "tiles.split",
    verb: "split the area into tiles",
    method: "POST",
    path: "/tiles",
    auth: false,
    effect: "compute",
    success: 201,
    request: tileRequestSchema,
    check: readTileRequest,
    response: geometryCollectionSchema,
    show: showTiles,
  }),
  getStatistics: define({
    name: "statistics",
    verb: "get the statistics",
    method: "GET",
    path: "/statistics",
    auth: false,
    effect: "read",
    since: "development",
    success: 200,
    query: { date_from: daySchema, date_to: daySchema },
    response: publicStatisticsResponseSchema,
    show: showStatistics,
  }),
};

function define<Body, Answer>(
  { show = (answer) => answer, reader, ...operation }: Definition<Body, Answer>,
): Operation<Body, Answer> {
  const { name, request, response } = operation;
  const check = request === undefined || operation.check !== undefined
    ? {}
    : { check: requestReaderOf(request) };
  if (response !== undefined) return { ...operation, ...check, ...reading(response, show) };
  if (reader === undefined) throw new TypeError(`The answer of ${name} cannot be read`);
  return { ...operation, ...check, reader };
}

function reading<Answer>(
  response: z.ZodMiniType<Answer>,
  show: (answer: Answer) => Answer,
): Required<Pick<Operation<unknown, Answer>, "readValue" | "reader">> {
  const read = readerOf(response);
  const readValue = (value: unknown): Reading<Answer> => {
    const found = read(value);
    return found.ok ? { ok: true, value: show(found.value) } : found;
  };
  return { readValue, reader: modelReader(readValue) };
}
