import type { ApiPromise } from "../http/api_promise.ts";
import { type CallOptions, checkCallOptions, type HttpConfig } from "../http/config.ts";
import { RequestInvalidError } from "../http/errors.ts";
import type { ProcessingJob, ProcessingJobSummary, WrittenJobRequest } from "../models/jobs.ts";
import type { Parameter, WrittenParamRequest } from "../models/parameters.ts";
import type { Collection } from "../models/stac/stac.ts";
import { judgeJob } from "../live/judge/judge.ts";
import type { WatchOptions } from "../live/options.ts";
import { wait, type WaitOptions } from "../live/wait.ts";
import { watch } from "../live/watch.ts";
import type { Snapshot, Watch } from "../models/snapshot.ts";
import type { RequestCheck } from "../display/views/service/request.ts";
import { idOf } from "./call/address.ts";
import { call, type RequestOptions } from "./call.ts";
import { checkRequest, parameterAsker } from "./check/check_request.ts";
import {
  checkLedger,
  createJobIn,
  type JobLedger,
  type LedgerOptions,
  type LedgerWire,
} from "./known/job_ledger.ts";
import type { HeardWork } from "./known/known_work.ts";
import { type ListedJob, listJobs, type ListJobsOptions } from "./list_work.ts";
import { operations } from "./operations.ts";
import { NO_RESULTS, showRawResult, showResource, showResults } from "./show.ts";
import { failureOfJob, poll, WAIT_OPTIONS, waitContext, withoutRepeats } from "./watching.ts";
import { type SyncJobResult, type SyncOptions, syncReader } from "./answer.ts";

/** Jobs of one's own, one at a time. */
export interface UnitJobs {
  /**
   * Creates a job on the platform: once, because it may cost money. It is never repeated by itself; when the
   * answer is lost, the error's `outcome` is `"unknown"` and its message says what to look at first.
   */
  create<Label extends string, Format extends string>(
    request: WrittenJobRequest<Label, Format>,
    options?: CreateOptions,
  ): ApiPromise<ProcessingJobSummary>;
  /**
   * Runs a job on an openEO back-end and waits for its result, for minutes if need be; there is no time
   * limit unless `timeout` gives one. `format` is ignored by the service, and a polygon is not turned
   * into a bounding box.
   */
  createSync<Label extends string, Format extends string>(
    request: WrittenJobRequest<Label, Format>,
    options?: SyncOptions,
  ): ApiPromise<SyncJobResult>;
  /**
   * One's own jobs, the newest first. Those of upscaling tasks are among them with `{ children: true }`; when they were
   * created is known with `{ dates: true }`. Both take more calls, and the table says how many.
   */
  list(options?: ListJobsOptions): ApiPromise<readonly ListedJob[]>;
  /** A job as it is now; the service asks the platform first, which can take seconds. */
  get(job: number | { readonly id: number }, options?: CallOptions): ApiPromise<ProcessingJob>;
  /**
   * The results of a finished job, as a STAC Collection; `null` if there are none. Before the job has
   * finished the service most often answers 500.
   */
  results(
    job: number | { readonly id: number },
    options?: CallOptions,
  ): ApiPromise<Collection | null>;
  /**
   * Removes a job from the service's records. The job on the platform is not canceled: it goes on, and
   * costs what it costs.
   */
  delete(job: number | { readonly id: number }, options?: CallOptions): ApiPromise<null>;
  /**
   * Watches a job: its snapshots as it changes, until it has ended. The service is asked again and again, more
   * slowly while nothing changes; there is no WebSocket of a single job.
   */
  watch(job: number | { readonly id: number }, options?: WatchOptions): Watch<ProcessingJob>;
  /**
   * Waits for a job's end, however it ends: look at `value.status`, or set `throwOnFailure`. Giving up does not
   * touch the job.
   */
  wait(
    job: number | { readonly id: number },
    options?: JobWaitOptions,
  ): Promise<Snapshot<ProcessingJob>>;
  /** The parameters that a service takes. */
  parameters<Label extends string>(
    service: WrittenParamRequest<Label>,
    options?: RequestOptions,
  ): ApiPromise<readonly Parameter[]>;
  /**
   * Everything that is wrong with a request, before it costs anything: by its own rules, and by what the service says
   * that it takes, which is asked once per service and ten minutes. An openEO platform ignores a parameter that it does
   * not know and computes the default place, and so a misspelt name runs, and costs. It shows itself as a table; where
   * the service cannot be asked, that is a warning and no verdict.
   */
  check<Label extends string, Format extends string>(
    request: WrittenJobRequest<Label, Format>,
    options?: RequestOptions,
  ): Promise<RequestCheck>;
}

