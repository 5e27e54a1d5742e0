import { assertEquals } from "@std/assert";
import { progressOf } from "../../../../src/display/views/work/progress.ts";
import { test } from "../../../support/test.ts";
import { task } from "../../views.ts";

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
