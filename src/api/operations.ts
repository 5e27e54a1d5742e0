import * as z from "zod/mini";
import type { Effect } from "../http/retry.ts";
import { geometryCollectionSchema } from "../models/geojson.ts";
import { healthSchema } from "../models/health.ts";
import {
  baseJobRequestSchema,
  processingJobSchema,
  processingJobSummarySchema,
} from "../models/jobs.ts";
import { jobsFilterSchema, jobsStatusResponseSchema } from "../models/jobs_status.ts";
import { type Reading, requestReaderOf } from "../models/schema/model.ts";
import { parameterSchema, paramRequestSchema } from "../models/parameters.ts";
import { collectionSchema } from "../models/stac.ts";
import { tileRequestSchema } from "../models/tiles.ts";
import {
  upscalingTaskRequestSchema,
  upscalingTaskSchema,
  upscalingTaskSummarySchema,
} from "../models/upscaling.ts";

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
  /** What to look at before a call that creates is made again. */
  readonly lookFirst?: string;
  /** Whether a 500 can mean "not ready", so that asking at once again is of no use. */
  readonly notReadyIs500?: boolean;
  /** The time limit of one attempt in milliseconds, where it is not the client's; `null` is none. */
  readonly timeout?: number | null;
  /** The query parameters, each of which can be repeated. */
  readonly query?: Readonly<Record<string, z.ZodMiniType>>;
  /** The schema of the request's body. */
  readonly request?: z.ZodMiniType<Body>;
  /** Checks a request's body by its schema; made of it, and not to be given. */
  readonly check?: (body: unknown) => Reading<Body>;
  /** The schema of the answer's body; none where the body is whatever a platform sends. */
  readonly response?: z.ZodMiniType<Answer>;
  /** Whether the contract leaves the answer's body open, and the schema is what the service sends. */
  readonly openResponse?: boolean;
}

const LOOK_FIRST =
  "look for its title in client.jobsStatus.get(), and in the platform's own list of your jobs";

/** The eleven operations. The client, the sandbox and the contract check all read them from here. */
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
    openResponse: true,
  }),
  createUnitJob: define({
    name: "unitJobs.create",
    verb: "create the unit job",
    method: "POST",
    path: "/unit_jobs",
    auth: true,
    effect: "create",
    lookFirst: LOOK_FIRST,
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
    openResponse: true,
  }),
  createSyncJob: define({
    name: "unitJobs.createSync",
    verb: "run the synchronous job",
    method: "POST",
    path: "/sync_jobs",
    auth: true,
    effect: "create",
    lookFirst:
      "look in the platform's own list of your jobs (the Dispatch service keeps none of synchronous ones)",
    success: 201,
    timeout: null,
    request: baseJobRequestSchema,
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
  }),
  createUpscaleTask: define({
    name: "upscaleTasks.create",
    verb: "create the upscaling task",
    method: "POST",
    path: "/upscale_tasks",
    auth: true,
    effect: "create",
    lookFirst: LOOK_FIRST,
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
    query: { filter: jobsFilterSchema },
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
    response: geometryCollectionSchema,
  }),
};

function define<Body, Answer>(operation: Operation<Body, Answer>): Operation<Body, Answer> {
  const { request } = operation;
  return request === undefined ? operation : { ...operation, check: requestReaderOf(request) };
}
