import { assertEquals, assertStringIncludes } from "@std/assert";
import { progressOf, taskCard } from "../../../../src/display/views/work/task.ts";
import { bboxToPolygon } from "../../../../src/geo/box.ts";
import { test } from "../../../support/test.ts";
import { checkHtml } from "../../check_html.ts";
import { bundleOf, job, task } from "../../views.ts";

const times = (amount: number, status: string) => Array<string>(amount).fill(status);

test("progressOf() counts honestly", () => {
  const jobs = [...times(12, "finished"), ...times(3, "running"), "failed", ...times(24, "queued")];
  const { summary, done, remarks } = progressOf(task("running", ...jobs));
  assertEquals(summary, "12 of 40 tiles finished · 1 failed · 3 running · 24 queued");
  assertEquals(done, false);
  assertEquals(remarks, []);
});

test("progressOf() counts what is not made yet", () => {
  const { summary, done } = progressOf(task("running", "finished", "running"), 40);
  assertEquals(summary, "1 of 40 tiles finished · 1 running · 38 not made yet");
  assertEquals(done, false);
});

test("progressOf() is done when all jobs have ended and all exist", () => {
  assertEquals(progressOf(task("finished", "finished", "finished"), 2).done, true);
  assertEquals(progressOf(task("created", "finished", "canceled"), 2).done, true);
  assertEquals(progressOf(task("finished", "finished", "finished"), 3).done, false);
  assertEquals(progressOf(task("finished", "finished", "running"), 2).done, false);
  assertEquals(progressOf(task("finished", "finished", "unknown"), 2).done, false);
  assertEquals(progressOf(task("finished")).done, false);
  assertEquals(progressOf(task("finished", "finished"), 2).remarks.length, 1);
});

test("progressOf() says where the task's own status does not tell all", () => {
  const remarks = (status: string, jobs: readonly string[], expected?: number) =>
    progressOf(task(status, ...jobs), expected).remarks.map((remark) => remark.slice(0, 60));
  assertEquals(remarks("running", ["running", "finished"]), []);
  assertEquals(remarks("finished", ["finished", "finished"], 2), []);
  assertEquals(remarks("created", []), [
    "The service makes the jobs one by one after the task; there ",
  ]);
  assertEquals(remarks("finished", ["finished", "created"], 2), [
    "The service calls the task finished, but 1 of its jobs has n",
  ]);
  assertEquals(remarks("finished", ["finished"], 40), [
    "The service calls the task finished, but only 1 of 40 jobs e",
  ]);
  assertEquals(remarks("finished", ["finished", "failed"]), ['"finished" includes 1 failed job.']);
  assertEquals(remarks("created", ["finished", "canceled"], 2), [
    "All jobs have ended. The service keeps the task created for ",
  ]);
  assertEquals(remarks("created", ["finished", "canceled"]), [
    "All jobs made so far have ended. The task stays created whil",
  ]);
  assertEquals(remarks("failed", ["failed", "failed"], 2), [
    "Every job failed; the service gives no reason. Look first wh",
  ]);
});

test("taskCard() tells how far a task is, and shows its jobs", () => {
  const box = (west: number) => ({ west, south: 41, east: west + 1, north: 42 });
  const jobs = ["finished", "running", "failed"].map((status, at) =>
    job({
      id: at + 1,
      status,
      title: `Latium - Processing Job ${at + 1}`,
      parameters: { resolution: 10, spatial_extent: box(12 + at) },
    })
  );
  assertEquals(
    String(taskCard({ ...task("running"), jobs }, { expected: 40 })).split("\n"),
    [
      "Upscaling task 7  ◐ running  Latium",
      "Progress  1 of 40 tiles finished · 1 failed · 1 running · 37 not made yet",
      "Service   /processes/vegetation-index",
      "Platform  https://processes.example.test namespace apex · ogc_api_process",
      "Created   2026-11-23 15:38:21 UTC",
      "Updated   2026-11-23 15:40:02 UTC",
      "",
      "Jobs",
      "Alike: resolution 10",
      "Job  Status      Title             spatial_extent    Created (UTC)",
      "───  ──────────  ────────────────  ────────────────  ────────────────",
      "  3  ✗ failed    Processing Job 3  14, 41 to 15, 42  2026-11-23 15:38",
      "  2  ◐ running   Processing Job 2  13, 41 to 14, 42  2026-11-23 15:38",
      "  1  ✓ finished  Processing Job 1  12, 41 to 13, 42  2026-11-23 15:38",
    ],
  );
});

test("taskCard() shows tiles by their corners, and keeps them whole for the tooltip", () => {
  const jobs = [3.2, 3.38].map((west, at) =>
    job({
      id: at + 1,
      parameters: { spatial_extent: bboxToPolygon([west, 50.9, west + 0.18, 51.0131]) },
    })
  );
  const card = taskCard({ ...task("created"), jobs });
  assertStringIncludes(String(card), "  1  3.2, 50.9 to 3.38, 51.01");
  assertStringIncludes(String(card), "  2  3.38, 50.9 to 3.56, 51.01");
  const html = bundleOf(card)["text/html"];
  checkHtml(html);
  assertStringIncludes(
    html,
    'title="{ type: &#34;Polygon&#34;, coordinates: [[[3.2, 50.9], [3.38, 50.9]',
  );
});

test("taskCard() says that it counts what is there, where it does not know what was asked for", () => {
  assertStringIncludes(
    String(taskCard(task("running", "running"))),
    "0 of 1 tile finished · 1 running (of the jobs made so far)",
  );
});

test("taskCard() shows a task without jobs", () => {
  const text = String(taskCard(task("created"), { expected: 3 }));
  assertStringIncludes(text, "0 of 3 tiles finished · 3 not made yet");
  assertStringIncludes(text, "there are none yet");
  assertEquals(text.includes("───"), false);
});

test("taskCard() keeps a title that does not begin with the task's, and all parameters of equal jobs", () => {
  const text = String(taskCard({ ...task("running"), jobs: [job(), job({ id: 43 })] }));
  assertStringIncludes(
    text,
    "Alike: Vegetation index · bbox 12, 41 to 13, 42 · resolution 10 · bands B04, B08",
  );
  const other = String(taskCard({ ...task("running"), jobs: [job(), job({ title: "Other" })] }));
  assertStringIncludes(other, "  Vegetation index  ");
  assertStringIncludes(other, "  Other  ");
});

test("taskCard() shows as many jobs as asked for", () => {
  const text = String(taskCard(task("running", "running", "failed", "queued"), { rows: 1 }));
  assertStringIncludes(text, "Jobs · 1 of 3 shown");
  assertEquals(text.split("\n").at(-3)?.startsWith("  2  ✗ failed"), true);
  assertStringIncludes(text, "jobsTable(task.jobs, { page: 2 }) shows more");
});

test("taskCard() of a task in short says what there is, and what to do next", () => {
  const { jobs: _, ...short } = { ...task("created"), label: "openeo" };
  assertEquals(
    String(taskCard({ id: 7, title: "Latium", label: "openeo", status: "created" })),
    [
      "Upscaling task 7  ○ created  Latium",
      "Label  openeo",
      "Next   await client.upscaleTasks.get(7) has its jobs",
    ].join("\n"),
  );
  assertStringIncludes(
    String(taskCard(short, { expected: 12 })),
    "Jobs   12 asked for; they are made one by one",
  );
});
