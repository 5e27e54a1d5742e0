// Waiting is right where the service is not.
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  AuthenticatedClient,
  AuthenticationError,
  NotFoundError,
  ResponseInvalidError,
  ServerError,
  WatchError,
} from "../../mod.ts";
import { operations } from "../../src/api/operations.ts";
import { resolveConfig } from "../../src/http/config.ts";
import {
  failureOfJob,
  failureOfTask,
  slowFor,
  streamOf,
  timeForJobs,
} from "../../src/api/watching.ts";
import type { SandboxOptions } from "../../src/sandbox/mod.ts";
import type { Snapshot } from "../../src/models/snapshot.ts";
import type { UpscalingTask, UpscalingTaskRequest } from "../../src/models/upscaling.ts";
import { collect, failureOf, type Stage, stage, TASK_REQUEST, until } from "../live/support.ts";
import { JOB_REQUEST, jobSummary, wholeJob } from "../support/requests.ts";
import { serve } from "../support/server.ts";
import { test } from "../support/test.ts";

const WAYS = [true, false];

/** The same on a platform of the other kind: a cancelled job of openEO is never known to be. */
const OGC_TASK: UpscalingTaskRequest = {
  ...TASK_REQUEST,
  label: "ogc_api_process",
  service: JOB_REQUEST.service,
};

/** Watches a task of three jobs by WebSocket, and by asking, each on a stage of its own. */
async function bothWays(
  options: Omit<SandboxOptions, "clock">,
  check: (snapshots: readonly Snapshot<UpscalingTask>[], on: Stage) => void,
  { expectedJobs = 3, request = TASK_REQUEST }: {
    readonly expectedJobs?: number | undefined;
    readonly request?: UpscalingTaskRequest;
  } = {},
): Promise<void> {
  for (const socket of WAYS) {
    await using on = stage(options);
    const task = await on.client.upscaleTasks.create(request);
    const watch = on.client.upscaleTasks.watch(task, { expectedJobs, interval: 1000, socket });
    check(await on.drive(collect(watch)), on);
  }
}

function statuses(snapshot: Snapshot<UpscalingTask> | undefined): string[] {
  return snapshot?.value.jobs.map(({ status }) => status) ?? [];
}

test("timeForJobs() gives a reading as long as its jobs take, and never less than any call has", () => {
  const time = (timeout: number | null, jobs: number | undefined) =>
    timeForJobs({ ...resolveConfig({ baseUrl: "http://127.0.0.1:1" }), timeout }, jobs);
  assertEquals(time(60_000, 0), 120_000);
  assertEquals(time(60_000, 100), 420_000);
  assertEquals(time(60_000, undefined), 1_800_000);
  assertEquals(time(3_600_000, 100), 3_600_000);
  assertEquals(time(3_600_000, undefined), 3_600_000);
  assertEquals(time(null, 100), null);
});

test("slowFor() says how long many jobs take, and of one that it takes its time", () => {
  const waiting = "waiting for an answer: the service asks the platform about ";
  assertEquals(
    slowFor(100, "of task 7"),
    `${waiting}each of 100 jobs, one after the other, which can take 2 minutes`,
  );
  for (const few of [undefined, 0, 1]) {
    assertEquals(
      slowFor(few, "of task 7"),
      `${waiting}every open job of task 7, one after the other, which takes its time`,
    );
  }
});

test("upscaleTasks.watch() ends with canceled and finished jobs, which the service calls created for ever", async () => {
  await bothWays({ outcome: ({ id }) => id === 2 ? "canceled" : "finished" }, (snapshots) => {
    const last = snapshots.at(-1);
    assertEquals(statuses(last), ["finished", "canceled", "finished"]);
    assertEquals([last?.value.status, last?.done, last?.problem], ["created", true, undefined]);
  }, { request: OGC_TASK });
});

test("upscaleTasks.watch() goes on where the service says finished while jobs are still being made", async () => {
  const pace = { created: 0, queued: 0, running: 1000, child: 8000 };
  await bothWays({ pace }, (snapshots) => {
    const early = snapshots.filter(({ value }) => value.status === "finished");
    assert(early.some(({ value, done }) => value.jobs.length === 1 && !done));
    assertEquals(statuses(snapshots.at(-1)), ["finished", "finished", "finished"]);
    assertEquals([snapshots.at(-1)?.done, snapshots.at(-1)?.problem], [true, undefined]);
  });
});

