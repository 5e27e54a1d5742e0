// The fault table of streams: what goes wrong with them, each against real sockets, and what becomes of a watch.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { AuthenticationError, NotFoundError, WatchError } from "../../../mod.ts";
import type { Snapshot } from "../../../src/models/snapshot.ts";
import type { UpscalingTask } from "../../../src/models/upscaling.ts";
import { test } from "../../support/test.ts";
import {
  asked,
  collect,
  failureOf,
  problems,
  type Stage,
  stage,
  TASK_REQUEST,
} from "../support.ts";

const EVERY_SECOND = { expectedJobs: 3, interval: 1000, socket: true };

/** A task of three jobs that have all been made. */
async function taskOn(on: Stage) {
  const task = await on.client.upscaleTasks.create(TASK_REQUEST);
  on.clock.advance(1500);
  return task;
}

/** Watches a task of three jobs to its end. */
async function watchTask(on: Stage, step?: number): Promise<Snapshot<UpscalingTask>[]> {
  const task = await taskOn(on);
  return await on.drive(collect(on.client.upscaleTasks.watch(task, EVERY_SECOND)), step);
}

/** How each connection ended. */
async function endsOf({ sandbox }: Stage) {
  return await Promise.all(sandbox.streams.map(({ ended }) => ended));
}

function assertFinished(snapshots: readonly Snapshot<UpscalingTask>[], via: string): void {
  const last = snapshots.at(-1);
  assertEquals(last?.value.jobs.map(({ status }) => status), Array(3).fill("finished"));
  assertEquals([last?.done, last?.via, last?.expectedJobs, last?.problem], [
    true,
    via,
    3,
    undefined,
  ]);
  assert(snapshots.slice(0, -1).every(({ done }) => !done));
}

test("watch() needs one connection where nothing goes wrong", async () => {
  await using on = stage();
  const snapshots = await watchTask(on);
  assertFinished(snapshots, "socket");
  assertEquals(problems(snapshots), []);
  assertEquals([on.sandbox.streams.length, asked(on.sandbox, "upscaleTasks.get")], [1, 0]);
  assertEquals((await on.sandbox.streams[0]?.ended)?.by, "client");
  assertEquals(on.sandbox.streams[0]?.received, 0);
  assertEquals(on.sandbox.streams[0]?.path, "/ws/upscale_tasks/1?interval=1&token=<token>");
});

test("watch() takes up the stream of a service that restarts", async () => {
  await using on = stage();
  const task = await taskOn(on);
  const seen: Snapshot<UpscalingTask>[] = [];
  await on.drive((async () => {
    for await (const snapshot of on.client.upscaleTasks.watch(task, EVERY_SECOND)) {
      seen.push(snapshot);
      if (seen.length === 2) await on.sandbox.restart();
    }
  })());
  assertFinished(seen, "socket");
  assertEquals(problems(seen), ["the connection was lost; reconnecting"]);
  assertEquals((await endsOf(on)).map(({ by }) => by), ["loss", "client"]);
});

test("watch() asks instead where each connection brings one snapshot and dies", async () => {
  await using on = stage({ pace: { running: 120_000 } });
  on.sandbox.faults.set("ws/upscale_tasks", { kind: "drop", after: 3 });
  const snapshots = await watchTask(on);
  assertFinished(snapshots, "polling");
  assertEquals(on.sandbox.streams.length, 6);
  assertEquals(problems(snapshots), [
    "the connection was lost; reconnecting",
    "the connection was lost, 6 times in a row; asking instead",
  ]);
});

