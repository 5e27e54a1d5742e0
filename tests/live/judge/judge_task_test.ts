import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { JudgeOptions } from "../../../src/live/judge/judge.ts";
import { judgeTask } from "../../../src/live/judge/judge_task.ts";
import type { ProcessingJobSummary } from "../../../src/models/jobs.ts";
import type { UpscalingTask } from "../../../src/models/upscaling.ts";
import { jobSummary } from "../../support/requests.ts";
import { test } from "../../support/test.ts";

const RULES: JudgeOptions = {
  maxUnknown: 600_000,
  longestGap: 60_000,
  alarmAfter: 21_600_000,
};

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
  assertStringIncludes(problem, "at most one of them may run on the platform unseen: look there");
  assertStringIncludes(problem, "make a task of the others");
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
  // It ends with what is known: a canceled openEO job would stay unknown for ever.
  const { done, problem = "" } = judge(task(["finished", "unknown"]), 2_700_000);
  assert(done);
  assertStringIncludes(
    problem,
    "the platform could not say for 10 min how job 2 is: an openEO job",
  );
  assertStringIncludes(problem, "look on the platform whether it still runs");
});

test("judgeTask() waits for missing jobs before it ends with unknown ones", () => {
  const judge = judgeTask({ ...RULES, expectedJobs: 2, maxUnknown: 60_000 });
  assertEquals([0, 60_000].map((now) => judge(task(["unknown"]), now).done), [false, false]);
  const { done, problem = "" } = judge(task(["unknown"]), 120_000);
  assert(done);
  assertStringIncludes(problem, "how job 1 is");
  assertStringIncludes(problem, "1 job of 2 has not appeared and will not any more");
});

test("judgeTask() says once which jobs were deleted", () => {
  const judge = judgeTask({ ...RULES, expectedJobs: 3 });
  judge(task(["running", "running", "running"]), 0);
  assertEquals(
    judge(task(["running"], "running", 3), 1000).problem,
    "jobs 1, 2 were deleted meanwhile: on the platform they may still run",
  );
  assertEquals(judge(task(["running"], "running", 3), 2000).problem, undefined);
});

test("judgeTask() has a word for a task of which no job begins for hours", () => {
  const judge = judgeTask({ ...RULES, expectedJobs: 2, alarmAfter: 3_600_000 });
  assertEquals(judge(task(["queued", "created"]), 3_600_000).problem, undefined);
  assertEquals(
    judge(task(["queued", "created"]), 3_600_001).problem,
    "no job of the task has begun for more than 1 h: the platform is busy or has lost it; look there",
  );
  // That one moves is enough: others may wait for it.
  assertEquals(judge(task(["queued", "queued"]), 3_600_002).problem, undefined);
  assertEquals(judge(task(["running", "queued"]), 9_000_000).problem, undefined);
});
