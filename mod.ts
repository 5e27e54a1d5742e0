/**
 * Run Earth-observation processing through the
 * [APEx Dispatch API](https://dispatch-api.dev.apex.esa.int/docs): describe a job in typed terms, submit it
 * once, look at it, take the results home.
 *
 * @example A job from its description to its table
 * ```ts
 * import { AuthenticatedClient, type BaseJobRequest, jobsTable } from "@apex-dispatch/client";
 * import { startSandbox } from "@apex-dispatch/client/sandbox";
 * import { assertEquals } from "@std/assert";
 *
 * await using sandbox = startSandbox();
 * const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
 *
 * const request: BaseJobRequest = {
 *   title: "Vegetation index",
 *   label: "ogc_api_process",
 *   service: {
 *     endpoint: "https://processes.example.test",
 *     application: "/processes/vegetation-index",
 *     namespace: "apex",
 *   },
 *   parameters: { bbox: [12, 41, 13, 42], resolution: 10, bands: ["B04", "B08"] },
 *   format: "geojson",
 * };
 * const job = await client.unitJobs.create(request);
 * console.log(jobsTable([job]));
 *
 * const { status, parsed } = await client.unitJobs.get(job).detailed();
 * assertEquals(status, 200);
 * assertEquals(parsed, { ...parsed, ...job });
 * ```
 *
 * @module
 */
import "./src/runtime.ts";

export { AuthenticatedClient, type AuthenticatedClientOptions, Client } from "./src/client.ts";
export type { CallOptions, ClientOptions, Credentials } from "./src/http/config.ts";
export { type Clock, systemClock } from "./src/core/waiting.ts";
export type { Hooks, RequestEvent, ResponseEvent, RetryEvent } from "./src/http/hooks.ts";
export type { RetryOptions } from "./src/http/retry.ts";
export type { TokenRequest, TokenSource } from "./src/http/token/token.ts";
export { CallAbortedError } from "./src/http/no_answer.ts";
export type { ApiFailure, ApiPromise, ApiResponse, ApiSuccess } from "./src/http/api_promise.ts";
export type { ErrorBody } from "./src/models/error_response.ts";

export type { JobsStatus, JobsStatusOptions, ListWatchOptions } from "./src/api/jobs_status.ts";
export type {
  SyncBytes,
  SyncJobResult,
  SyncJson,
  SyncOptions,
  SyncStream,
} from "./src/api/answer.ts";
export type { StatisticsOptions } from "./src/api/open_calls.ts";
export type { Tiles } from "./src/api/open_calls.ts";
export type { ListedJob, ListJobsOptions } from "./src/api/list_work.ts";
export type { CreateOptions, JobWaitOptions, UnitJobs } from "./src/api/unit_jobs.ts";
export type {
  JobLedger,
  LedgerAccount,
  LedgeredCall,
  LedgerOptions,
  LedgerWire,
} from "./src/api/known/job_ledger.ts";
export type { Confirm, Prompter } from "./src/api/check/check_request.ts";
export {
  type RetriedWork,
  type RetryClient,
  retryFailed,
  type RetryFailedOptions,
  type WrittenRetryOptions,
} from "./src/upscale/retry_failed.ts";
export { upscaleArea, type UpscaledArea } from "./src/upscale/upscale_area.ts";
export type {
  UpscaleAreaOptions,
  UpscalingClient,
  WrittenArea,
  WrittenAreaOptions,
} from "./src/upscale/options.ts";
export type { TaskWaitOptions, TaskWatchOptions, UpscaleTasks } from "./src/api/upscale_tasks.ts";

export type {
  ProblemListener,
  Snapshot,
  Via,
  Watch,
  WatchPace,
  WatchSubject,
} from "./src/models/snapshot.ts";
export type { WaitOptions } from "./src/live/wait.ts";
export type { WatchOptions } from "./src/live/options.ts";
export { WatchError, type WatchErrorOptions } from "./src/live/trouble.ts";

export { bboxToPolygon } from "./src/geo/box.ts";
export type { BoundingBox } from "./src/geo/box.ts";
export type { AnyFeature, Feature, FeatureCollection } from "./src/models/geojson/geojson.ts";
export type { Area, FootprintSource } from "./src/geo/geometries_of.ts";
export { polygonToBbox } from "./src/geo/extent.ts";
export type { GeoJson } from "./src/geo/walk.ts";
export {
  type JobFeature,
  type JobProperties,
  toFeatureCollection,
  type ToFeatureCollectionOptions,
} from "./src/geo/to_feature_collection.ts";
export type { RequestOptions } from "./src/api/call.ts";
export type { Target } from "./src/api/call/address.ts";
export type { CheckedRequest, RequestCheck } from "./src/display/views/service/request.ts";

