import { assertEquals, assertStringIncludes } from "@std/assert";
import { jobsStatusTable } from "../../../../src/display/views/work/jobs_status.ts";
import { test } from "../../../support/test.ts";
import { checkHtml } from "../../check_html.ts";
import { bundleOf, jobs } from "../../views.ts";

test("jobsStatusTable() shows tasks and jobs, each with its counts", () => {
  const view = jobsStatusTable({
    upscaling_tasks: jobs("running"),
    processing_jobs: jobs("finished", "failed"),
  });
  const lines = String(view).split("\n");
  assertEquals(lines[0], "1 upscaling task");
  assertEquals(lines[5], "2 jobs · 1 failed · 1 finished");
  assertStringIncludes(checkHtml(bundleOf(view)["text/html"]), "2 jobs · 1 failed · 1 finished");
});

test("jobsStatusTable() leaves out a part that is empty or was not asked for", () => {
  const view = jobsStatusTable({ upscaling_tasks: [], processing_jobs: jobs("finished") });
  assertEquals(String(view).includes("task"), false);
  const none = jobsStatusTable({ upscaling_tasks: [], processing_jobs: [] });
  assertEquals(String(none).split("\n"), [
    "No jobs and no upscaling tasks yet.",
    "await client.unitJobs.create(request) makes a job,",
    "await upscaleArea(client, { aoi, grid, request }) one for each tile of an area.",
  ]);
});

test("jobsStatusTable() shows as many rows of each as asked for", () => {
  const all = jobs("failed", "failed", "failed");
  const view = jobsStatusTable({ upscaling_tasks: all, processing_jobs: all }, { rows: 2 });
  assertEquals(String(view).match(/2 of 3 shown/g)?.length, 2);
});
