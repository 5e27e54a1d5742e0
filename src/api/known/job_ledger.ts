import type { Clock } from "../../core/waiting.ts";
import type { ApiPromise, ApiResponse } from "../../http/api_promise.ts";
import type { CallOptions, HttpConfig } from "../../http/config.ts";
import { RequestInvalidError } from "../../http/errors.ts";
import { tokenClaims, tokenUser } from "../../http/token/token.ts";
import type { JobsFilter, JobsStatusResponse } from "../../models/jobs_status.ts";
import type { BaseJobRequest, ProcessingJob, ProcessingJobSummary } from "../../models/jobs.ts";
import { describeValue } from "../../models/schema/issue.ts";
import type {
  UpscalingTask,
  UpscalingTaskRequest,
  UpscalingTaskSummary,
} from "../../models/upscaling.ts";
import { call, type RequestOptions } from "../call.ts";
import { shownCall } from "../call/shown_call.ts";
import { operations } from "../operations.ts";
import type { ShowWork } from "../show.ts";
import { timeForJobs } from "../watching.ts";
import type { HeardWork } from "./known_work.ts";

/** A job or a task that is to be created by way of a ledger. */
export interface LedgeredCall<Made> {
  /** What is to be created. */
  readonly kind: "job" | "task";
  /** What was asked for; it keeps the rules. */
  readonly request: BaseJobRequest | UpscalingTaskRequest;
  /** What tells this request from an equal one. */
  readonly key: string | undefined;
  /** How the service is reached. */
  readonly wire: LedgerWire;
  /** Gives up when it aborts. */
  readonly signal: AbortSignal | undefined;
  /** Sends a request; `before` is done once it has been checked, and nothing is sent if that fails. */
  post(
    request: BaseJobRequest | UpscalingTaskRequest,
    before?: () => Promise<void>,
  ): Promise<ApiResponse<Made>>;
  /** Reads what was created before. */
  read(id: number): Promise<ApiResponse<Made>>;
}

/** What a client needs of a ledger; `openLedger` of `@apex-dispatch/client/ledger` makes one. */
export interface JobLedger {
  /**
   * Writes down what is to be sent, sends it, and writes down what came of it; what is written down already is not sent
   * again.
   */
  submit<Made extends { readonly id: number }>(
    given: LedgeredCall<Made>,
  ): Promise<ApiResponse<Made>>;
}

/** In whose name a client acts, as far as its token says so. */
export interface LedgerAccount {
  /** What identifies the account. */
  readonly id: string;
  /** What its owner calls it. */
  readonly name: string;
}

/** What a ledger needs of a client. */
export interface LedgerWire {
  /** Where the service is. */
  readonly service: string;
  /** What tells the time. */
  readonly clock: Clock;
  /** In whose name the client acts; nothing if the token does not say. */
  account(signal?: AbortSignal): Promise<LedgerAccount | undefined>;
  /** One's own jobs and tasks, without the jobs of tasks. */
  list(filter: readonly JobsFilter[], signal?: AbortSignal): Promise<JobsStatusResponse>;
  /** One job as it is now, by its number. */
  job(id: number, signal?: AbortSignal): Promise<ProcessingJob>;
  /** A task with its jobs. */
  task(id: number, signal?: AbortSignal): Promise<UpscalingTask>;
}

/** The key under which a client keeps what a ledger needs of it. */
const wire: unique symbol = Symbol.for("@apex-dispatch/client.ledger_wire");

/** Makes what a ledger needs of a client, and lets the client carry it where nobody sees it. */
export function attachWire(client: object, config: HttpConfig, show: ShowWork): LedgerWire {
  const made = makeWire(config, show);
  Object.defineProperty(client, wire, { value: made });
  return made;
}

/** What a ledger needs of a client; nothing if it is none. */
export function wireOf(client: unknown): LedgerWire | undefined {
  const found: unknown = typeof client === "object" && client !== null
    ? Reflect.get(client, wire)
    : undefined;
  return isWire(found) ? found : undefined;
}

function isWire(value: unknown): value is LedgerWire {
  return typeof value === "object" && value !== null && "list" in value &&
    typeof value.list === "function" && "service" in value;
}