export {
  type CsvSource,
  toCsv,
  type ToCsvOptions,
  toGeoJson,
  toHtml,
  type ToHtmlOptions,
} from "./src/display/files.ts";
export { attachDisplay } from "./src/display/render/attach.ts";
export { assetsTable, type AssetsTableOptions } from "./src/display/views/results/assets.ts";
export {
  type Displayable,
  jupyterDisplay,
  type MimeBundle,
} from "./src/display/render/displayable.ts";
export { follow, type FollowOptions } from "./src/display/follow/follow.ts";
export type { Watching } from "./src/display/follow/frame/work.ts";
export type { Work } from "./src/display/follow/frame/work.ts";
export { footprints, type FootprintsOptions } from "./src/display/views/results/footprints.ts";
export type { CostEstimate } from "./src/models/cost.ts";
export type { PlannedTask, UpscalingPlan } from "./src/display/views/work/plan.ts";
export type { PlannedRetry, RetryPlan } from "./src/display/views/work/plan.ts";
export type { Frame, Screen } from "./src/display/follow/screen.ts";
export { geometriesTable } from "./src/display/views/results/footprints.ts";
export { healthCard } from "./src/display/views/service/cards.ts";
export { jobCard } from "./src/display/views/work/job.ts";
export {
  jobsTable,
  type JobsTableOptions,
  type WrittenTableOptions,
} from "./src/display/views/work/jobs.ts";
export { jobsStatusTable, type JobsStatusTableOptions } from "./src/display/views/work/tasks.ts";
export {
  parametersTable,
  type ParametersTableOptions,
} from "./src/display/views/service/request.ts";
export {
  statisticsTable,
  type StatisticsTableOptions,
} from "./src/display/views/service/statistics.ts";
export type { RowOptions, WorkOrder, WorkOrderWord } from "./src/display/views/work/select.ts";
export { taskCard, type TaskCardOptions } from "./src/display/views/work/task.ts";
export { taskTable, type TaskTableOptions } from "./src/display/views/work/tasks.ts";

export { DispatchError, type DispatchErrorOptions } from "./src/core/dispatch_error.ts";
export { ModelInvalidError, type ModelInvalidErrorOptions } from "./src/models/schema/issue.ts";
export type { Issue } from "./src/models/schema/issue.ts";
export {
  AuthenticationError,
  type CallErrorOptions,
  ConnectionError,
  HttpError,
  type HttpErrorOptions,
  NotFoundError,
  type Outcome,
  PermissionError,
  RateLimitError,
  RequestInvalidError,
  ResponseInvalidError,
  type ResponseInvalidErrorOptions,
  ServerError,
  TimeoutError,
  UnansweredError,
  ValidationError,
  type ValidationErrorOptions,
} from "./src/http/errors.ts";

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
} from "./src/models/schema/model.ts";
export type { JsonValue } from "./src/models/schema/json.ts";
export {
  ErrorResponse,
  HTTPValidationError,
  ValidationErrorItem,
} from "./src/models/error_response.ts";
export {
  type BBox,
  type Geometry,
  GeometryCollection,
  LineString,
  MultiLineString,
  MultiPoint,
  MultiPolygon,
  Point,
  Polygon,
  type Position,
  Position2D,
  Position3D,
} from "./src/models/geojson/geojson.ts";
export { ComponentHealth, Health } from "./src/models/monitoring.ts";
export {
  BaseJobRequest,
  OutputFormatEnum,
  ProcessingJob,
  ProcessingJobSummary,
  ProcessingStatusEnum,
  type WrittenJobRequest,
} from "./src/models/jobs.ts";
export { type ResultFile, resultFiles } from "./src/models/stac/stac.ts";
export { JobsFilter, JobsStatusResponse } from "./src/models/jobs_status.ts";
export {
  Parameter,
  ParamRequest,
  ParamTypeEnum,
  type WrittenParamRequest,
} from "./src/models/parameters.ts";
export { ProcessTypeEnum, ServiceDetails } from "./src/models/service.ts";
export { MimeTypes } from "./src/models/stac/mime_types.ts";
export {
  Asset,
  Collection,
  Extent,
  Link,
  Provider,
  Range,
  SpatialExtent,
  TimeInterval,
} from "./src/models/stac/stac.ts";
export {
  EntityStatistics,
  PublicStatisticsResponse,
  UpscalingStatistics,
} from "./src/models/monitoring.ts";
export { GridTypeEnum, TileRequest } from "./src/models/tiles.ts";
export {
  ParameterDimension,
  UpscalingTask,
  UpscalingTaskRequest,
  UpscalingTaskSummary,
  type WrittenTaskRequest,
} from "./src/models/upscaling.ts";
