import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { AuthenticationError, RequestInvalidError } from "../../mod.ts";
import type { Snapshot, Watch } from "../../src/models/snapshot.ts";
import { reachable } from "../http/support/reachable.ts";
import { JOB_REQUEST } from "../support/requests.ts";
import { test } from "../support/test.ts";
import {
  asked,
  BEGIN,
  collect,
  failureOf,
  nextOf,
  type Stage,
  stage,
  TASK_REQUEST,
  until,
} from "./support.ts";

const FAULTY = "ws/jobs_status";
const SLOW = { pace: { running: 1_000_000 } };

/** The list with one job that runs. */
async function listOn({ client, clock }: Stage) {
  const job = await client.unitJobs.create(JOB_REQUEST);
  clock.advance(3000);
  return job;
}

test("watch() asks nothing before somebody loops over it, and watches anew in each loop", async () => {
  await using on = stage();
  await listOn(on);
  const watch = on.client.jobsStatus.watch({ interval: 1000, socket: true });
  assertEquals([watch.subject, on.sandbox.requests.length], [{ kind: "list" }, 1]);
  const first = await on.drive(collect(watch));
  const second = await on.drive(collect(watch));
  assertEquals([first.at(-1)?.done, second.map(({ done }) => done)], [true, [true]]);
  assertEquals(on.sandbox.streams.map(({ path }) => path), [
    "/ws/jobs_status?interval=1&token=<token>",
    "/ws/jobs_status?interval=1&token=<token>",
  ]);
});

test("watch() names what it watches", async () => {
  await using on = stage();
  assertEquals(on.client.unitJobs.watch({ id: 4 }).subject, { kind: "job", id: 4 });
  const task = on.client.upscaleTasks.watch(5).until(new AbortController().signal);
  assertEquals(task.subject, { kind: "task", id: 5 });
});

test("watch() tells of changes only, and of the end", async () => {
  for (const socket of [true, false]) {
    await using on = stage();
    const job = await on.client.unitJobs.create(JOB_REQUEST);
    const snapshots = await on.drive(
      collect(on.client.jobsStatus.watch({ interval: 1000, socket })),
      500,
    );
    assertEquals(
      snapshots.map(({ value, via, done }) => [value.processing_jobs[0]?.status, via, done]),
      ["created", "queued", "running", "finished"].map((status) => [
        status,
        socket ? "socket" : "polling",
        status === "finished",
      ]),
    );
    assertEquals(snapshots.at(-1)?.value.processing_jobs[0]?.id, job.id);
    assertEquals(on.sandbox.streams.length, socket ? 1 : 0);
  }
});

test("watch() asks every ten seconds by default, and more slowly while nothing changes", async () => {
  await using on = stage(SLOW);
  await listOn(on);
  const iterator = on.client.jobsStatus.watch()[Symbol.asyncIterator]();
  await iterator.next();
  const next = iterator.next();
  await on.driveUntil(() => asked(on.sandbox, "jobsStatus.get") === 7, 2500);
  await iterator.return?.();
  assertEquals(await next, { done: true, value: undefined });
  assertEquals(on.clock.waits.filter((wait) => wait !== 12_000 && wait < 60_000), [
    10_000,
    15_000,
    22_500,
    33_750,
    50_625,
  ]);
  assertEquals((await on.client.jobsStatus.get()).processing_jobs.length, 1);
});

test("watch() counts unchanged snapshots, though it does not tell of them", async () => {
  await using on = stage({ pace: { created: 0, queued: 0, running: 0 } });
  const task = await on.client.upscaleTasks.create(TASK_REQUEST);
  on.clock.advance(1500);
  // Of unknown size: complete when several readings agree.
  const begin = on.clock.now();
  const snapshots = await on.drive(collect(on.client.upscaleTasks.watch(task, { interval: 5000 })));
  assertEquals(snapshots.map(({ done }) => done), [false, true]);
  assert(on.clock.now() - begin >= 30_000);
});

test("watch() gives a slow reader the latest snapshot", async () => {
  await using on = stage();
  await listOn(on);
  const iterator = on.client.jobsStatus.watch({ interval: 1000, socket: true })
    [Symbol.asyncIterator]();
  const first = await nextOf(iterator);
  assertEquals(first.value.processing_jobs[0]?.status, "running");
  // For an hour nobody asks.
  const stream = on.sandbox.streams[0];
  for (let minute = 0; minute < 60; minute++) {
    const sent = stream?.sent ?? 0;
    on.clock.advance(60_000);
    await until(() => stream?.sent === sent + 2);
  }
  const { value, done, at } = await nextOf(iterator);
  assertEquals([value.processing_jobs[0]?.status, done], ["finished", true]);
  assert(on.clock.now() - at.getTime() <= 60_000);
  assertEquals(await iterator.next(), { done: true, value: undefined });
  assertEquals(on.sandbox.streams.length, 1);
});

