import { assertEquals, assertStringIncludes } from "@std/assert";
import { jobsStatusTable, taskTable } from "../../../../src/display/views/work/tasks.ts";
import { test } from "../../../support/test.ts";
import { checkHtml } from "../../check_html.ts";
import { bundleOf, jobs } from "../../views.ts";

test("taskTable() prints an aligned table, what needs looking at first", () => {
  assertEquals(String(taskTable(jobs("finished", "failed", "created"))).split("\n"), [
    "3 upscaling tasks · 1 failed · 1 created · 1 finished",
    "Alike: ogc_api_process",
    "Task  Status      Title",
    "────  ──────────  ────────────────",
    "   2  ✗ failed    Vegetation index",
    "   3  ○ created   Vegetation index",
    "   1  ✓ finished  Vegetation index",
  ]);
});

test("taskTable() takes a caption and a number of rows", () => {
  assertStringIncludes(
    String(taskTable(jobs("failed", "failed"), { rows: 1, caption: "Mine" })),
    "Mine  ✗ failed · 2 upscaling tasks · 1 of 2 shown",
  );
  assertEquals(
    String(taskTable([])),
    "No upscaling tasks yet: await upscaleArea(client, { aoi, grid, request }) makes one.",
  );
  assertEquals(
    String(taskTable(jobs("failed"), { where: { status: "running" } })),
    "Nothing like that among 1 upscaling task",
  );
  assertEquals(String(taskTable([], { caption: "Mine" })), "Mine: no upscaling tasks");
});

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
