// How each kind of answer shows itself in a notebook.
import { assetsTable } from "../display/views/assets.ts";
import { displayAttacher } from "../display/render/attach.ts";
import { geometriesTable } from "../display/views/geometries.ts";
import { healthCard } from "../display/views/health.ts";
import { jobCard } from "../display/views/job.ts";
import { jobsTable } from "../display/views/jobs.ts";
import { jobsStatusTable } from "../display/views/jobs_status.ts";
import { parametersTable } from "../display/views/parameters.ts";
import { taskCard } from "../display/views/task.ts";
import { taskTable } from "../display/views/tasks.ts";
import type { GeometryCollection } from "../models/geojson.ts";
import type { Health } from "../models/health.ts";
import type { ProcessingJob, ProcessingJobSummary } from "../models/jobs.ts";
import type { JobsStatusResponse } from "../models/jobs_status.ts";
import type { Parameter } from "../models/parameters.ts";
import type { Collection } from "../models/stac.ts";
import type { UpscalingTask, UpscalingTaskSummary } from "../models/upscaling.ts";

/** Makes a job show itself. */
export const showJob: (job: ProcessingJob) => ProcessingJob = displayAttacher<ProcessingJob>(
  jobCard,
);

/** Makes the summary of a job show itself. */
export const showJobSummary: (job: ProcessingJobSummary) => ProcessingJobSummary = displayAttacher<
  ProcessingJobSummary
>(jobCard);

/** Makes the summary of a task show itself. */
export const showTaskSummary: (task: UpscalingTaskSummary) => UpscalingTaskSummary =
  displayAttacher((task: UpscalingTaskSummary) => taskTable([task]));

/** Makes a service's parameters show themselves. */
export const showParameters: (parameters: readonly Parameter[]) => readonly Parameter[] =
  displayAttacher((parameters: readonly Parameter[]) => parametersTable(parameters));

/** Makes tiles show themselves. */
export const showTiles: (tiles: GeometryCollection) => GeometryCollection = displayAttacher(
  geometriesTable,
);

/** Makes a service's health show itself. */
export const showHealth: (health: Health) => Health = displayAttacher(healthCard);

const showJobs = displayAttacher((jobs: readonly ProcessingJobSummary[]) => jobsTable(jobs));
const showTasks = displayAttacher((tasks: readonly UpscalingTaskSummary[]) => taskTable(tasks));
const showTaskAlone = displayAttacher(taskCard);
const showStatusAlone = displayAttacher((status: JobsStatusResponse) => jobsStatusTable(status));
const showCollection = displayAttacher((results: Collection) => assetsTable(results));

/** Makes a task, its list of jobs and each job in it show themselves. */
export function showTask(task: UpscalingTask): UpscalingTask {
  showJobs(task.jobs).forEach(showJobSummary);
  return showTaskAlone(task);
}

/** Makes all of one's work, its lists and each job and task in them show themselves. */
export function showJobsStatus(status: JobsStatusResponse): JobsStatusResponse {
  showJobs(status.processing_jobs).forEach(showJobSummary);
  showTasks(status.upscaling_tasks).forEach(showTaskSummary);
  return showStatusAlone(status);
}

/** Makes the results of a job show themselves, if there are any. */
export function showResults(results: Collection | null): Collection | null {
  return results === null ? null : showCollection(results);
}