test("watch() dates a snapshot that was held for a slow reader by when it came", async () => {
  await using on = stage(SLOW);
  await listOn(on);
  on.sandbox.faults.set(FAULTY, { kind: "drop", after: 5, times: 1 });
  const iterator = on.client.jobsStatus.watch({ interval: 1000, socket: true })
    [Symbol.asyncIterator]();
  await iterator.next();
  on.sandbox.setStatus(1, "queued");
  on.clock.advance(1000);
  const came = on.clock.now();
  await until(() => on.sandbox.streams[0]?.end !== undefined);
  // The socket has it by now; the watch has to have it too.
  await new Promise((resolve) => setTimeout(resolve, 100));
  on.clock.advance(3_600_000);
  const { value, at } = await nextOf(iterator);
  assertEquals([value.processing_jobs[0]?.status, at.getTime()], ["queued", came]);
  await iterator.return?.();
});

test("watch() is left by break, which closes the socket at once", async () => {
  await using on = stage(SLOW);
  await listOn(on);
  for await (const snapshot of on.client.jobsStatus.watch({ socket: true })) {
    assertEquals(snapshot.done, false);
    break;
  }
  assertEquals(await on.sandbox.streams[0]?.ended, { by: "client", code: 1000, reason: "" });
});

test("watch() is left by an error in the loop, which closes the socket at once", async () => {
  await using on = stage(SLOW);
  await listOn(on);
  const loop = (async () => {
    for await (const _ of on.client.jobsStatus.watch({ socket: true })) throw new Error("my own");
  })();
  assertEquals((await failureOf(loop, Error)).message, "my own");
  assertEquals((await on.sandbox.streams[0]?.ended)?.by, "client");
});

test("watch() is left by return() while the next snapshot is awaited", async () => {
  await using on = stage(SLOW);
  await listOn(on);
  for (const how of ["return", "dispose"] as const) {
    const iterator = on.client.jobsStatus.watch({ socket: true })[Symbol.asyncIterator]();
    await iterator.next();
    const next = iterator.next();
    if (how === "return") await iterator.return?.();
    else await iterator[Symbol.asyncDispose]();
    assertEquals(await next, { done: true, value: undefined });
    assertEquals((await on.sandbox.streams.at(-1)?.ended)?.by, "client");
  }
  await until(() => on.clock.waiting === 0);
});

test("watch() that is disposed of closes the socket at once", async () => {
  await using on = stage(SLOW);
  await listOn(on);
  {
    await using snapshots = on.client.jobsStatus.watch({ socket: true })[Symbol.asyncIterator]();
    await snapshots.next();
  }
  assertEquals((await on.sandbox.streams[0]?.ended)?.by, "client");
});

test("watch() refuses options that cannot be meant, each by its name", async () => {
  await using on = stage();
  const { unitJobs, upscaleTasks, jobsStatus } = on.client;
  // As a notebook would: its cells are not checked.
  const bad = (options: Record<string, unknown>) => options;
  for (
    const [options, line] of [
      [{ interval: 999 }, "interval: expected milliseconds, 1000 at the least, got the number 999"],
      [{ interval: NaN }, "interval: expected milliseconds, 1000 at the least, got NaN"],
      [{ interval: Infinity }, "interval: expected milliseconds, 1000 at the least, got Infinity"],
      [{ interval: "5000" }, "interval: expected milliseconds, 1000 at the least, got the string"],
      [{ maxUnknown: -1 }, "maxUnknown: expected milliseconds, got the number -1"],
      [{ maxUnknown: null }, "maxUnknown: expected milliseconds, got null"],
      [{ maxOutage: -1 }, "maxOutage: expected milliseconds, got the number -1"],
      [{ maxOutage: "30 min" }, "maxOutage: expected milliseconds, got the string"],
      [{ alarmAfter: NaN }, "alarmAfter: expected milliseconds, got NaN"],
      [{ onProblem: "log" }, "onProblem: expected a function, got the string"],
      [{ intervall: 5000 }, 'intervall: no such option; did you mean "interval"?'],
      [{ expectedJobs: 3 }, "expectedJobs: no such option"],
      [{ socket: "no" }, 'socket: expected true or false, got the string "no"'],
      [{ signal: {} }, "signal: expected an AbortSignal"],
      [{ signal: new AbortController() }, "signal: expected an AbortSignal"],
    ] as const
  ) {
    const error = assertThrows(() => unitJobs.watch(4, bad(options)), RequestInvalidError, line);
    assertStringIncludes(error.message, "Cannot watch unit job 4");
  }
  for (const expectedJobs of [0, -1, 1.5, NaN, "3", null]) {
    const line = "expectedJobs: expected a positive integer, got";
    assertThrows(() => upscaleTasks.watch(4, bad({ expectedJobs })), RequestInvalidError, line);
  }
  assertThrows(() => unitJobs.watch(0), RequestInvalidError, "id: expected a positive integer");
  assertThrows(() => jobsStatus.watch(bad({ filter: "all" })), RequestInvalidError, "filter");
  assertThrows(() => jobsStatus.watch({ filter: [] }), RequestInvalidError, "filter");
  assertEquals(on.sandbox.requests, []);
});

