import { operations } from "../../api/operations.ts";
import { jsonAnswer } from "../server/answer.ts";
import { type Handler, userHandler } from "../server/handler.ts";
import { askPlatforms, readJob, summaryOf } from "./jobs.ts";
import { readTask } from "./tasks.ts";
import { taskSummary } from "./upscale_tasks.ts";
import type { World } from "./world.ts";

/** `GET /jobs_status`: one job that cannot be read fails the whole list. */
export const getJobsStatus: Handler = userHandler(operations.getJobsStatus, {
  failure: "An error occurred while retrieving the job status.",
  async run({ user, filter, fail }, world) {
    const wanted = (part: "upscaling" | "processing") =>
      filter.length === 0 || filter.includes(part);
    const asked = [...world.state.jobs.values()].filter((job) =>
      job.user === user && wanted(job.taskId === undefined ? "processing" : "upscaling")
    );
    await askPlatforms(world, asked);
    const tasks = wanted("upscaling") ? listTasks(world, user) : [];
    if (typeof tasks === "string") return fail(tasks);
    const jobs = wanted("processing") ? listJobs(world, user) : [];
    if (typeof jobs === "string") return fail(jobs);
    return jsonAnswer(200, { upscaling_tasks: tasks, processing_jobs: jobs });
  },
});

/** A user's tasks, or why one of them could not be read. */
function listTasks(world: World, user: string): object[] | string {
  const summaries: object[] = [];
  for (const task of world.state.tasks.values()) {
    if (task.user !== user) continue;
    const reading = readTask(world, task);
    if (!reading.ok) return reading.reason;
    summaries.push(taskSummary(task));
  }
  return summaries;
}

/** A user's jobs, without those of tasks, or why one of them could not be read. */
function listJobs(world: World, user: string): object[] | string {
  const now = world.clock.now();
  const summaries: object[] = [];
  for (const job of world.state.jobs.values()) {
    if (job.user !== user || job.taskId !== undefined) continue;
    const reading = readJob(job, now);
    if (!reading.ok) return reading.reason;
    summaries.push(summaryOf(job, reading.progress));
  }
  return summaries;
}