test("watch() tries the socket again after it has asked instead for a while", async () => {
  await using on = stage({ pace: { running: 3_000_000 } });
  const { faults, streams } = on.sandbox;
  faults.set("ws/upscale_tasks", { kind: "refuse", status: 502 });
  const task = await taskOn(on);
  const watched = collect(on.client.upscaleTasks.watch(task, EVERY_SECOND));
  const begin = on.clock.now();
  // It knocks after five minutes, after ten more, then after twenty.
  await on.driveUntil(() => asked(on.sandbox, "ws/upscale_tasks") === 3, 10_000);
  const minutes = (on.clock.now() - begin) / 60_000;
  assert(minutes >= 15 && minutes < 18, `${minutes} minutes`);
  assertEquals(streams.length, 0);
  faults.clear();
  const snapshots = await on.drive(watched, 30_000);
  assertFinished(snapshots, "socket");
  assertEquals([streams.length, problems(snapshots).length], [1, 1]);
  assertEquals([...new Set(snapshots.map(({ via }) => via))], ["polling", "socket"]);
});

test("watch() leaves a connection that is silent for two minutes beyond the interval", async () => {
  await using on = stage();
  on.sandbox.faults.set("ws/upscale_tasks", { kind: "silence", after: 3, times: 1 });
  const snapshots = await watchTask(on, 2000);
  assertFinished(snapshots, "socket");
  assertEquals(problems(snapshots), ["the service has fallen silent; reconnecting"]);
  const lost = snapshots.find(({ problem }) => problem !== undefined);
  // The snapshot says when it was read, however long ago that is.
  assertEquals(lost?.at, snapshots[0]?.at);
  const silence = (snapshots.at(-1)?.at.getTime() ?? 0) - (snapshots[0]?.at.getTime() ?? 0);
  assert(silence >= 121_000 && silence <= 130_000, `${silence} ms`);
  assertEquals((await on.sandbox.streams[0]?.ended)?.by, "client");
});

for (const kind of ["silence", "hang"] as const) {
  test(`watch() asks instead where a WebSocket says nothing at all (${kind})`, async () => {
    await using on = stage({ pace: { running: 100_000 } });
    on.sandbox.faults.set("ws/upscale_tasks", { kind });
    const snapshots = await watchTask(on, 3000);
    assertFinished(snapshots, "polling");
    assertEquals(problems(snapshots), ["nothing came through the WebSocket; asking instead"]);
    assertEquals(on.clock.waits[0], 60_000);
  });
}

test("watch() asks instead where the handshake is refused, and says why", async () => {
  for (
    const [status, why] of [
      [403, "(403): the service does not take this token, or a proxy lets none through"],
      [502, "(502), most likely by a proxy"],
    ] as const
  ) {
    await using on = stage();
    on.sandbox.faults.set("ws/upscale_tasks", { kind: "refuse", status });
    const snapshots = await watchTask(on);
    assertFinished(snapshots, "polling");
    assertEquals(problems(snapshots), [`the WebSocket was refused ${why}; asking instead`]);
    assertEquals([on.sandbox.streams.length, asked(on.sandbox, "ws/upscale_tasks")], [0, 1]);
  }
});

test("watch() knocks again where a handshake is refused that was taken before", async () => {
  await using on = stage();
  const { faults } = on.sandbox;
  faults.set("ws/upscale_tasks", { kind: "drop", after: 3, times: 1 });
  const task = await taskOn(on);
  const seen: Snapshot<UpscalingTask>[] = [];
  await on.drive((async () => {
    for await (const snapshot of on.client.upscaleTasks.watch(task, EVERY_SECOND)) {
      if (seen.push(snapshot) === 1) {
        faults.set("ws/upscale_tasks", { kind: "refuse", status: 502, times: 2 });
      }
    }
  })());
  assertFinished(seen, "socket");
  assertEquals(problems(seen), [
    "the connection was lost; reconnecting",
    "the WebSocket was refused (502); reconnecting",
  ]);
});

for (const kind of ["garbage", "wrong-type"] as const) {
  test(`watch() leaves a connection that brings no snapshot (${kind})`, async () => {
    await using on = stage();
    on.sandbox.faults.set("ws/upscale_tasks", { kind, after: 4, times: 1 });
    const snapshots = await watchTask(on);
    assertFinished(snapshots, "socket");
    assertEquals(problems(snapshots), [
      "the service sent something that is no snapshot; reconnecting",
    ]);
    assertEquals(on.sandbox.streams.length, 2);
  });
}

