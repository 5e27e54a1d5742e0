// Giving up, in every phase of a watch: at once, with the signal's reason, and nothing is left behind.
import { assert, assertEquals } from "@std/assert";
import type { Watch } from "../../../src/models/snapshot.ts";
import { listenerCount } from "../../http/support/listeners.ts";
import { JOB_REQUEST } from "../../support/requests.ts";
import { test } from "../../support/test.ts";
import { asked, collect, failureOf, type Stage, stage, until } from "../support.ts";

const FAULTY = "ws/jobs_status";
const SLOW = { pace: { running: 1_000_000 } };

/** The list with one job that runs. */
async function listOn({ client, clock }: Stage): Promise<void> {
  await client.unitJobs.create(JOB_REQUEST);
  clock.advance(3000);
}

/** Phases of a watch: how to come to them. The iterator has been asked for its next snapshot. */
const PHASES: Readonly<
  Record<string, {
    readonly prepare?: (on: Stage) => void;
    readonly reached: (on: Stage, state: { readonly tokens: number }) => boolean;
    readonly socket?: boolean;
    readonly tokens?: number;
  }>
> = {
  "while it connects": {
    prepare: ({ sandbox }) => sandbox.faults.set(FAULTY, { kind: "hang" }),
    reached: ({ sandbox }) => asked(sandbox, FAULTY) === 1,
  },
  "while it waits for the first message": {
    prepare: ({ sandbox }) => sandbox.faults.set(FAULTY, { kind: "silence" }),
    reached: ({ sandbox }) => sandbox.streams.length === 1,
  },
  "while it waits for a snapshot": {
    prepare: ({ sandbox }) => sandbox.faults.set(FAULTY, { kind: "silence", after: 2 }),
    reached: ({ sandbox }) => sandbox.streams[0]?.sent === 2,
  },
  "in the pause before it connects again": {
    prepare: ({ sandbox }) => sandbox.faults.set(FAULTY, { kind: "drop", after: 1 }),
    reached: ({ clock }) => clock.waits.at(-1) === 500,
  },
  "while it asks": {
    prepare: ({ sandbox }) => sandbox.faults.set("jobsStatus.get", { latency: 3_600_000 }),
    reached: ({ sandbox }) => asked(sandbox, "jobsStatus.get") === 1,
    socket: false,
  },
  "in the pause after a failure": {
    prepare: ({ sandbox }) => sandbox.faults.set("jobsStatus.get", { status: 502 }),
    reached: ({ clock }) => clock.waits.at(-1) === 10_000,
    socket: false,
  },
  "while the token function runs, for a socket": {
    reached: (_, { tokens }) => tokens === 1,
    tokens: 0,
  },
  "while the token function runs, for a question": {
    reached: (_, { tokens }) => tokens === 1,
    socket: false,
    tokens: 0,
  },
  "while a fresh token is made": {
    prepare: ({ sandbox }) => sandbox.expireToken(sandbox.token),
    reached: (_, { tokens }) => tokens === 2,
    tokens: 1,
  },
};

for (
  const [name, { prepare, reached, socket = true, tokens = Infinity }] of Object.entries(PHASES)
) {
  test(`watch() ends with the signal's reason ${name}`, async () => {
    await using on = stage(SLOW);
    await listOn(on);
    prepare?.(on);
    const state = { tokens: 0 };
    const hanging = Promise.withResolvers<string>();
    hanging.promise.catch(() => {});
    const client = on.clientWith({
      token: () => state.tokens++ < tokens ? on.sandbox.token : hanging.promise,
    });
    const controller = new AbortController();
    const { signal } = controller;
    const listeners = listenerCount(signal);
    const snapshots = client.jobsStatus.watch({ signal, socket })[Symbol.asyncIterator]();
    const next = failureOf(snapshots.next(), Error);
    await until(() => reached(on, state));
    const reason = new Error("enough");
    controller.abort(reason);
    assert(await next === reason);
    assertEquals([listeners(), await snapshots.next()], [0, { done: true, value: undefined }]);
    for (const { ended } of on.sandbox.streams) await ended;
    await until(() => on.clock.waiting === 0);
    hanging.reject(new Error("a token function that fails when nobody listens"));
  });
}

test("watch() ends with the signal's reason between two questions", async () => {
  await using on = stage(SLOW);
  await listOn(on);
  const controller = new AbortController();
  const watch = on.client.jobsStatus.watch({ socket: false }).until(controller.signal);
  const snapshots = watch[Symbol.asyncIterator]();
  await snapshots.next();
  const next = failureOf(snapshots.next(), DOMException);
  await until(() => on.clock.waits.at(-1) === 10_000);
  controller.abort();
  assertEquals((await next).name, "AbortError");
  assertEquals(on.clock.waiting, 0);
});

test("watch() does nothing at all where a signal has aborted before", async () => {
  await using on = stage();
  for (const socket of [true, false]) {
    const reason = new Error("enough");
    const signal = AbortSignal.abort(reason);
    const watches: Watch<unknown>[] = [
      on.client.jobsStatus.watch({ signal, socket }),
      on.client.jobsStatus.watch({ socket }).until(signal),
      on.client.unitJobs.watch(1, { signal }),
    ];
    for (const watch of watches) assert(await failureOf(collect(watch), Error) === reason);
  }
  assertEquals(on.sandbox.requests, []);
});

test("watch() closes the socket with the signal, though the reader is busy", async () => {
  await using on = stage(SLOW);
  await listOn(on);
  const controller = new AbortController();
  const { signal } = controller;
  const snapshots = on.client.jobsStatus.watch({ signal, socket: true })[Symbol.asyncIterator]();
  await snapshots.next();
  controller.abort(new Error("enough"));
  assertEquals((await on.sandbox.streams[0]?.ended)?.by, "client");
  assertEquals((await failureOf(snapshots.next(), Error)).message, "enough");
});

test("watch() leaves no listener on a signal that goes on", async () => {
  await using on = stage();
  await listOn(on);
  const { signal } = new AbortController();
  const listeners = listenerCount(signal);
  const socket = true;
  await on.drive(collect(on.client.jobsStatus.watch({ signal, socket, interval: 1000 })));
  for await (const _ of on.client.jobsStatus.watch({ signal, socket }).until(signal)) break;
  await failureOf(collect(on.client.upscaleTasks.watch(9, { signal, socket })), Error);
  assertEquals(listeners(), 0);
});