test("upscaleTasks.watch() waits for stable readings where the number of jobs is not known", async () => {
  const pace = { created: 0, queued: 0, running: 1000, child: 8000 };
  for (const socket of WAYS) {
    await using on = stage({ pace });
    const task = await on.client.upscaleTasks.create(TASK_REQUEST);
    const watch = on.client.upscaleTasks.watch(task, { interval: 1000, socket });
    const last = (await on.drive(collect(watch))).at(-1);
    assertEquals(statuses(last), ["finished", "finished", "finished"]);
    assertEquals([last?.done, last?.problem, last?.expectedJobs], [true, undefined, undefined]);
  }
});

test("upscaleTasks.watch() ends when every job has failed", async () => {
  await bothWays({ outcome: () => "failed" }, (snapshots) => {
    assertEquals(statuses(snapshots.at(-1)), ["failed", "failed", "failed"]);
    assertEquals([snapshots.at(-1)?.value.status, snapshots.at(-1)?.done], ["failed", true]);
  });
});

test("upscaleTasks.watch() says how many jobs are missing where the token expired while they were made", async () => {
  for (const socket of WAYS) {
    await using on = stage();
    const token = on.sandbox.issueToken({ expiresIn: 1200 });
    const task = await on.clientWith({ token }).upscaleTasks.create(TASK_REQUEST);
    const watch = on.client.upscaleTasks.watch(task, { expectedJobs: 3, interval: 1000, socket });
    const snapshots = await on.drive(collect(watch), 2000);
    const last = snapshots.at(-1);
    assertEquals([statuses(last), last?.value.status, last?.done, last?.expectedJobs], [
      ["finished", "finished"],
      "finished",
      true,
      3,
    ]);
    assertStringIncludes(
      last?.problem ?? "",
      "1 job of 3 has not appeared and will not any more: the token expired or the service restarted",
    );
    assert(
      snapshots.some(({ done, problem }) => !done && problem === "1 job of 3 has not appeared"),
    );
  }
});

test("upscaleTasks.watch() says that jobs are missing where the service restarted while they were made", async () => {
  await using on = stage();
  const task = await on.client.upscaleTasks.create(TASK_REQUEST);
  on.clock.advance(600);
  const seen: Snapshot<UpscalingTask>[] = [];
  await on.drive(
    (async () => {
      const watch = on.client.upscaleTasks.watch(task, { expectedJobs: 3, interval: 1000 });
      for await (const snapshot of watch) {
        if (seen.push(snapshot) === 1) await on.sandbox.restart();
      }
    })(),
    2000,
  );
  assertEquals([statuses(seen.at(-1)), seen.at(-1)?.done], [["finished"], true]);
  assertStringIncludes(seen.at(-1)?.problem ?? "", "2 jobs of 3 have not appeared and will not");
});

test("upscaleTasks.watch() ends where not a single job could be made", async () => {
  await using on = stage();
  const token = on.sandbox.issueToken({ expiresIn: 100 });
  const task = await on.clientWith({ token }).upscaleTasks.create(TASK_REQUEST);
  const cases = [
    [3, "3 jobs of 3 have not appeared and will not any more"],
    [undefined, "no jobs have appeared and will not any more"],
  ] as const;
  for (const [expectedJobs, words] of cases) {
    const watch = on.client.upscaleTasks.watch(task, { expectedJobs, interval: 1000 });
    const last = (await on.drive(collect(watch), 2000)).at(-1);
    assertEquals([statuses(last), last?.done], [[], true]);
    assertStringIncludes(last?.problem ?? "", words);
  }
});

test("upscaleTasks.watch() bears jobs that are unknown for a while", async () => {
  await using on = stage({ pace: { running: 300_000 } });
  const task = await on.client.upscaleTasks.create(TASK_REQUEST);
  on.clock.advance(1500);
  for (const id of [1, 2]) on.sandbox.setStatus(id, "unknown");
  const seen: Snapshot<UpscalingTask>[] = [];
  const watched = on.drive(
    (async () => {
      const watch = on.client.upscaleTasks.watch(task, { expectedJobs: 3, socket: true });
      for await (const snapshot of watch) seen.push(snapshot);
    })(),
    5000,
  );
  await until(() => on.clock.now() > on.sandbox.clock.now() - 1 && seen.length > 0);
  assertEquals(seen[0]?.problem, "the platform cannot say how 2 jobs of the task are");
  await until(() => (on.sandbox.streams[0]?.sent ?? 0) > 30);
  for (const id of [1, 2]) on.sandbox.setStatus(id, "finished");
  await watched;
  assertEquals([statuses(seen.at(-1)), seen.at(-1)?.problem], [
    ["finished", "finished", "finished"],
    undefined,
  ]);
});

