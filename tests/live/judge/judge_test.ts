import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { judgeJob, judgeList, type JudgeOptions } from "../../../src/live/judge/judge.ts";
import { WatchError } from "../../../src/live/trouble.ts";
import type { ProcessingJob, ProcessingJobSummary } from "../../../src/models/jobs.ts";
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

/** A whole job. */
function whole(id: number, status: string, label?: string): ProcessingJob {
  const created = new Date(0);
  return { ...job(id, status, label), created, updated: created };
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
    .filter((status) => judgeJob(RULES)(whole(1, status), 0).done);
  assertEquals(ended, ["finished", "canceled", "failed"]);
});

test("judgeJob() bears unknown for ten minutes in a row, and then says which job and what to do", () => {
  const judge = judgeJob(RULES);
  for (let now = 0; now < 600_000; now += 60_000) {
    assertEquals(judge(whole(4, "unknown"), now), {
      done: false,
      problem: "the platform cannot be asked at the moment",
    });
  }
  const error = assertThrows(() => judge(whole(4, "unknown", "openeo"), 600_000), WatchError);
  assertStringIncludes(
    error.message,
    "Cannot tell how job 4 is: the platform could not say for 10 min\n  What to do:",
  );
  assertStringIncludes(error.message, "canceled stays unknown for ever");
  assertEquals(error.value, whole(4, "unknown", "openeo"));
});

test("judgeJob() counts unknown anew after any other status", () => {
  const judge = judgeJob({ ...RULES, maxUnknown: 100_000 });
  for (let now = 0; now < 1_000_000; now += 50_000) {
    judge(whole(1, now % 100_000 === 0 ? "unknown" : "running"), now);
  }
  judge(whole(1, "unknown"), 1_000_000);
  judge(whole(1, "unknown"), 1_050_000);
  assertThrows(
    () => judge(whole(1, "unknown"), 1_100_000),
    WatchError,
    "could not say for 1 min 40 s",
  );
});

test("judgeJob() counts a time in which nobody looked in part", () => {
  const judge = judgeJob(RULES);
  judge(whole(1, "unknown"), 0);
  for (let look = 1; look < 10; look++) judge(whole(1, "unknown"), look * 36_000_000);
  assertThrows(() => judge(whole(1, "unknown"), 360_000_000), WatchError);
});

test("judgeJob() bears unknown for ever, or not at all, where it is told to", () => {
  const patient = judgeJob({ ...RULES, maxUnknown: Infinity });
  for (let now = 0; now < 2e7; now += 1e6) patient(whole(1, "unknown"), now);
  const strict = judgeJob({ ...RULES, maxUnknown: 0 });
  assertThrows(() => strict(whole(1, "unknown"), 0), WatchError);
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
  for (let now = 0; now < 600_000; now += 60_000) assert(!judge(list, now).done);
  assertEquals(judge(list, 600_000), {
    done: true,
    problem:
      "the platform could not say for 10 min how jobs 1, 2, 3, 4, 5 and 2 more are; look on the platform whether they still run",
  });
});

test("judgeJob() has a word for a job that waits for hours, and for none that runs", () => {
  const judge = judgeJob(RULES);
  assertEquals(judge(whole(1, "queued"), 21_600_000), { done: false });
  const late = judge(whole(1, "queued"), 21_600_001);
  assertStringIncludes(
    late.problem ?? "",
    "it is still queued, more than 6 h after it was created",
  );
  // The words stay the same, so that nobody is told of it with each reading.
  assertEquals(judge(whole(1, "queued"), 90_000_000), late);
  assertEquals(judge(whole(1, "running"), 90_000_000), { done: false });
  const never = judgeJob({ ...RULES, alarmAfter: Infinity });
  assertEquals(never(whole(1, "created"), 9e12), { done: false });
});

test("judgeList() goes on while anything but unknown jobs is open, and takes a task for such", () => {
  const judge = judgeList({ ...RULES, maxUnknown: 60_000 });
  const processing_jobs = [job(1, "unknown", "openeo")];
  const busy = { processing_jobs, upscaling_tasks: [task([], "running")] };
  for (let now = 0; now <= 600_000; now += 60_000) assert(!judge(busy, now).done);
  const alone = { processing_jobs, upscaling_tasks: [task([], "finished")] };
  assert(!judge(alone, 660_000).done);
  const { done, problem = "" } = judge(alone, 720_000);
  assert(done);
  assertStringIncludes(problem, "how job 1 is: an openEO job that was canceled stays unknown");
});

test("judgeList() says once which jobs were deleted, of those that had not ended", () => {
  const judge = judgeList(RULES);
  const list = (...jobs: [number, string][]) => ({
    processing_jobs: jobs.map(([id, status]) => job(id, status)),
    upscaling_tasks: [],
  });
  assertEquals(judge(list([1, "running"], [2, "finished"], [3, "running"]), 0), { done: false });
  assertEquals(judge(list([1, "finished"]), 1000), {
    done: true,
    problem: "job 3 was deleted meanwhile: on the platform it may still run",
  });
  assertEquals(judge(list([1, "finished"]), 2000), { done: true });
});

test("judgeList() names the jobs that have waited for hours", () => {
  const judge = judgeList({ ...RULES, alarmAfter: 3_600_000 });
  const list = (first: string, second: string) => ({
    processing_jobs: [job(1, first), job(2, second)],
    upscaling_tasks: [],
  });
  assertEquals(judge(list("queued", "created"), 0), { done: false });
  assertEquals(
    judge(list("queued", "running"), 3_600_001).problem,
    "job 1 is still queued after 1 h: the platform is busy or has lost it; look there",
  );
  // It has run meanwhile, so it begins to wait anew.
  assertEquals(judge(list("running", "queued"), 3_700_000), { done: false });
  assertEquals(judge(list("queued", "queued"), 7_200_000), { done: false });
  assertStringIncludes(judge(list("queued", "queued"), 11_000_000).problem ?? "", "jobs 1, 2 are");
});
