import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { DispatchError } from "../../../../src/core/dispatch_error.ts";
import {
  countStatuses,
  createHistory,
  partsOf,
  watchToFollow,
} from "../../../../src/display/follow/frame/work.ts";
import type { ProcessingJob } from "../../../../src/models/jobs.ts";
import { attachWatch, type WatchPace } from "../../../../src/models/snapshot.ts";
import { test } from "../../../support/test.ts";
import { job, jobs, task } from "../../views.ts";
import { fakeWatch } from "../watching.ts";

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

test("watchToFollow() takes a watch as it is, and asks what knows how it is watched for one", () => {
  const watch = fakeWatch<ProcessingJob>();
  assertStrictEquals<unknown>(watchToFollow(watch, {}), watch);
  const paces: WatchPace[] = [];
  const known = attachWatch(job(), (pace) => {
    paces.push(pace);
    return watch;
  });
  assertStrictEquals<unknown>(watchToFollow(known, { interval: 5_000 }), watch);
  assertEquals(paces, [{ interval: 5_000 }]);
});

test("watchToFollow() says of what does not know what to follow instead", () => {
  const words = (target: unknown) =>
    assertThrows(() => watchToFollow(target, {}), DispatchError).message;
  const why = "it did not come from a client, so it does not know whom to ask";
  assertEquals(
    words(job()),
    `Cannot follow job 42: ${why}\n  What to do: follow client.unitJobs.watch(42)`,
  );
  const cases: readonly (readonly [unknown, string, string])[] = [
    [task("running"), "task 7", "client.upscaleTasks.watch(7)"],
    [jobs("running"), "a list", "one of what is in it"],
    [{ processing_jobs: [], upscaling_tasks: [] }, "a list of all work", "client.jobsStatus"],
    [42, "the number 42", "client.unitJobs.watch(42)"],
    [undefined, "undefined", "a job or task"],
    ["42", "a string", "a job or task"],
    [{}, "this object", "a job or task"],
    [null, "null", "a job or task"],
  ];
  for (const [target, what, instead] of cases) {
    const message = words(target);
    assertEquals(
      message.includes(`Cannot follow ${what}: `),
      true,
      message,
    );
    assertEquals(message.includes(instead), true, message);
  }
});

test("watchToFollow() survives what cannot be read", () => {
  const target = {
    get id() {
      throw new Error("no");
    },
  };
  assertThrows(() => watchToFollow(target, {}), DispatchError, "Cannot follow this object");
});
