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

export type {
  JobLedger,
  LedgerAccount,
  LedgeredCall,
  LedgerWire,
} from "../api/ledger/job_ledger.ts";
export type { LedgerEntry, LedgerState } from "./journal/entry.ts";
export type { LedgerRequest } from "./journal/line.ts";
export { LedgerError, type LedgerErrorOptions, type LedgerFailure } from "./ledger_error.ts";
export {
  type Decision,
  type Ledger,
  type LedgerCallOptions,
  openLedger,
  type OpenLedgerOptions,
} from "./open_ledger.ts";

export { DispatchError, type DispatchErrorOptions } from "../core/dispatch_error.ts";
export type { Clock } from "../core/clock.ts";
export type { ApiFailure, ApiResponse, ApiSuccess } from "../http/api_promise.ts";
export {
  type CallErrorOptions,
  HttpError,
  type HttpErrorOptions,
  type Outcome,
} from "../http/errors.ts";
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
} from "../models/jobs.ts";
export type { JobsFilter, JobsStatusResponse } from "../models/jobs_status.ts";
export type { ProcessTypeEnum, ServiceDetails } from "../models/service.ts";
export type {
  EnumOf,
  Model,
  Open,
  ParseOptions,
  StandardIssue,
  StandardResult,
  StandardSchema,
  WordOf,
} from "../models/schema/model.ts";
export type {
  ParameterDimension,
  UpscalingTask,
  UpscalingTaskRequest,
  UpscalingTaskSummary,
} from "../models/upscaling.ts";
