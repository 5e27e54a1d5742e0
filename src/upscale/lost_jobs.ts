import { isObject } from "../core/objects.ts";
import { hasEnded, type ProcessingJobSummary } from "../models/jobs.ts";
import type { UpscalingTask, UpscalingTaskRequest } from "../models/upscaling.ts";

/** What of a task has come to nothing, and what can be made of it. */
export interface LostJobs {
  /** Jobs that failed or were canceled. */
  readonly jobs: readonly ProcessingJobSummary[];
  /** The values of the dimension for which no job was ever made, or whose job was deleted. */
  readonly missing: readonly unknown[];
  /** How many jobs may still end well: they run, wait, or cannot be asked about. */
  readonly open: number;
  /** What the jobs were made for each value of; nothing where they differ in more than one parameter, or in none. */
  readonly dimension: string | undefined;
  /** The parameters that all jobs share. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * What of a task has come to nothing. The service tells neither what a task was asked for nor for what no job was made:
 * the dimension is the one parameter in which the jobs differ, and what is missing is known from the request alone.
 */
export function lostJobs(
  task: UpscalingTask,
  { request, dimension }: {
    readonly request?: UpscalingTaskRequest | undefined;
    readonly dimension?: string | undefined;
  } = {},
): LostJobs {
  const differing = differingNames(task.jobs);
  const [only, ...more] = differing;
  const name = dimension ?? request?.dimension.name ?? (more.length === 0 ? only : undefined);
  const shared = request?.parameters ?? task.jobs[0]?.parameters ?? {};
  return {
    jobs: task.jobs.filter(({ status }) => hasEnded(status) && status !== "finished"),
    missing: request === undefined ? [] : missingValues(task, request),
    open: task.jobs.filter(({ status }) => !hasEnded(status)).length,
    dimension: name,
    parameters: Object.fromEntries(Object.entries(shared).filter(([key]) => key !== name)),
  };
}

/** The names of the parameters in which jobs differ. */
function differingNames(jobs: readonly ProcessingJobSummary[]): readonly string[] {
  const values = new Map<string, Set<string>>();
  for (const { parameters } of jobs) {
    for (const [name, value] of Object.entries(parameters)) {
      const seen = values.get(name) ?? new Set();
      values.set(name, seen.add(keyOf(value)));
    }
  }
  return [...values].filter(([name, seen]) =>
    seen.size > 1 || jobs.some(({ parameters }) => !Object.hasOwn(parameters, name))
  ).map(([name]) => name);
}

/** The values for which there is no job: by the number in a job's title, or else by the value. */
function missingValues(
  { jobs, title }: UpscalingTask,
  { dimension: { name, values } }: UpscalingTaskRequest,
): readonly unknown[] {
  const prefix = `${title} - Processing Job `;
  const numbers = new Set(
    jobs.map((job) => job.title.startsWith(prefix) ? Number(job.title.slice(prefix.length)) : NaN),
  );
  const isNumbered = numbers.size === jobs.length &&
    [...numbers].every((number) => number >= 1 && number <= values.length);
  if (isNumbered) return values.filter((_, index) => !numbers.has(index + 1));
  const made = new Map<string, number>();
  for (const { parameters } of jobs) {
    const key = keyOf(parameters[name]);
    made.set(key, (made.get(key) ?? 0) + 1);
  }
  return values.filter((value) => {
    const left = made.get(keyOf(value)) ?? 0;
    made.set(keyOf(value), left - 1);
    return left <= 0;
  });
}

/** A value as text that is the same however it is written: the order of names means nothing. */
function keyOf(value: unknown): string {
  return JSON.stringify(
    value,
    (_, inner: unknown) =>
      isObject(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a < b ? -1 : 1))
        : inner,
  ) ?? "";
}