test("watch() shows a token nowhere: not in snapshots, problems, errors, nor when it is printed", async () => {
  const token = "s3cret/t0ken+with=signs";
  await using on = stage({ tokens: { [token]: "ada" }, ...SLOW });
  const job = await listOn(on);
  const { faults } = on.sandbox;
  const seen: unknown[] = [];
  const follow = async <T>(watch: Watch<T>) => {
    seen.push(watch, watch[Symbol.asyncIterator]());
    const all: Snapshot<T>[] = [];
    const error = await on.drive(
      (async () => {
        for await (const snapshot of watch) {
          all.push(snapshot);
          if (snapshot.problem !== undefined) break;
        }
      })().then(() => undefined, (reason: unknown) => reason),
      30_000,
    );
    seen.push(all, error);
    return error;
  };
  faults.set(FAULTY, { kind: "drop", after: 4, times: 2 });
  await follow(on.client.jobsStatus.watch({ interval: 1000, socket: true }));
  for (const status of [403, 502]) {
    faults.set(FAULTY, { kind: "refuse", status });
    await follow(on.client.jobsStatus.watch({ socket: true }));
  }
  faults.set("unitJobs.get", { status: 400, body: `you sent ${token}` });
  assert(await follow(on.client.unitJobs.watch(job)) instanceof Error);
  faults.set("unitJobs.get", { kind: "drop" });
  assert(await follow(on.client.unitJobs.watch(job)) instanceof Error);
  assert(await follow(on.client.upscaleTasks.watch(9)) instanceof Error);
  faults.clear();
  on.sandbox.expireToken(token);
  assert(await follow(on.client.jobsStatus.watch({ socket: true })) instanceof AuthenticationError);
  const texts = [
    ...seen.flatMap((each) => reachable(each)),
    Deno.inspect(seen, { depth: 20, showHidden: true, getters: true, strAbbreviateSize: 1e6 }),
  ];
  assert(texts.some((text) => text.includes("(502), most likely by a proxy")));
  for (const text of texts) assert(!text.includes("s3cret"), text.slice(0, 2000));
});

test("watch() says that a token ends before the next reading, where nobody would renew it", async () => {
  const claims = btoa(JSON.stringify({ exp: BEGIN / 1000 + 20 })).replaceAll("=", "");
  const token = `e30.${claims}.x`;
  for (const source of [token, () => token]) {
    await using on = stage({ ...SLOW, tokens: { [token]: "ada" } });
    await on.client.unitJobs.create(JOB_REQUEST);
    const told: (string | undefined)[] = [];
    const client = on.clientWith({ token: source });
    const iterator = client.unitJobs.watch(1, { onProblem: (problem) => void told.push(problem) })
      [Symbol.asyncIterator]();
    const first = await nextOf(iterator);
    assertEquals(first.problem, undefined);
    const second = await on.drive(nextOf(iterator));
    assertEquals(second.value.status, "running");
    const words =
      "the token ends at 2026-11-23 15:15:20 UTC, before the next reading, and the watch with it: a token function (option token) would renew it";
    assertEquals(second.problem, source === token ? words : undefined);
    assertEquals(told, source === token ? [words] : []);
    await iterator.return?.();
  }
});
