import { ProcessTypeEnum } from "../models/service.ts";
import { knownWords } from "../models/schema/model.ts";
import { count } from "../core/units.ts";
import { quote } from "../core/text.ts";
import { shownTitle } from "../models/title_token.ts";
import { idOf, type Target } from "../api/call/address.ts";
import type { UnitJobs } from "../api/unit_jobs.ts";
import type { UpscaleTasks } from "../api/upscale_tasks.ts";
import { DispatchError } from "../core/dispatch_error.ts";
import { showNow } from "../display/follow/screen.ts";
import { type RetryPlan, retryPlan } from "../display/views/work/plan.ts";
import { RequestInvalidError } from "../http/errors.ts";
import type { BaseJobRequest, OutputFormatEnum, ProcessingJobSummary } from "../models/jobs.ts";
import { MAX_TITLE_LENGTH } from "../models/jobs.ts";
import type { Written } from "../models/schema/model.ts";
import { attachWatch, type Watch } from "../models/snapshot.ts";
import type {
  UpscalingTask,
  UpscalingTaskRequest,
  UpscalingTaskSummary,
} from "../models/upscaling.ts";
import { type Confirm, confirmed } from "../api/check/check_request.ts";
import { type LostJobs, lostJobs } from "./lost_jobs.ts";
import type { UpscaledArea } from "./upscale_area.ts";

/** What of a client is needed to make jobs again; an `AuthenticatedClient` is one. */
export interface RetryClient {
  /** Single jobs. */
  readonly unitJobs: Pick<UnitJobs, "create">;
  /** Reads the task whose jobs failed, and creates the one that runs them again. */
  readonly upscaleTasks: UpscaleTasks;
}

/** How failed jobs are made again. */
export interface RetryFailedOptions {
  /**
   * The format that results are wanted in: the service does not tell which one it was. Not needed with `request`, or for
   * an area.
   */
  readonly format?: OutputFormatEnum | undefined;
  /**
   * What the task was asked for, such as `area.plan.request`. It tells for which values no job was ever made.
   *
   * @default unknown; jobs that were never made are then not missed
   */
  readonly request?: UpscalingTaskRequest | undefined;
  /**
   * The parameter that takes another value in each job.
   *
   * @default the only one in which the jobs differ
   */
  readonly dimension?: string | undefined;
  /**
   * Whether to make a new task of the jobs, or single ones.
   *
   * @default a task of several jobs, if they differ in one parameter alone
   */
  readonly as?: "task" | "jobs" | undefined;
  /**
   * Whether to plan alone: nothing is submitted, and nobody is asked.
   *
   * @default {false}
   */
  readonly dryRun?: boolean | undefined;
  /**
   * Is asked with the plan; unless it says `true`, nothing is submitted. `false` asks nobody.
   *
   * @default the prompt of the terminal or the notebook
   */
  readonly confirm?: Confirm<RetryPlan> | undefined;
  /**
   * Whether to show the plan before anything is submitted.
   *
   * @default {true}
   */
  readonly show?: boolean | undefined;
  /** Gives up when it aborts, with the signal's reason. What was submitted by then goes on. */
  readonly signal?: AbortSignal | undefined;
}

/** {@linkcode RetryFailedOptions} as somebody may have written them: in a plain `const` object a word is any text. */
export interface WrittenRetryOptions<Format extends string>
  extends Omit<RetryFailedOptions, "format"> {
  /** The format that results are wanted in, as for {@linkcode RetryFailedOptions}. */
  readonly format?: Written<Format, OutputFormatEnum> | undefined;
}

/** Jobs that are made again: planned, and under way if they were submitted. */
export interface RetriedWork {
  /** What is made of what; it shows itself as a card. */
  readonly plan: RetryPlan;
  /** The new task, if one was made. */
  readonly task?: UpscalingTaskSummary;
  /** The new jobs, if single ones were made. */
  readonly jobs?: readonly ProcessingJobSummary[];
}

const HEADLINE = "Cannot make failed jobs again";

/**
 * Makes again what came to nothing of a task: the jobs that failed or were canceled, and those that were never made, as
 * far as the request is known. The plan is shown and asked about first. What has finished is left alone, and what may
 * still end well, too. The new work is called after the old task, and its plan says which jobs it is made of.
 *
 * @param task a task, its number, or the area that it was made for, which knows format and request.
 * @throws {RequestInvalidError} if the format is not known; nothing was submitted.
 *
 * @example
 * ```ts
 * import { AuthenticatedClient, retryFailed } from "@apex-dispatch/client";
 * import { startSandbox } from "@apex-dispatch/client/sandbox";
 * import { assertEquals } from "@std/assert";
 *
 * await using sandbox = startSandbox({
 *   pace: { child: 0, created: 0, queued: 0, running: 0 },
 *   outcome: ({ id }) => id % 2 === 0 ? "failed" : "finished",
 * });
 * const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
 * const boxes = [4, 5, 6, 7].map((west) => ({ west, south: 51, east: west + 1, north: 52 }));
 * const task = await client.upscaleTasks.create({
 *   title: "Vegetation index",
 *   label: "openeo",
 *   service: {
 *     endpoint: "https://openeo.example.test",
 *     application: "https://catalogue.example.test/vegetation_index.json",
 *   },
 *   parameters: {},
 *   format: "gtiff",
 *   dimension: { name: "spatial_extent", values: boxes },
 * });
 * await client.upscaleTasks.wait(task, { expectedJobs: 4 });
 *
 * const { plan } = await retryFailed(client, task, { format: "gtiff", dryRun: true, show: false });
 * assertEquals(plan.amount, 2);
 * assertEquals(plan.task, task.id);
 * ```
 */
