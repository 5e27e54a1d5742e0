import { assertEquals } from "@std/assert";
import { countStatuses, partsOf } from "../../../../src/display/follow/frame/work.ts";
import { test } from "../../../support/test.ts";
import { job, task } from "../../views.ts";

test("partsOf() takes a job for itself, a task for its jobs, a list for what is in it", () => {
  const names = (work: Parameters<typeof partsOf>[0]) =>
    partsOf(work).map(({ kind, id, status }) => `${kind} ${id} ${status}`);
  assertEquals(names(job({ status: "queued" })), ["job 42 queued"]);
  assertEquals(names(task("running", "finished", "failed")), ["job 1 finished", "job 2 failed"]);
  assertEquals(names({ upscaling_tasks: [task("running")], processing_jobs: [job()] }), [
    "task 7 running",
    "job 42 created",
  ]);
});

test("countStatuses() counts", () => {
  const parts = partsOf(task("running", "finished", "failed", "finished"));
  assertEquals([...countStatuses(parts)], [["finished", 2], ["failed", 1]]);
});
