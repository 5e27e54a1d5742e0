import { hasEnded, type ProcessingJobSummary } from "../../models/jobs.ts";
import type { JobsFilter, JobsStatusResponse } from "../../models/jobs_status.ts";
import type { UpscalingTask, UpscalingTaskSummary } from "../../models/upscaling.ts";
import type { ShowWork } from "../show.ts";

/** A job or task that may make the whole list fail. */
export interface Suspect {
  /** What it is. */
  readonly kind: "job" | "task";
  /** Its number. */
  readonly id: number;
  /** What its owner calls it. */
  readonly title: string;
}

/** What a client has heard of the work of its account, by whichever call. */
export interface KnownWork {
  /** The highest number of a job that was heard of, those of tasks among them; `undefined` before the first. */
  newestJob(): number | undefined;
  /** Whose platform may make a list fail, of the parts that are asked for: those of the last list first. */
  suspects(filter: readonly JobsFilter[] | undefined): readonly Suspect[];
  /** Takes in a list. */
  hearList(all: JobsStatusResponse, filter: readonly JobsFilter[] | undefined): void;
}

/** What makes the work in a client's answers show itself, and remembers of it what helps when a later call fails. */
export interface HeardWork extends ShowWork {
  /** What has been heard. */
  readonly known: KnownWork;
}

/** How many jobs and tasks are kept of each kind, so that a client that makes jobs for a year does not grow. */
const KEPT = 1_000;

type Listed = ProcessingJobSummary | UpscalingTaskSummary;

/** Makes what remembers of a client's answers whatever is shown: each of them is, however it came. */
export function hearWork(show: ShowWork): HeardWork {
  let newest: number | undefined;
  const open = { job: new Map<number, Suspect>(), task: new Map<number, Suspect>() };
  const hear = (kind: "job" | "task", work: Listed): void => {
    const { id, title, label, status } = work;
    if (kind === "job") newest = Math.max(newest ?? 0, id);
    const suspects = open[kind];
    // An openEO platform that is down makes a job `unknown`; an OGC one makes the whole list an error.
    if (label !== "ogc_api_process" || hasEnded(status)) {
      suspects.delete(id);
      return;
    }
    suspects.set(id, { kind, id, title });
    if (suspects.size <= KEPT) return;
    const [oldest] = suspects.keys();
    if (oldest !== undefined) suspects.delete(oldest);
  };
  const hearPart = (kind: "job" | "task", works: readonly Listed[]): void => {
    open[kind].clear();
    for (const work of works) hear(kind, work);
  };
  const known: KnownWork = {
    newestJob: () => newest,
    suspects: (filter) => [
      ...(has(filter, "processing") ? open.job.values() : []),
      ...(has(filter, "upscaling") ? open.task.values() : []),
    ],
    hearList({ processing_jobs: jobs, upscaling_tasks: tasks }, filter) {
      if (has(filter, "processing")) hearPart("job", jobs);
      if (has(filter, "upscaling")) hearPart("task", tasks);
    },
  };
  return {
    ...show,
    known,
    job(job) {
      hear("job", job);
      return show.job(job);
    },
    taskSummary(task, expectedJobs) {
      hear("task", task);
      return show.taskSummary(task, expectedJobs);
    },
    task<T extends UpscalingTask>(task: T, expectedJobs?: number) {
      hear("task", task);
      for (const { id } of task.jobs) {
        newest = Math.max(newest ?? 0, id);
        // The list does not ask about the jobs of tasks one by one: there the task is to blame.
        open.job.delete(id);
      }
      return show.task(task, expectedJobs);
    },
    jobsStatus(status, filter) {
      known.hearList(status, listOf(filter));
      return show.jobsStatus(status, filter);
    },
  };
}

/** A filter as a list of the parts that are asked for. */
export function listOf(
  filter: JobsFilter | readonly JobsFilter[] | undefined,
): readonly JobsFilter[] | undefined {
  return typeof filter === "string" ? [filter] : filter;
}

function has(filter: readonly JobsFilter[] | undefined, part: JobsFilter): boolean {
  return filter === undefined || filter.includes(part);
}
