import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { judgeJob, judgeList, type JudgeOptions, judgeTask } from "../../src/live/judge.ts";
import { WatchError } from "../../src/live/watch_error.ts";
import type { ProcessingJobSummary } from "../../src/models/jobs.ts";
import type { UpscalingTask } from "../../src/models/upscaling.ts";
import { jobSummary } from "../support/requests.ts";
import { test } from "../support/test.ts";

const RULES: JudgeOptions = { maxUnknown: 600_000, longestGap: 60_000 };

function job(id: number, status: string, label = "ogc_api_process"): ProcessingJobSummary {
  return { ...jobSummary(id, status), label };
}

/** A task whose jobs have these statuses, with ids from 1; its own status is what it likes. */
function task(statuses: readonly string[], status = "created", first = 1): UpscalingTask {
  const { id, title, label, service } = jobSummary(7);
  const created = new Date(0);
  return {
    id,
    title,
    label,
    service,
    status,
    created,
    updated: created,
    jobs: statuses.map((each, index) => job(first + index, each, "openeo")),
  };
}

test("judgeJob() takes finished, failed and canceled alone for ends", () => {
  const ended = ["created", "queued", "running", "finished", "canceled", "failed", "unknown", "new"]
    .filter((status) => judgeJob(RULES)(job(1, status), 0).done);
  assertEquals(ended, ["finished", "canceled", "failed"]);
});

test("judgeJob() bears unknown for ten minutes in a row, and then says which job and what to do", () => {
  const judge = judgeJob(RULES);
  for (let now = 0; now < 600_000; now += 60_000) {
    assertEquals(judge(job(4, "unknown"), now), {
      done: false,
      problem: "the platform cannot be asked at the moment",
    });
  }
  const error = assertThrows(() => judge(job(4, "unknown", "openeo"), 600_000), WatchError);
  assertStringIncludes(
    error.message,
    "Cannot tell how job 4 is: the platform could not be asked for 10 min in a row\n  What to do:",
  );
  assertStringIncludes(error.message, "canceled stays unknown for ever");
  assertStringIncludes(error.message, "maxUnknown");
  assertEquals(error.value, job(4, "unknown", "openeo"));
});

test("judgeJob() counts unknown anew after any other status", () => {
  const judge = judgeJob({ ...RULES, maxUnknown: 100_000 });
  for (let now = 0; now < 1_000_000; now += 50_000) {
    judge(job(1, now % 100_000 === 0 ? "unknown" : "running"), now);
  }
  judge(job(1, "unknown"), 1_000_000);
  judge(job(1, "unknown"), 1_050_000);
  assertThrows(() => judge(job(1, "unknown"), 1_100_000), WatchError, "for 1 min 40 s in a row");
});

test("judgeJob() counts a time in which nobody looked in part", () => {
  const judge = judgeJob(RULES);
  judge(job(1, "unknown"), 0);
  for (let look = 1; look < 10; look++) judge(job(1, "unknown"), look * 36_000_000);
  assertThrows(() => judge(job(1, "unknown"), 360_000_000), WatchError);
});

test("judgeJob() bears unknown for ever, or not at all, where it is told to", () => {
  const patient = judgeJob({ ...RULES, maxUnknown: Infinity });
  for (let now = 0; now < 1e9; now += 1e6) patient(job(1, "unknown"), now);
  const strict = judgeJob({ ...RULES, maxUnknown: 0 });
  assertThrows(() => strict(job(1, "unknown"), 0), WatchError);
});

test("judgeTask() asks the jobs, not the task", () => {
  const done = (statuses: string[], own: string) =>
    judgeTask({ ...RULES, expectedJobs: 3 })(task(statuses, own), 0).done;
  // What the service makes of these: created for ever, finished too early, and the like.
  assert(done(["canceled", "finished", "finished"], "created"));
  assert(done(["failed", "failed", "failed"], "failed"));
  assert(done(["finished", "failed", "canceled"], "running"));
  assert(!done(["finished", "finished"], "finished"));
  assert(!done(["finished", "finished", "running"], "finished"));
  assert(!done(["finished", "finished", "unknown"], "finished"));
  assert(!done([], "finished"));
});

test("judgeTask() says how many jobs are missing, first that, at the end also why", () => {
  const judge = judgeTask({ ...RULES, expectedJobs: 3 });
  const at = (now: number) => judge(task(["finished"]), now);
  assertEquals(at(0), { done: false, expectedJobs: 3 });
  assertEquals(at(29_000), { done: false, expectedJobs: 3 });
  const slow = { done: false, expectedJobs: 3, problem: "2 jobs of 3 have not appeared" };
  assertEquals(at(30_000), slow);
  assertEquals(at(80_000), slow);
  const { done, problem = "" } = at(120_000);
  assert(done);
  assertStringIncludes(problem, "2 jobs of 3 have not appeared and will not any more");
  assertStringIncludes(problem, "the token expired or the service restarted");
  assertStringIncludes(problem, "make a task of the missing ones");
});