test("watch() leaves a connection whose snapshot breaks the contract", async () => {
  await using on = stage();
  const body = { type: "status", data: { id: 1, jobs: "none" }, message: null };
  on.sandbox.faults.set("ws/upscale_tasks", { body, after: 4, times: 1 });
  const snapshots = await watchTask(on);
  assertFinished(snapshots, "socket");
  assertEquals(on.sandbox.streams.length, 2);
});

test("watch() passes over messages of a type that it does not know", async () => {
  await using on = stage();
  on.sandbox.faults.set("ws/upscale_tasks", { kind: "unknown-type", after: 4 });
  const snapshots = await watchTask(on);
  assertFinished(snapshots, "socket");
  assertEquals([problems(snapshots), on.sandbox.streams.length], [[], 1]);
});

test("watch() says what code a stream was closed with", async () => {
  await using on = stage();
  on.sandbox.faults.set("ws/upscale_tasks", { kind: "close", after: 3, times: 1 });
  assertEquals(problems(await watchTask(on)), [
    "the service ended the stream (INTERNAL_ERROR); reconnecting",
  ]);
});

test("watch() asks instead after five reconnections in a row, with growing pauses", async () => {
  await using on = stage({ pace: { running: 60_000 } });
  on.sandbox.faults.set("ws/upscale_tasks", { kind: "drop", after: 1 });
  const snapshots = await watchTask(on);
  assertFinished(snapshots, "polling");
  assertEquals(problems(snapshots), ["the connection was lost, 6 times in a row; asking instead"]);
  assertEquals(on.sandbox.streams.length, 6);
  const pauses = on.clock.waits.filter((wait) => wait <= 8000).slice(0, 5);
  assertEquals(pauses, [500, 1000, 2000, 4000, 8000]);
});

test("watch() counts anew after a connection that has lasted a minute", async () => {
  await using on = stage({ pace: { running: 300_000 } });
  const { faults, streams } = on.sandbox;
  const bad = { kind: "drop", after: 1, times: 5 } as const;
  faults.set("ws/upscale_tasks", bad);
  const task = await taskOn(on);
  const watched = collect(on.client.upscaleTasks.watch(task, EVERY_SECOND));
  await on.driveUntil(() => streams.filter(({ end }) => end !== undefined).length === 5, 100);
  faults.set("ws/upscale_tasks", { kind: "drop", after: 181, times: 1 });
  await on.driveUntil(() => streams[5]?.sent === 181);
  // That connection's loss is the first of the next five.
  faults.set("ws/upscale_tasks", { ...bad, times: 4 });
  assertFinished(await on.drive(watched, 5_000), "socket");
  assertEquals(streams.length, 11);
});

test("watch() takes a fresh token where the old one expires", async () => {
  const rejected: (string | undefined)[] = [];
  await using on = stage();
  let token = on.sandbox.issueToken({ expiresIn: 4000 });
  const client = on.clientWith({
    token: (request) => {
      rejected.push(request.rejected);
      if (request.rejected !== undefined) token = on.sandbox.issueToken();
      return token;
    },
  });
  const task = await taskOn(on);
  const first = token;
  const snapshots = await on.drive(collect(client.upscaleTasks.watch(task, EVERY_SECOND)));
  assertFinished(snapshots, "socket");
  assertEquals(problems(snapshots), []);
  assertEquals(rejected, [undefined, first]);
  assertEquals((await endsOf(on)).map(({ reason, by }) => reason || by), [
    "AUTHENTICATION_FAILED",
    "client",
  ]);
});

test("watch() ends where the token expires and there is no fresh one", async () => {
  for (const how of ["string", "function"] as const) {
    await using on = stage();
    const token = on.sandbox.issueToken({ expiresIn: 4000 });
    const client = on.clientWith({ token: how === "string" ? token : () => token });
    const task = await taskOn(on);
    const error = await failureOf(
      on.drive(collect(client.upscaleTasks.watch(task, EVERY_SECOND))),
      AuthenticationError,
    );
    assertEquals([error.status, error.errorCode], [401, "AUTHENTICATION_FAILED"]);
    assertStringIncludes(
      error.message,
      "Cannot watch upscaling task 1: the service answered AUTHENTICATION_FAILED: Could not validate credentials",
    );
    assertStringIncludes(error.message, "a token function (option token)");
    assertStringIncludes(
      error.message,
      "the work goes on; take it up again with client.upscaleTasks.watch(1, { expectedJobs: 3 })",
    );
    assertEquals(on.sandbox.streams.length, 1);
  }
});

