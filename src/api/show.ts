// How each kind of answer shows itself in a notebook, and how what it tells of is watched.
import { displayAttacher } from "../display/render/attach.ts";
import { listAttacher } from "../display/render/lists.ts";
import { assetsTable } from "../display/views/results/assets.ts";
import { geometriesTable } from "../display/views/results/geometries.ts";
import { healthCard } from "../display/views/service/health.ts";
import { jobCard } from "../display/views/work/job.ts";
import { jobsTable } from "../display/views/work/jobs.ts";
import { jobsStatusTable } from "../display/views/work/jobs_status.ts";
import { parametersTable } from "../display/views/service/parameters.ts";
import { statisticsTable } from "../display/views/service/statistics.ts";
import { taskCard } from "../display/views/work/task.ts";
import { taskTable } from "../display/views/work/tasks.ts";
import type { GeometryCollection } from "../models/geojson.ts";
import type { Health } from "../models/health.ts";
import type { ProcessingJob, ProcessingJobSummary } from "../models/jobs.ts";
import type { JobsFilter, JobsStatusResponse } from "../models/jobs_status.ts";
import type { Parameter } from "../models/parameters.ts";
import type { Watch, WatchPace } from "../models/snapshot.ts";
import type { Collection } from "../models/stac.ts";
import type { PublicStatisticsResponse } from "../models/statistics.ts";
import type { UpscalingTask, UpscalingTaskSummary } from "../models/upscaling.ts";

/** Makes a service's parameters show themselves. */
export const showParameters: (parameters: readonly Parameter[]) => readonly Parameter[] =
  listAttacher<Parameter>({
    view: (parameters) => parametersTable(parameters),
    holds: hasTexts("name", "type", "description"),
  });

/** Makes tiles show themselves. */
export const showTiles: (tiles: GeometryCollection) => GeometryCollection = displayAttacher(
  geometriesTable,
);

/** Makes a service's health show itself. */
export const showHealth: (health: Health) => Health = displayAttacher(healthCard);

/** Makes the statistics of a service show themselves. */
export const showStatistics: (statistics: PublicStatisticsResponse) => PublicStatisticsResponse =
  displayAttacher((statistics: PublicStatisticsResponse) => statisticsTable(statistics));

const showCollection = displayAttacher((results: Collection) => assetsTable(results));

/** Makes the results of a job show themselves, if there are any. */
export function showResults(results: Collection | null): Collection | null {
  return results === null ? null : showCollection(results);
}

const showJobList = listAttacher<ProcessingJobSummary>({
  view: (jobs, { ordered }) => jobsTable(jobs, ordered ? { sort: "given" } : {}),
  holds: hasTexts("title", "status", "label", "service"),
});

const showTaskList = listAttacher<UpscalingTaskSummary>({
  view: (tasks, { ordered }) => taskTable(tasks, ordered ? { sort: "given" } : {}),
  holds: hasTexts("title", "status", "label"),
});

/** The calls of a client that watch. */
export interface Watching {
  /** Watches jobs. */
  readonly unitJobs: {
    watch(job: ProcessingJobSummary, options?: WatchPace): Watch<ProcessingJob>;
  };
  /** Watches tasks. */
  readonly upscaleTasks: {
    watch(
      task: UpscalingTaskSummary,
      options?: WatchPace & { readonly expectedJobs?: number | undefined },
    ): Watch<UpscalingTask>;
  };
  /** Watches all of one's work. */
  readonly jobsStatus: {
    watch(
      options?: WatchPace & {
        readonly filter?: JobsFilter | readonly JobsFilter[] | undefined;
      },
    ): Watch<JobsStatusResponse>;
  };
}

/** What makes the work in a client's answers show itself, and be watched. */
export interface ShowWork {
  /** Of a job. */
  job<T extends ProcessingJobSummary>(job: T): T;
  /** Of a list of jobs, and each in it. */
  jobs<T extends readonly ProcessingJobSummary[]>(jobs: T): T;
  /** Of a task in short; `expectedJobs` says how many jobs it was asked for, where that is known. */
  taskSummary<T extends UpscalingTaskSummary>(task: T, expectedJobs?: number): T;
  /** Of a list of tasks, and each in it. */
  tasks<T extends readonly UpscalingTaskSummary[]>(tasks: T): T;
  /** Of a task, its list of jobs and each in it; `expectedJobs` says how many jobs it was asked for. */
  task<T extends UpscalingTask>(task: T, expectedJobs?: number): T;
  /** Of all of one's work, its lists, and each job and task in them; `filter` says which part was asked for. */
  jobsStatus<T extends JobsStatusResponse>(
    status: T,
    filter?: JobsFilter | readonly JobsFilter[],
  ): T;
}

/**
 * Makes what shows the work of a client. The client is asked only when somebody watches, so it may still be in the
 * making.
 */
export function showWork(client: Watching): ShowWork {
  const showJob = displayAttacher<ProcessingJobSummary>(
    jobCard,
    (job, pace) => client.unitJobs.watch(job, pace),
  );
  const tasksShower = (expectedJobs?: number) => ({
    summary: displayAttacher<UpscalingTaskSummary>(
      (task) => taskCard(task, { expected: expectedJobs }),
      (task, pace) => client.upscaleTasks.watch(task, { ...pace, expectedJobs }),
    ),
    whole: displayAttacher<UpscalingTask>(
      (task) => taskCard(task, { expected: expectedJobs }),
      (task, pace) => client.upscaleTasks.watch(task, { ...pace, expectedJobs }),
    ),
  });
  const someTask = tasksShower();
  const showerOf = (expectedJobs?: number) =>
    expectedJobs === undefined ? someTask : tasksShower(expectedJobs);
  const jobs: ShowWork["jobs"] = (list) => {
    list.forEach(showJob);
    showJobList(list);
    return list;
  };
  const tasks: ShowWork["tasks"] = (list) => {
    list.forEach(someTask.summary);
    showTaskList(list);
    return list;
  };
  return {
    job(job) {
      showJob(job);
      return job;
    },
    jobs,
    tasks,
    taskSummary(task, expectedJobs) {
      showerOf(expectedJobs).summary(task);
      return task;
    },
    task(task, expectedJobs) {
      jobs(task.jobs);
      showerOf(expectedJobs).whole(task);
      return task;
    },
    jobsStatus(status, filter) {
      jobs(status.processing_jobs);
      tasks(status.upscaling_tasks);
      displayAttacher<JobsStatusResponse>(
        (shown) => jobsStatusTable(shown),
        (_, pace) => client.jobsStatus.watch({ ...pace, filter }),
      )(status);
      return status;
    },
  };
}

/** Tells what can stand in a list by the fields it must have. */
function hasTexts(...names: readonly string[]): (item: unknown) => boolean {
  return (item) => typeof item === "object" && item !== null && names.every((name) => name in item);
}