test("judgeTask() waits for the jobs that there are before it gives the missing ones up", () => {
  const judge = judgeTask({ ...RULES, expectedJobs: 2 });
  judge(task(["running"]), 0);
  for (let now = 50_000; now <= 500_000; now += 50_000) {
    assertEquals(judge(task(["running"]), now), {
      done: false,
      expectedJobs: 2,
      problem: "1 job of 2 has not appeared",
    });
  }
  assert(judge(task(["finished"]), 550_000).done);
});

test("judgeTask() begins to wait anew with each job that appears", () => {
  const judge = judgeTask({ ...RULES, expectedJobs: 4 });
  for (let made = 1; made <= 4; made++) {
    const statuses = Array<string>(made).fill("finished");
    assertEquals(judge(task(statuses), made * 100_000).done, made === 4);
    assertEquals(judge(task(statuses), made * 100_000 + 29_000).problem, undefined);
  }
});

test("judgeTask() gives nothing up at the first look after a laptop has slept", () => {
  const judge = judgeTask({ ...RULES, expectedJobs: 3 });
  judge(task(["finished"]), 0);
  assert(!judge(task(["finished"]), 36_000_000).done);
  assert(judge(task(["finished"]), 36_060_000).done);
});

test("judgeTask() counts jobs that were deleted among those that there have been", () => {
  const judge = judgeTask({ ...RULES, expectedJobs: 3 });
  assert(!judge(task(["finished", "running"]), 0).done);
  assert(!judge(task(["running"], "running", 2), 1000).done);
  assertEquals(judge(task(["finished", "finished"], "finished", 2), 2000), {
    done: true,
    expectedJobs: 3,
  });
  assertEquals(judge(task([]), 3000), { done: true, expectedJobs: 3 });
});

test("judgeTask() takes a task of unknown size for complete when several readings agree", () => {
  const judge = judgeTask(RULES);
  const two = ["finished", "finished"];
  assertEquals(judge(task(["finished"]), 0), { done: false });
  assertEquals(judge(task(two), 1000), { done: false });
  // Three readings agree, but the next job may take its time.
  assertEquals([2000, 3000, 30_000].map((now) => judge(task(two), now).done), [
    false,
    false,
    false,
  ]);
  assertEquals(judge(task(two), 31_000), { done: true });
  // Long apart is not often enough.
  const sparse = judgeTask(RULES);
  assertEquals([0, 50_000, 100_000].map((now) => sparse(task(two), now).done), [
    false,
    false,
    true,
  ]);
});

test("judgeTask() gives a task of unknown size up when no job ever appears", () => {
  const judge = judgeTask(RULES);
  assertEquals([0, 60_000].map((now) => judge(task([]), now)), [{ done: false }, { done: false }]);
  const { done, problem = "" } = judge(task([]), 120_000);
  assert(done);
  assertStringIncludes(problem, "no jobs have appeared and will not any more");
});

test("judgeTask() loses patience only where nothing but unknown jobs is left", () => {
  const judge = judgeTask({ ...RULES, expectedJobs: 2 });
  for (let now = 0; now <= 2_000_000; now += 60_000) {
    assertEquals(
      judge(task(["unknown", "running"]), now).problem,
      "the platform cannot say how 1 job of the task is",
    );
  }
  judge(task(["unknown", "unknown"]), 2_100_000);
  assertEquals(
    judge(task(["unknown", "unknown"]), 2_160_000).problem,
    "the platform cannot say how 2 jobs of the task are",
  );
  for (let now = 2_220_000; now < 2_700_000; now += 60_000) {
    judge(task(["finished", "unknown"]), now);
  }
  const error = assertThrows(() => judge(task(["finished", "unknown"]), 2_700_000), WatchError);
  assertStringIncludes(error.message, "Cannot tell how job 2 is");
});

test("judgeList() is done when every job and task has ended, or there are none", () => {
  const done = (jobs: string[], tasks: string[]) =>
    judgeList(RULES)({
      processing_jobs: jobs.map((status, index) => job(index + 1, status)),
      upscaling_tasks: tasks.map((status) => task([], status)),
    }, 0).done;
  assert(done([], []));
  assert(done(["finished", "failed"], ["canceled"]));
  assert(!done(["finished", "running"], []));
  assert(!done([], ["created"]));
  assert(!done(["unknown"], []));
});

test("judgeList() names the jobs that are unknown, the first five of many", () => {
  const judge = judgeList(RULES);
  const processing_jobs = Array.from({ length: 7 }, (_, index) => job(index + 1, "unknown"));
  const list = { processing_jobs, upscaling_tasks: [] };
  assertEquals(
    judge(list, 0).problem,
    "the platform cannot say how jobs 1, 2, 3, 4, 5 and 2 more are",
  );
  for (let now = 0; now < 600_000; now += 60_000) judge(list, now);
  assertThrows(() => judge(list, 600_000), WatchError, "Cannot tell how jobs 1, 2, 3, 4, 5 and 2");
});