export function retryFailed<Format extends string = OutputFormatEnum>(
  client: RetryClient,
  task: Target | UpscaledArea,
  options?: WrittenRetryOptions<Format>,
): Promise<RetriedWork>;
export async function retryFailed(
  client: RetryClient,
  task: Target | UpscaledArea,
  options: RetryFailedOptions = {},
): Promise<RetriedWork> {
  const { signal, show = true, dryRun = false } = options;
  const area = typeof task === "object" && "plan" in task ? task : undefined;
  const target = area === undefined ? task : area.task;
  if (target === undefined || (typeof target === "object" && "plan" in target)) {
    const message = "expected an area that was submitted, got one that was only planned";
    throw new RequestInvalidError(HEADLINE, { issues: [{ path: "task", message }] });
  }
  const id = idOf("task", target, HEADLINE);
  const request = options.request ?? area?.plan.request;
  const known = await client.upscaleTasks.get(id, { signal });
  const lost = lostJobs(known, { request, dimension: options.dimension });
  const format = options.format ?? request?.format;
  if (format === undefined) {
    const message =
      'expected the format that the task was asked for, such as "gtiff": the service does not tell it';
    throw new RequestInvalidError(HEADLINE, { issues: [{ path: "format", message }] });
  }
  const work = newWork(known, lost, { format, as: options.as });
  const plan = planOf(known, lost, work);
  if (show) await showNow(plan);
  signal?.throwIfAborted();
  if (dryRun || plan.amount === 0) return { plan };
  const question = `Submit ${count(plan.amount, "job")} again?`;
  const { confirm } = options;
  if (!await confirmed(plan, { confirm, question, headline: HEADLINE, signal })) return { plan };
  if (work.task === undefined) return { plan, jobs: await createAll(client, work.jobs, signal) };
  const made = await client.upscaleTasks.create(work.task, { signal });
  const watch = (pace: object): Watch<UpscalingTask> =>
    client.upscaleTasks.watch(made, { ...pace, expectedJobs: plan.amount });
  return attachWatch({ plan, task: made }, watch);
}

/** What is to be submitted. */
interface NewWork {
  readonly title: string;
  readonly format: OutputFormatEnum;
  /** The new task, if it is to be one. */
  readonly task?: UpscalingTaskRequest;
  /** The single jobs else. */
  readonly jobs: readonly BaseJobRequest[];
}

function newWork(
  task: UpscalingTask,
  { jobs, missing, dimension, parameters }: LostJobs,
  { format, as }: Pick<RetryFailedOptions, "as"> & { readonly format: OutputFormatEnum },
): NewWork {
  const title = titleOf(task);
  const { label, service } = task;
  const common = { label: labelOf(label), service, format };
  const amount = jobs.length + missing.length;
  if (dimension !== undefined && (as ?? (amount > 1 ? "task" : "jobs")) === "task") {
    const values = [...jobs.map((job) => job.parameters[dimension]), ...missing];
    return {
      title,
      format,
      jobs: [],
      task: { ...common, title, parameters, dimension: { name: dimension, values } },
    };
  }
  if (as === "task") {
    const message = "expected the parameter in which the jobs differ: it cannot be told from them";
    throw new RequestInvalidError(HEADLINE, { issues: [{ path: "dimension", message }] });
  }
  const again = jobs.map((job) => ({ ...common, title: titleOf(job), parameters: job.parameters }));
  const never = dimension === undefined ? [] : missing.map((value, index) => ({
    ...common,
    title: `${title}, never made ${index + 1}`,
    parameters: { ...parameters, [dimension]: value },
  }));
  return { title, format, jobs: [...again, ...never] };
}

function labelOf(label: string): BaseJobRequest["label"] {
  const words = knownWords(ProcessTypeEnum);
  const known = words.find((word) => word === label);
  if (known !== undefined) return known;
  const message = `expected ${words.map((word) => quote(word)).join(" or ")}, got ${quote(label)}`;
  throw new RequestInvalidError(HEADLINE, { issues: [{ path: "label", message }] });
}

/** The new work is called after the old, and leaves room for the number that the service adds. */
function titleOf({ title, id }: { readonly title: string; readonly id: number }): string {
  const again = ` (again, of ${id})`;
  const room = MAX_TITLE_LENGTH - again.length - " - Processing Job 1000000".length;
  return [...shownTitle(title)].slice(0, room).join("") + again;
}

function planOf(task: UpscalingTask, { jobs, missing, open }: LostJobs, work: NewWork): RetryPlan {
  const ids = (status: string) => jobs.filter((job) => job.status === status).map(({ id }) => id);
  return retryPlan({
    task: task.id,
    failed: ids("failed"),
    canceled: ids("canceled"),
    missing: missing.length,
    open,
    as: work.task === undefined ? "jobs" : "task",
    amount: work.task?.dimension.values.length ?? work.jobs.length,
    title: work.title,
    service: task.service,
    label: task.label,
    format: work.format,
  });
}

/** Creates jobs one after the other; where one cannot be, the error says which are under way. */
async function createAll(
  client: RetryClient,
  requests: readonly BaseJobRequest[],
  signal: AbortSignal | undefined,
): Promise<readonly ProcessingJobSummary[]> {
  const made: ProcessingJobSummary[] = [];
  for (const request of requests) {
    try {
      made.push(await client.unitJobs.create(request, { signal }));
    } catch (error) {
      if (made.length === 0) throw error;
      const ids = made.map(({ id }) => id).join(", ");
      const reason = error instanceof Error ? error.message : String(error);
      throw new DispatchError(
        `${HEADLINE}: ${made.length} of ${requests.length} were submitted (${ids}), then it stopped: ${reason}`,
        { cause: error },
      );
    }
  }
  return made;
}