/** Options of `unitJobs.create`. */
export interface CreateOptions extends RequestOptions, LedgerOptions {
  /**
   * Whether to ask the service for its parameters first, as `unitJobs.check` does, and to refuse what it does not take.
   *
   * @default {false}
   */
  readonly check?: boolean | undefined;
}

/** Options of `unitJobs.wait`. */
export type JobWaitOptions = WatchOptions & WaitOptions<ProcessingJob>;

/** What the request of a job has beside its service. */
const JOB_FIELDS = ["title", "parameters", "format", "dimension"];

/** The rules of the options that only `create` has. */
const CREATE_RULES = { check: "boolean", ledger: "any", key: "string" } as const;

/** Where a client writes down what it sends. */
export interface Ledgers {
  /** The client's ledger, if it has one. */
  readonly ledger?: JobLedger | undefined;
  /** What a ledger needs of the client. */
  readonly wire: LedgerWire;
}

/** Makes the jobs of a client. */
export function unitJobs(config: HttpConfig, show: HeardWork, ledgers: Ledgers): UnitJobs {
  const watchJob = (
    job: number | { readonly id: number },
    options: WatchOptions = {},
    alsoKnown: readonly string[] = [],
  ) => {
    const id = idOf("job", job, "Cannot watch unit job");
    return watch<ProcessingJob>(config, {
      subject: { kind: "job", id },
      headline: `Cannot watch unit job ${id}`,
      poll: (signal, timeout) =>
        poll(
          call(withoutRepeats(config), operations.getUnitJob, {
            target: id,
            options: { signal, timeout },
            show: show.job,
          }),
        ),
      time: {
        limit: () => config.timeout,
        slowBecause: () => "waiting for an answer: the service asks the platform first",
      },
      judge: judgeJob,
      alsoKnown,
    }, options);
  };
  const ask = parameterAsker(
    config.clock,
    (body, signal) => call(config, operations.getParameters, { body, options: { signal } }),
  );
  const checkFirst = async (body: Parameters<typeof checkRequest>[0], options: CreateOptions) => {
    const { ok, issues } = await checkRequest(body, ask, options);
    if (!ok) throw new RequestInvalidError("Cannot create the unit job", { issues });
  };
  const resource: UnitJobs = {
    list: (options = {}) => listJobs(config, show, options),
    create: (body, options = {}) => {
      const { ledger = ledgers.ledger, check = false } = options;
      checkLedger(ledger, "Cannot create the unit job");
      const before = check ? () => checkFirst(body, options) : undefined;
      if (ledger !== undefined) {
        const { ledger: _, check: __, ...rest } = options;
        const way = { ledger, config, wire: ledgers.wire, show };
        return createJobIn(way, body, { ...rest, before });
      }
      return call(config, operations.createUnitJob, {
        body,
        options,
        own: CREATE_RULES,
        before,
        newest: show.known.newestJob(),
        show: show.job,
      });
    },
    createSync: (body, options = {}) =>
      call(config, { ...operations.createSyncJob, reader: syncReader(options.stream) }, {
        body,
        options,
        own: { stream: "boolean" },
        show: showRawResult,
      }),
    get: (target, options = {}) =>
      call(config, operations.getUnitJob, { target, options, show: show.job }),
    results(target, options = {}) {
      return call(config, operations.getUnitJobResults, {
        target,
        options,
        show: (results) => showResults(results, typeof target === "number" ? target : target.id),
        nothing: NO_RESULTS,
      });
    },
    delete: (target, options = {}) => call(config, operations.deleteUnitJob, { target, options }),
    watch: (job, options) => watchJob(job, options),
    wait: async (job, options) => {
      const watching = watchJob(job, options, WAIT_OPTIONS);
      const { subject } = watching;
      const context = waitContext<ProcessingJob>(config, { subject, failureOf: failureOfJob });
      return await wait(watching, context, options);
    },
    parameters: (body, options = {}) => {
      // The request of a job names its service too, and is the nearest thing at hand to ask with.
      const extra = [...JOB_FIELDS, ...options.extra ?? []];
      return call(config, operations.getParameters, { body, options: { ...options, extra } });
    },
    check: async (request, options = {}) => {
      checkCallOptions(config, options, "Cannot check the request", { extra: "object" });
      return await checkRequest(request, ask, options);
    },
  };
  return showResource("unitJobs", resource);
}
