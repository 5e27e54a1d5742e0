import type { ApiPromise } from "../http/api_promise.ts";
import type { CallOptions, HttpConfig } from "../http/config.ts";
import type { BaseJobRequest, ProcessingJob, ProcessingJobSummary } from "../models/jobs.ts";
import type { Parameter, ParamRequest } from "../models/parameters.ts";
import type { Collection } from "../models/stac.ts";
import { call, modelReader, type Target } from "./call.ts";
import { operations } from "./operations.ts";
import { type SyncJobResult, type SyncOptions, syncReader } from "./sync_result.ts";

/** Jobs of one's own, one at a time. */
export interface UnitJobs {
  /**
   * Creates a job on the platform: once, because it may cost money. It is never repeated by itself; when the
   * answer is lost, the error's `outcome` is `"unknown"` and its message says what to look at first.
   */
  create(request: BaseJobRequest, options?: CallOptions): ApiPromise<ProcessingJobSummary>;
  /**
   * Runs a job on an openEO back-end and waits for its result, for minutes if need be; there is no time
   * limit unless `timeout` gives one. `format` is ignored by the service, and a polygon is not turned
   * into a bounding box.
   */
  createSync(request: BaseJobRequest, options?: SyncOptions): ApiPromise<SyncJobResult>;
  /** A job as it is now; the service asks the platform first, which can take seconds. */
  get(job: Target, options?: CallOptions): ApiPromise<ProcessingJob>;
  /**
   * The results of a finished job, as a STAC Collection; `null` if there are none. Before the job has
   * finished the service most often answers 500.
   */
  results(job: Target, options?: CallOptions): ApiPromise<Collection | null>;
  /**
   * Removes a job from the service's records. The job on the platform is not canceled: it goes on, and
   * costs what it costs.
   */
  delete(job: Target, options?: CallOptions): ApiPromise<null>;
  /** The parameters that a service takes. */
  parameters(service: ParamRequest, options?: CallOptions): ApiPromise<readonly Parameter[]>;
}

const readSummary = modelReader(operations.createUnitJob);
const readJob = modelReader(operations.getUnitJob);
const readResults = modelReader(operations.getUnitJobResults);
const readNothing = modelReader(operations.deleteUnitJob);
const readParameters = modelReader(operations.getParameters);

/** Makes the jobs of a client. */
export function unitJobs(config: HttpConfig): UnitJobs {
  return {
    create: (body, options = {}) =>
      call(config, operations.createUnitJob, readSummary, { body, options }),
    createSync: (body, options = {}) =>
      call(config, operations.createSyncJob, syncReader(options), { body, options }),
    get: (target, options = {}) =>
      call(config, operations.getUnitJob, readJob, { target, options }),
    results: (target, options = {}) =>
      call(config, operations.getUnitJobResults, readResults, { target, options }),
    delete: (target, options = {}) =>
      call(config, operations.deleteUnitJob, readNothing, { target, options }),
    parameters: (body, options = {}) =>
      call(config, operations.getParameters, readParameters, { body, options }),
  };
}