test("watch() ends where a fresh token is refused as well", async () => {
  await using on = stage();
  let made = 0;
  const client = on.clientWith({ token: () => `token-${++made}` });
  const task = await taskOn(on);
  const watched = on.drive(collect(client.upscaleTasks.watch(task, EVERY_SECOND)));
  const error = await failureOf(watched, AuthenticationError);
  assertStringIncludes(error.message, "AUTHENTICATION_FAILED, to a fresh token as well: Could");
  assertEquals([made, on.sandbox.streams.length], [2, 2]);
});

test("watch() ends where there is no such task, by WebSocket as by asking", async () => {
  for (const socket of [true, false]) {
    await using on = stage();
    const error = await failureOf(
      on.drive(collect(on.client.upscaleTasks.watch(99, { ...EVERY_SECOND, socket }))),
      NotFoundError,
    );
    assertEquals([error.status, error.errorCode], [404, "TASK_NOT_FOUND"]);
    assertStringIncludes(error.message, "upscaling task 99: the service answered");
    assertStringIncludes(error.message, "it belongs to another account, or never was");
    const { streams } = on.sandbox;
    assertEquals([streams.length, asked(on.sandbox, "upscaleTasks.get")], socket ? [1, 0] : [0, 1]);
  }
});

test("watch() goes on after a laptop has slept for hours", async () => {
  await using on = stage({ pace: { running: 6 * 3_600_000 } });
  const task = await taskOn(on);
  const seen: Snapshot<UpscalingTask>[] = [];
  await on.drive(
    (async () => {
      for await (const snapshot of on.client.upscaleTasks.watch(task, EVERY_SECOND)) {
        if (seen.push(snapshot) === 3) on.clock.advance(5 * 3_600_000);
      }
    })(),
    600_000,
  );
  assertFinished(seen, "socket");
});

test("watch() gives no unknown job up at the first look after a laptop has slept", async () => {
  await using on = stage({ pace: { running: 1_000_000 } });
  const task = await taskOn(on);
  for (const id of [1, 2, 3]) on.sandbox.setStatus(id, "unknown");
  const seen: Snapshot<UpscalingTask>[] = [];
  const watched = (async () => {
    for await (const snapshot of on.client.upscaleTasks.watch(task, EVERY_SECOND)) {
      seen.push(snapshot);
    }
  })();
  await on.driveUntil(() => seen.length > 0, 0);
  on.clock.advance(5 * 3_600_000);
  await on.driveUntil(() => (on.sandbox.streams.at(-1)?.sent ?? 0) >= 5);
  for (const id of [1, 2, 3]) on.sandbox.setStatus(id, "finished");
  await on.drive(watched);
  assertFinished(seen, "socket");
});

test("watch() bears a token function that hangs no longer than anything else, by WebSocket as by asking", async () => {
  for (const socket of [true, false]) {
    await using on = stage();
    const task = await taskOn(on);
    const told: (string | undefined)[] = [];
    const client = on.clientWith({ token: () => new Promise<string>(() => {}) });
    const watch = client.upscaleTasks.watch(task, {
      socket,
      expectedJobs: 3,
      maxOutage: 300_000,
      onProblem: (problem) => void told.push(problem),
    });
    const error = await failureOf(on.drive(collect(watch), 10_000), WatchError);
    assertStringIncludes(error.message, "nothing could be learned of it for");
    assertStringIncludes(error.message, "client.upscaleTasks.watch(1, { expectedJobs: 3 })");
    assert(told.some((each) => each?.includes("token")), told.join("\n"));
    assertEquals(asked(on.sandbox, "upscaleTasks.get"), 0);
  }
});