test("upscaleTasks.watch() ends with what is known where a job stays unknown, after half an hour", async () => {
  for (const socket of WAYS) {
    await using on = stage({ outcome: ({ id }) => id === 2 ? "unknown" : "finished" });
    const task = await on.client.upscaleTasks.create(TASK_REQUEST);
    const watch = on.client.upscaleTasks.watch(task, { expectedJobs: 3, socket });
    const begin = on.clock.now();
    const last = (await on.drive(collect(watch), 10_000)).at(-1);
    assertEquals([statuses(last), last?.done], [["finished", "unknown", "finished"], true]);
    assertStringIncludes(
      last?.problem ?? "",
      "the platform could not say for 30 min how job 2 is: an openEO job that was canceled stays unknown for ever",
    );
    const minutes = (on.clock.now() - begin) / 60_000;
    assert(minutes >= 30 && minutes <= 33, `${minutes} minutes`);
  }
});

test("jobsStatus.watch() ends with what is known where a job stays unknown", async () => {
  for (const socket of WAYS) {
    await using on = stage({ outcome: () => "unknown" });
    const { dimension: { values }, ...request } = TASK_REQUEST;
    await on.client.unitJobs.create({ ...request, parameters: { spatial_extent: values[0] } });
    const watch = on.client.jobsStatus.watch({ socket, maxOutage: 600_000 });
    const last = (await on.drive(collect(watch), 10_000)).at(-1);
    assertEquals(last?.done, true);
    assertStringIncludes(last?.problem ?? "", "could not say for 10 min how job 1 is: an openEO");
  }
});

test("unitJobs.watch() gives a canceled openEO job up sooner where it is told to", async () => {
  await using on = stage({ outcome: () => "unknown" });
  const { dimension: { values }, ...request } = TASK_REQUEST;
  const parameters = { spatial_extent: values[0] };
  const job = await on.client.unitJobs.create({ ...request, parameters });
  const watch = on.client.unitJobs.watch(job, { maxUnknown: 60_000 });
  const seen: Snapshot<unknown>[] = [];
  const error = await failureOf(
    on.drive((async () => {
      for await (const snapshot of watch) seen.push(snapshot);
    })()),
    WatchError,
  );
  assertStringIncludes(error.message, "Cannot tell how job 1 is");
  assertEquals(seen.at(-1)?.problem, "the platform cannot be asked at the moment");
});

test("unitJobs.watch() says that a job was deleted while it was watched", async () => {
  await using on = stage({ pace: { running: 1_000_000 } });
  const job = await on.client.unitJobs.create(JOB_REQUEST);
  const snapshots = on.client.unitJobs.watch(job)[Symbol.asyncIterator]();
  await snapshots.next();
  await on.client.unitJobs.delete(job);
  const error = await failureOf(on.drive(snapshots.next()), NotFoundError);
  assertStringIncludes(
    error.message,
    "Cannot watch unit job 1 any more: it was deleted meanwhile\n  What to do: look for it on the platform",
  );
  assertStringIncludes(error.message, "Request id: ");
});

test("upscaleTasks.watch() does not wait for a job that was deleted while its task was watched", async () => {
  for (const socket of WAYS) {
    await using on = stage();
    const task = await on.client.upscaleTasks.create(TASK_REQUEST);
    on.clock.advance(1500);
    const watch = on.client.upscaleTasks.watch(task, { expectedJobs: 3, interval: 1000, socket });
    const seen: Snapshot<UpscalingTask>[] = [];
    const begin = on.clock.now();
    await on.drive((async () => {
      for await (const snapshot of watch) {
        if (seen.push(snapshot) === 1) await on.client.unitJobs.delete(2);
      }
    })());
    assertEquals([statuses(seen.at(-1)), seen.at(-1)?.done, seen.at(-1)?.problem], [
      ["finished", "finished"],
      true,
      undefined,
    ]);
    assert(on.clock.now() - begin < 20_000);
  }
});

test("unitJobs.watch() names the job whose OGC platform is down, and says what to do", async () => {
  await using on = stage();
  const job = await on.client.unitJobs.create(JOB_REQUEST);
  on.sandbox.setStatus(job.id, "unknown");
  const told: (string | undefined)[] = [];
  const watch = on.client.unitJobs.watch(job, { onProblem: (problem) => void told.push(problem) });
  const error = await failureOf(on.drive(collect(watch), 30_000), WatchError);
  assert(error.cause instanceof ServerError);
  assertStringIncludes(
    error.message,
    "Cannot watch unit job 1: nothing could be learned of it for 30 min",
  );
  assertStringIncludes(error.message, "the platform answered 503");
  assertStringIncludes(
    error.message,
    "What to do: the platform is down or busy; the job itself goes",
  );
  assertStringIncludes(error.message, "take it up again with client.unitJobs.watch(1), with");
  // There is no snapshot yet, and still somebody is told why, once.
  assertEquals(told.length, 1);
  assertStringIncludes(
    told[0] ?? "",
    "the platform answered 503 Service Unavailable; trying again",
  );
});

