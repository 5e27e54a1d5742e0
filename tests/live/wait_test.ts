import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { RequestInvalidError, TimeoutError, WatchError } from "../../mod.ts";
import { wait } from "../../src/live/wait.ts";
import type { Snapshot, Watch } from "../../src/models/snapshot.ts";
import { listenerCount } from "../http/support/listeners.ts";
import { JOB_REQUEST } from "../support/requests.ts";
import { test } from "../support/test.ts";
import { asked, failureOf, stage, TASK_REQUEST, until } from "./support.ts";

test("wait() resolves to the last snapshot, and tells of each before it", async () => {
  await using on = stage();
  const job = await on.client.unitJobs.create(JOB_REQUEST);
  const seen: string[] = [];
  const last = await on.drive(
    on.client.unitJobs.wait(job, {
      interval: 1000,
      timeout: 3_600_000,
      onUpdate: ({ value }) => void seen.push(value.status),
    }),
    500,
  );
  assertEquals([last.value.status, last.done, last.via], ["finished", true, "polling"]);
  assertEquals(seen, ["created", "queued", "running", "finished"]);
  assertEquals(on.clock.waiting, 0);
});

test("wait() resolves with the state of a job that failed, unless throwOnFailure is set", async () => {
  for (const outcome of ["failed", "canceled"] as const) {
    await using on = stage({ outcome: () => outcome });
    const job = await on.client.unitJobs.create(JOB_REQUEST);
    assertEquals((await on.drive(on.client.unitJobs.wait(job))).value.status, outcome);
    const error = await failureOf(
      on.drive(on.client.unitJobs.wait(job, { throwOnFailure: true })),
      WatchError,
    );
    const words = outcome === "failed" ? "it has failed" : "it has been canceled";
    assertStringIncludes(error.message, `Cannot wait for unit job 1: ${words}`);
    assertEquals(Object(error.value).status, outcome);
  }
});

test("wait() takes no offence at how the end was learned", async () => {
  await using on = stage();
  on.sandbox.faults.set("ws/upscale_tasks", { kind: "refuse" });
  const task = await on.client.upscaleTasks.create(TASK_REQUEST);
  const last = await on.drive(
    on.client.upscaleTasks.wait(task, { expectedJobs: 3, throwOnFailure: true }),
  );
  assertEquals([last.done, last.via, last.problem], [true, "polling", undefined]);
});

test("wait() throws for jobs that failed and for jobs that are missing, in one message", async () => {
  await using on = stage({ outcome: ({ id }) => id === 1 ? "failed" : "finished" });
  const token = on.sandbox.issueToken({ expiresIn: 1200 });
  const task = await on.clientWith({ token }).upscaleTasks.create(TASK_REQUEST);
  const waiting = (throwOnFailure: boolean) =>
    on.drive(on.client.upscaleTasks.wait(task, { expectedJobs: 3, throwOnFailure }));
  assertEquals((await waiting(false)).value.jobs.length, 2);
  const { message } = await failureOf(waiting(true), WatchError);
  assertStringIncludes(
    message,
    "Cannot wait for upscaling task 1: 1 of its 2 jobs failed or were canceled (1)",
  );
  assertStringIncludes(message, "; 1 job of 3 has not appeared and will not any more");
});

test("wait() gives up after its timeout, and leaves the work alone", async () => {
  await using on = stage({ pace: { running: 1_000_000 } });
  const job = await on.client.unitJobs.create(JOB_REQUEST);
  const { signal } = new AbortController();
  const listeners = listenerCount(signal);
  const error = await failureOf(
    on.drive(on.client.unitJobs.wait(job, { timeout: 90_000, signal }), 5000),
    TimeoutError,
  );
  assertEquals(
    error.message,
    "Cannot wait for unit job 1: it has not ended within 90 s\n" +
      "  What to do: the work goes on: wait again with client.unitJobs.wait(1), or allow more time (option timeout)",
  );
  assertEquals([listeners(), on.clock.waiting, asked(on.sandbox, "unitJobs.delete")], [0, 0, 0]);
});