function makeWire(config: HttpConfig, show: ShowWork): LedgerWire {
  return {
    service: config.baseUrl,
    clock: config.clock,
    async account(signal) {
      const token = await config.auth?.tokens.get({ signal });
      if (token === undefined) return undefined;
      const { sub } = tokenClaims(token) ?? {};
      const name = tokenUser(token);
      const id = typeof sub === "string" && sub !== "" ? sub : name;
      return id === undefined ? undefined : { id, name: name ?? id };
    },
    list: (filter, signal) =>
      call(config, operations.getJobsStatus, {
        query: { filter },
        options: { signal, timeout: timeForJobs(config, undefined) },
        show: show.jobsStatus,
      }),
    job: (target, signal) =>
      call(config, operations.getUnitJob, { target, options: { signal }, show: show.job }),
    task: (target, signal) =>
      call(config, operations.getUpscaleTask, {
        target,
        options: { signal, timeout: timeForJobs(config, undefined) },
        show: show.task,
      }),
  };
}

/** Options of a call that creates, and can be written down. */
export interface LedgerOptions {
  /**
   * Where to write down what is sent before it is sent, so that it is never sent twice, also after a lost answer or a
   * restart; `openLedger` of `@apex-dispatch/client/ledger` opens one.
   *
   * @default the client's
   */
  readonly ledger?: JobLedger | undefined;
  /**
   * What to call the request in the ledger. Under another key an equal request is another one.
   *
   * @default a digest of the request
   */
  readonly key?: string | undefined;
}

/**
 * The ledger that a call or a client was given.
 *
 * @throws {RequestInvalidError} if it is none.
 */
export function checkLedger(ledger: unknown, headline: string): void {
  if (ledger === undefined || typeof Object(ledger).submit === "function") return;
  const message = `expected an open ledger, got ${describeValue(ledger)}: ` +
    "write { ledger: await openLedger(path) }";
  throw new RequestInvalidError(headline, { issues: [{ path: "ledger", message }] });
}

/** How something is created by way of a ledger. */
export interface LedgeredCreate {
  readonly ledger: JobLedger;
  /** How the service is reached. */
  readonly config: HttpConfig;
  /** What a ledger needs of the client. */
  readonly wire: LedgerWire;
  /** What makes the answer show itself, and remembers it. */
  readonly show: HeardWork;
}

/** Creates a job by way of a ledger. */
export function createJobIn(
  { ledger, config, wire, show }: LedgeredCreate,
  given: unknown,
  { key, before: first, ...options }: CreateIn,
): ApiPromise<ProcessingJobSummary> {
  const operation = operations.createUnitJob;
  const post = (body: unknown, before?: () => Promise<void>) =>
    call(config, operation, {
      body,
      options,
      newest: show.known.newestJob(),
      show: show.job,
      before: async () => {
        await first?.();
        await before?.();
      },
    }).detailed();
  const carryOut = async () => {
    const checked = await operation.check?.(given, options);
    // What breaks a rule is not written down: the call itself says which.
    if (checked?.ok !== true) return await post(given);
    return await ledger.submit<ProcessingJobSummary>({
      ...{ kind: "job", request: checked.value, key, wire, signal: options.signal, post },
      read: (target) =>
        call(config, operations.getUnitJob, {
          target,
          options: callOptionsOf(options),
          show: show.job,
        }).detailed(),
    });
  };
  return shownCall(carryOut());
}

/** Creates a task by way of a ledger. */
export function createTaskIn(
  { ledger, config, wire, show }: LedgeredCreate,
  given: unknown,
  { key, ...options }: CreateIn,
): ApiPromise<UpscalingTaskSummary> {
  const operation = operations.createUpscaleTask;
  const carryOut = async () => {
    const checked = await operation.check?.(given, options);
    const expected = checked?.ok === true ? checked.value.dimension.values.length : undefined;
    const post = (body: unknown, before?: () => Promise<void>) =>
      call(config, operation, {
        body,
        options,
        show: (task) => show.taskSummary(task, expected),
        ...(before === undefined ? {} : { before }),
      }).detailed();
    if (checked?.ok !== true) return await post(given);
    return await ledger.submit<UpscalingTaskSummary>({
      ...{ kind: "task", request: checked.value, key, wire, signal: options.signal, post },
      read: (target) =>
        call(config, operations.getUpscaleTask, {
          target,
          options: { timeout: timeForJobs(config, undefined), ...callOptionsOf(options) },
          show: (task) => show.task(task, expected),
        }).detailed(),
    });
  };
  return shownCall(carryOut());
}

/** What a creating call by way of a ledger is given. */
interface CreateIn extends RequestOptions {
  readonly key?: string | undefined;
  readonly before?: (() => Promise<void> | undefined) | undefined;
}

function callOptionsOf({ signal, timeout, headers }: CallOptions): CallOptions {
  return {
    signal,
    headers,
    ...(timeout === undefined ? {} : { timeout }),
  };
}
