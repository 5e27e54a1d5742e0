import { assertEquals } from "@std/assert";
import { createHistory } from "../../../../src/display/follow/frame/history.ts";
import { test } from "../../../support/test.ts";
import { job, task } from "../../views.ts";

test("createHistory() tells what was so when following began from what was seen to come", () => {
  const history = createHistory();
  history.learn(task("running", "running", "queued"), 1_000);
  history.learn(task("running", "running", "running", "created"), 5_000);
  const since = (id: number) => history.since({ kind: "job", id });
  assertEquals([1, 2, 3].map((id) => [since(id)?.at, since(id)?.seen]), [
    [1_000, false],
    [5_000, true],
    [5_000, true],
  ]);
  assertEquals(since(4), undefined);
});

test("createHistory() takes the length of jobs that were seen from beginning to end", () => {
  const history = createHistory();
  history.learn(task("running", "running", "queued", "queued"), 0);
  history.learn(task("running", "running", "running", "queued"), 10_000);
  history.learn(task("running", "finished", "failed", "finished"), 25_000);
  // The first ran before anybody looked, the third was never seen running.
  assertEquals(history.ran, [15_000]);
});

test("createHistory() counts a status anew that a job comes back to, and of its length the last time alone", () => {
  const history = createHistory();
  history.learn(task("running", "queued"), 0);
  history.learn(task("running", "running"), 10_000);
  history.learn(task("running", "unknown"), 20_000);
  history.learn(task("running", "running"), 30_000);
  assertEquals(history.since({ kind: "job", id: 1 }), {
    status: "running",
    at: 30_000,
    seen: true,
  });
  history.learn(task("running", "running"), 40_000);
  assertEquals(history.since({ kind: "job", id: 1 })?.at, 30_000);
  history.learn(task("running", "finished"), 45_000);
  assertEquals(history.ran, [15_000]);
});

test("createHistory() remembers the most that ran at once of late, and the last change", () => {
  const history = createHistory();
  assertEquals([history.atOnce, history.lastChange], [0, undefined]);
  history.learn(task("running", "running", "running", "running"), 0);
  assertEquals([history.atOnce, history.lastChange], [3, undefined]);
  for (let reading = 1; reading <= 9; reading++) {
    history.learn(task("running", "finished", "finished", "running"), reading);
  }
  assertEquals([history.atOnce, history.lastChange], [3, 1]);
  history.learn(task("running", "finished", "finished", "running"), 10);
  assertEquals([history.atOnce, history.lastChange], [1, 1]);
});

test("createHistory() does not take a task for the job of the same number", () => {
  const history = createHistory();
  history.learn({
    upscaling_tasks: [task("running")],
    processing_jobs: [job({ id: 7, status: "queued" })],
  }, 0);
  history.learn({
    upscaling_tasks: [task("running")],
    processing_jobs: [job({ id: 7, status: "running" })],
  }, 9);
  assertEquals(history.since({ kind: "task", id: 7 })?.at, 0);
  assertEquals(history.since({ kind: "job", id: 7 })?.at, 9);
});
