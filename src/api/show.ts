// How each kind of answer shows itself in a notebook, and how what it tells of is watched.
import {
  attachDisplay,
  displayAttacher,
  listAttacher,
  type ListOptions,
  showAs,
} from "../display/render/attach.ts";
import type { Displayable } from "../display/render/displayable.ts";
import { assetsTable } from "../display/views/results/assets.ts";
import { geometriesTable } from "../display/views/results/footprints.ts";
import {
  type CallWords,
  clientCard,
  type ClientFacts,
  healthCard,
  rawResultCard,
  resourceCard,
} from "../display/views/service/cards.ts";
import { jobCard } from "../display/views/work/job.ts";
import { jobsTable } from "../display/views/work/jobs.ts";
import { jobsStatusTable, taskTable } from "../display/views/work/tasks.ts";
import { parametersTable } from "../display/views/service/request.ts";
import { statisticsTable } from "../display/views/service/statistics.ts";
import { taskCard } from "../display/views/work/task.ts";
import type { GeometryCollection } from "../models/geojson/geojson.ts";
import type { Health, PublicStatisticsResponse } from "../models/monitoring.ts";
import type { ProcessingJob, ProcessingJobSummary } from "../models/jobs.ts";
import type { JobsFilter, JobsStatusResponse } from "../models/jobs_status.ts";
import type { Parameter } from "../models/parameters.ts";
import type { Watch, WatchPace } from "../models/snapshot.ts";
import type { Collection } from "../models/stac/stac.ts";
import type { UpscalingTask, UpscalingTaskSummary } from "../models/upscaling.ts";
import type { SyncJobResult } from "./answer.ts";

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

/** What is shown of results that are not there. */
export const NO_RESULTS: Displayable = assetsTable(null);

/** Makes the results of a job show themselves, if there are any; `job` is its number. */
export function showResults(results: Collection | null, job?: number): Collection | null {
  const title = job === undefined ? undefined : `Results of job ${job}`;
  return results === null ? null : attachDisplay(results, (shown) => assetsTable(shown, { title }));
}

const showJobList = listAttacher<ProcessingJobSummary>({
  view: (jobs, options) => jobsTable(jobs, tableOptions(options)),
  holds: hasTexts("title", "status", "label", "service"),
});

const showTaskList = listAttacher<UpscalingTaskSummary>({
  view: (tasks, options) => taskTable(tasks, tableOptions(options)),
  holds: hasTexts("title", "status", "label"),
});

/** A list made of another is in the reader's order, and says nothing of where jobs come from when it is empty. */
function tableOptions({ ordered, made }: ListOptions) {
  return { ...(ordered ? { sort: "given" } as const : {}), made };
}

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
  job<T extends ProcessingJobSummary>(job: T): T;
  /** Of a list of jobs, and each in it; `note` is said above the table of this very list. */
  jobs<T extends readonly ProcessingJobSummary[]>(jobs: T, note?: string): T;
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
  const jobs: ShowWork["jobs"] = (list, note) => {
    list.forEach(showJob);
    showJobList(list);
    if (note !== undefined) attachDisplay(list, (shown) => jobsTable(shown, { note }));
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

/** Makes a result that a platform sent show itself. */
export const showRawResult: (result: SyncJobResult) => SyncJobResult = displayAttacher(
  (result: SyncJobResult) => rawResultCard(result),
);

/** What the parts of a client can do, as it is typed. */
const CALLS: Readonly<Record<string, readonly CallWords[]>> = {
  unitJobs: [
    ["create(request)", "makes a job on a platform"],
    ["createSync(request)", "runs a small job on openEO and waits for its result"],
    ["list()", "your jobs, the newest first"],
    ["get(job)", "a job as it is now"],
    ["results(job)", "the files of a finished job"],
    ["watch(job), wait(job)", "a job until it ends"],
    ["parameters({ label, service })", "what a service takes"],
    ["check(request)", "every problem of a request, before it costs anything"],
    ["delete(job)", "removes a job from the list; on the platform it goes on"],
  ],
  upscaleTasks: [
    ["create(request)", "makes the same job for each value of one parameter"],
    ["list()", "your tasks, the newest first"],
    ["get(task)", "a task as it is now, with its jobs"],
    ["watch(task), wait(task)", "a task until its jobs have ended"],
  ],
  jobsStatus: [
    ["get()", "all your tasks and jobs"],
    ["watch()", "all of them until they have ended"],
  ],
  tiles: [["split({ aoi, grid })", "cuts an area into tiles"]],
};

/** Makes a part of a client show what it can do. */
export function showResource<T extends object>(name: string, resource: T): T {
  const card = resourceCard(`client.${name}`, CALLS[name] ?? []);
  return showAs(resource, () => card);
}

/** Makes a client show where it leads, who is signed in, and what it can do. */
export function showClient<T extends object>(
  client: T,
  { baseUrl, account }: Omit<ClientFacts, "calls">,
): T {
  const parts = Object.keys(CALLS).filter((name) => name in client);
  const calls = parts.map((name): CallWords => [
    name,
    (CALLS[name] ?? []).flatMap(([call]) => call.split("), "))
      .map((call) => call.slice(0, call.indexOf("("))).join(", "),
  ]);
  const others: CallWords = ["health(), statistics()", "how the service is, and what it has done"];
  return attachDisplay(client, () => clientCard({ baseUrl, account, calls: [...calls, others] }));
}