test("unitJobs.watch() ends where the token expires while it asks", async () => {
  await using on = stage();
  const job = await on.client.unitJobs.create(JOB_REQUEST);
  const token = on.sandbox.issueToken({ expiresIn: 100 });
  const error = await failureOf(
    on.drive(collect(on.clientWith({ token }).unitJobs.watch(job))),
    AuthenticationError,
  );
  assertStringIncludes(error.message, "Cannot get unit job 1: the service answered 401");
});

test("watching makes snapshots that show themselves, and are plain data all the same", async () => {
  await using on = stage();
  await on.client.upscaleTasks.create(TASK_REQUEST);
  await on.client.unitJobs.create(JOB_REQUEST);
  const display = Symbol.for("Jupyter.display");
  for (const socket of WAYS) {
    const task =
      (await on.drive(on.client.upscaleTasks.wait(1, { socket, expectedJobs: 3 }))).value;
    const [list] = await on.drive(collect(on.client.jobsStatus.watch({ socket })));
    const job = (await on.drive(on.client.unitJobs.wait(1))).value;
    for (const value of [task, task.jobs, task.jobs[0], list?.value, job]) {
      if (value === undefined) throw new Error("there is no such value");
      assert(display in value);
      assert(!Object.getOwnPropertyDescriptor(value, display)?.enumerable);
    }
  }
});

test("streamOf() takes the place of a stream from its operation", () => {
  const task = streamOf(operations.getUpscaleTask)({ id: 7, show: (value) => value });
  assertEquals([task.path, task.query], ["/ws/upscale_tasks/7", []]);
  assertEquals(task.read({ id: 7 }).ok, false);
  assertThrows(
    () => streamOf(operations.getUnitJob),
    TypeError,
    "unitJobs.get has no stream",
  );
});

test("failureOfJob() has a word for bad ends alone", () => {
  const words = (status: string) => failureOfJob(jobSummary(1, status));
  assertEquals(["finished", "running", "unknown"].map(words), [undefined, undefined, undefined]);
  assertStringIncludes(words("failed") ?? "", "it has failed; the service gives no reason");
  assertStringIncludes(words("canceled") ?? "", "it has been canceled");
});

test("failureOfTask() counts the jobs that ended badly", () => {
  const words = (list: readonly string[]) => {
    const { id, title, label, status, service } = jobSummary();
    const when = new Date(0);
    const jobs = list.map((each, index) => jobSummary(index + 1, each));
    return failureOfTask({ id, title, label, status, service, created: when, updated: when, jobs });
  };
  assertEquals([words([]), words(["finished", "running"])], [undefined, undefined]);
  assertStringIncludes(
    words(["failed", "finished", "canceled"]) ?? "",
    "2 of its 3 jobs failed or were canceled (1, 3); the service gives no reason",
  );
  assertStringIncludes(words(["failed", "failed"]) ?? "", "whether your account is linked");
  assertStringIncludes(words(["failed"]) ?? "", "its only job failed");
  assertStringIncludes(words(["failed", "canceled"]) ?? "", "2 of its 2 jobs failed");
  const many = words([...Array(12).fill("canceled"), "finished"]) ?? "";
  assertStringIncludes(many, "(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …)");
});

test("no call takes what is told of other work for an answer; a watch ends with it at once", async () => {
  const task = { ...wholeJob(99, "finished"), jobs: [] };
  await using server = serve(() => Response.json(task));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const asks = [
    () => client.unitJobs.get(5),
    () => client.unitJobs.get({ id: 5 }),
    () => client.unitJobs.get(5).detailed(),
    () => client.upscaleTasks.get(5),
    () => client.unitJobs.wait(5),
    () => collect(client.unitJobs.watch(5)),
    () => client.upscaleTasks.wait(5),
  ];
  for (const ask of asks) {
    const error = await failureOf(ask(), ResponseInvalidError);
    assertStringIncludes(
      error.message,
      "the service answered about another:\n  id: expected 5, got 99",
    );
    assertStringIncludes(error.message, "Request id: ");
    assertEquals(JSON.parse(new TextDecoder().decode(error.content)).id, 99);
  }
  assertEquals(server.seen.length, asks.length);
});
