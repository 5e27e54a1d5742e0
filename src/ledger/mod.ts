/**
 * What was sent, and what came of it, in a file that outlives the program: no job is sent twice, also after a lost
 * answer, a killed kernel or a restart. For one job, or for a thousand.
 *
 * The file holds JSON lines and is readable by its owner alone. Before the first byte of a request leaves, what it asks
 * for is on the disk; afterwards, what came of it. It holds no token, no header and no signed address. It is for Deno
 * first (`--allow-read --allow-write` for the file and its lock beside it); on Node.js the lock goes by process numbers.
 *
 * @example One job that is sent once, however often the cell is run
 * ```ts
 * import { AuthenticatedClient } from "@apex-dispatch/client";
 * import { openLedger } from "@apex-dispatch/client/ledger";
 * import { startSandbox } from "@apex-dispatch/client/sandbox";
 * import { assertEquals } from "@std/assert";
 *
 * await using sandbox = startSandbox();
 * const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
 * const folder = await Deno.makeTempDir();
 * const ledger = await openLedger(`${folder}/fields.jsonl`);
 * const request = {
 *   title: "Vegetation index",
 *   label: "openeo",
 *   service: {
 *     endpoint: "https://openeo.example.test",
 *     application: "https://catalogue.example.test/vegetation_index.json",
 *   },
 *   parameters: { spatial_extent: { west: 12, south: 41, east: 13, north: 42 } },
 *   format: "gtiff",
 * } as const;
 * // The answer is lost after the job was made: it is found by the mark in its title.
 * sandbox.faults.set("unitJobs.create", { kind: "drop", carriedOut: true, times: 1 });
 * const job = await client.unitJobs.create(request, { ledger });
 * assertEquals(sandbox.platformJobs.length, 1);
 * assertEquals(ledger.entries[0]?.id, job.id);
 * await Deno.remove(folder, { recursive: true });
 * ```
 *
 * @module
 */
import "../runtime.ts";

export { compare, type Comparison, type Difference } from "./again/compare.ts";
export type { KnownRequest, MadeWork } from "./again/compare.ts";
export { toCode, type ToCodeOptions } from "./again/to_code.ts";
export type { Batch, BatchDownloadOptions } from "./batch/batch.ts";
export { overCells, type OverCellsOptions } from "./batch/over_cells.ts";
export type { Budget, SubmitAllOptions } from "./batch/options.ts";
export type { BatchItem, BatchPlan, PlannedRequest } from "./batch/plan.ts";
export type { BatchProgress } from "./batch/progress.ts";
export { resume } from "./batch/submit_all.ts";
export { submitAll, type SubmitClient } from "./batch/submit_all.ts";
export type { LedgerEntry, LedgerState } from "./journal/entry.ts";
export type { ChildJob, LedgerRequest } from "./journal/line.ts";
export { LedgerError, type LedgerErrorOptions, type LedgerFailure } from "./ledger_error.ts";
export {
  type Decision,
  type Ledger,
  type LedgerCallOptions,
  openLedger,
  type OpenLedgerOptions,
  type ReconcileCallOptions,
} from "./open_ledger.ts";

export type { RequestOptions } from "../api/call.ts";
export type { Confirm, Prompter } from "../api/check/check_request.ts";
export type { JobsStatus, JobsStatusOptions, ListWatchOptions } from "../api/jobs_status.ts";
export type {
  JobLedger,
  LedgerAccount,
  LedgeredCall,
  LedgerOptions,
  LedgerWire,
} from "../api/known/job_ledger.ts";
export type { ListedJob, ListJobsOptions } from "../api/list_work.ts";
export type { SyncBytes, SyncJobResult, SyncJson, SyncOptions, SyncStream } from "../api/answer.ts";
export type { CreateOptions, JobWaitOptions, UnitJobs } from "../api/unit_jobs.ts";
export type { Clock } from "../core/waiting.ts";
export { DispatchError, type DispatchErrorOptions } from "../core/dispatch_error.ts";
export type { Frame, Screen } from "../display/follow/screen.ts";
export type { Displayable, jupyterDisplay, MimeBundle } from "../display/render/displayable.ts";
export type { CheckedRequest, RequestCheck } from "../display/views/service/request.ts";
export type { ApiFailure, ApiPromise, ApiResponse, ApiSuccess } from "../http/api_promise.ts";
export {
  type CallErrorOptions,
  HttpError,
  type HttpErrorOptions,
  type Outcome,
} from "../http/errors.ts";
export type { CallOptions } from "../http/options.ts";
export type { WatchOptions } from "../live/options.ts";
export type { WaitOptions } from "../live/wait.ts";
export type {
  ErrorBody,
  ErrorResponse,
  HTTPValidationError,
  ValidationErrorItem,
} from "../models/error_response.ts";
export type {
  BaseJobRequest,
  OutputFormatEnum,
  ProcessingJob,
  ProcessingJobSummary,
  ProcessingStatusEnum,
  WrittenJobRequest,
} from "../models/jobs.ts";
export type { JobsFilter, JobsStatusResponse } from "../models/jobs_status.ts";
export type {
  Parameter,
  ParamRequest,
  ParamTypeEnum,
  WrittenParamRequest,
} from "../models/parameters.ts";
export type { Issue } from "../models/schema/issue.ts";
export type { JsonValue } from "../models/schema/json.ts";
export type {
  EnumOf,
  Model,
  Open,
  ParseOptions,
  StandardIssue,
  StandardResult,
  StandardSchema,
  WordOf,
  Written,
} from "../models/schema/model.ts";
export type { ProcessTypeEnum, ServiceDetails } from "../models/service.ts";
export type { ProblemListener, Snapshot, Via, Watch, WatchSubject } from "../models/snapshot.ts";
export type { MimeTypes } from "../models/stac/mime_types.ts";
export type {
  Asset,
  Collection,
  Extent,
  Link,
  Provider,
  Range,
  SpatialExtent,
  TimeInterval,
} from "../models/stac/stac.ts";
export type {
  ParameterDimension,
  UpscalingTask,
  UpscalingTaskRequest,
  UpscalingTaskSummary,
} from "../models/upscaling.ts";
export type { BBox, Polygon, Position, Position2D, Position3D } from "../models/geojson/geojson.ts";