test("wait() closes its socket when its time is over", async () => {
  await using on = stage({ pace: { running: 1_000_000 } });
  const task = await on.client.upscaleTasks.create(TASK_REQUEST);
  const waiting = on.client.upscaleTasks.wait(task, { timeout: 5000, socket: true });
  await failureOf(on.drive(waiting), TimeoutError);
  assertEquals((await on.sandbox.streams[0]?.ended)?.by, "client");
});

test("wait() rejects with the signal's reason, before as well as meanwhile", async () => {
  await using on = stage({ pace: { running: 1_000_000 } });
  const job = await on.client.unitJobs.create(JOB_REQUEST);
  const controller = new AbortController();
  const listeners = listenerCount(controller.signal);
  const waiting = failureOf(on.client.unitJobs.wait(job, controller), Error);
  await until(() => on.clock.waits.includes(10_000));
  const reason = new Error("enough");
  controller.abort(reason);
  assert(await waiting === reason);
  const requests = on.sandbox.requests.length;
  assert(await failureOf(on.client.unitJobs.wait(job, controller), Error) === reason);
  assertEquals([on.sandbox.requests.length, listeners(), on.clock.waiting], [requests, 0, 0]);
});

test("wait() ends with what onUpdate throws, or rejects with", async () => {
  await using on = stage();
  const job = await on.client.unitJobs.create(JOB_REQUEST);
  const failing = [
    () => {
      throw new Error("my own");
    },
    () => Promise.reject(new Error("my own")),
  ];
  for (const onUpdate of failing) {
    const error = await failureOf(on.client.unitJobs.wait(job, { onUpdate }), Error);
    assertEquals([error.message, on.clock.waiting], ["my own", 0]);
  }
});

test("wait() does not let a busy onUpdate keep it from giving up", async () => {
  await using on = stage();
  const job = await on.client.unitJobs.create(JOB_REQUEST);
  const controller = new AbortController();
  const busy = Promise.withResolvers<void>();
  let told = false;
  const waiting = on.client.unitJobs.wait(job, {
    signal: controller.signal,
    onUpdate: () => {
      told = true;
      return busy.promise;
    },
  });
  const failure = failureOf(waiting, Error);
  await until(() => told);
  controller.abort(new Error("enough"));
  assertEquals((await failure).message, "enough");
  busy.reject(new Error("nobody waits for this any more"));
});

test("wait() refuses options that cannot be meant", async () => {
  await using on = stage();
  const bad = (options: Record<string, unknown>) => options;
  for (
    const [options, line] of [
      [
        { timeout: 0 },
        "timeout: expected milliseconds above 0, or null for none, got the number 0",
      ],
      [{ timeout: -5 }, "timeout: expected milliseconds above 0"],
      [{ timeout: NaN }, "timeout: expected milliseconds above 0"],
      [{ timeout: "60" }, "timeout: expected milliseconds above 0"],
      [{ onUpdate: "log" }, "onUpdate: expected a function"],
      [{ interval: 5 }, "interval: expected milliseconds, 1000 at the least"],
      [{ signal: 5 }, "signal: expected an AbortSignal"],
    ] as const
  ) {
    const { message } = await failureOf(
      on.client.unitJobs.wait(4, bad(options)),
      RequestInvalidError,
    );
    assertStringIncludes(message, "unit job 4");
    assertStringIncludes(message, line);
  }
  await failureOf(on.client.unitJobs.wait(-1), RequestInvalidError);
  await failureOf(on.client.upscaleTasks.wait(1, { expectedJobs: 0 }), RequestInvalidError);
  assertEquals(on.sandbox.requests, []);
});

test("wait() has a word for a watch without a single snapshot", async () => {
  const watch: Watch<number> = {
    subject: { kind: "job", id: 1 },
    until: () => watch,
    async *[Symbol.asyncIterator](): AsyncGenerator<Snapshot<number>, void> {},
  };
  const waiting = wait(watch, {
    headline: "Cannot wait",
    failureOf: () => undefined,
    again: "client.unitJobs.wait(1)",
  });
  assertEquals(
    (await failureOf(waiting, WatchError)).message,
    "Cannot wait: nothing could be learned of it",
  );
});
