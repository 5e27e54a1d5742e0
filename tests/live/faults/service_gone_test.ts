// The fault table of outages: the service is gone for a while, in every phase of every watch.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type AuthenticatedClient, WatchError } from "../../../mod.ts";
import type { Snapshot, Watch } from "../../../src/models/snapshot.ts";
import type { WatchOptions } from "../../../src/live/options.ts";
import { JOB_REQUEST } from "../../support/requests.ts";
import { test } from "../../support/test.ts";
import { asked, type Stage, stage, TASK_REQUEST } from "../support.ts";
import { gateBefore } from "./gate.ts";

const MINUTE = 60_000;

/** Every watch, the call that takes it up again, and what it asks. */
const WATCHES: Readonly<
  Record<string, {
    readonly make: (client: AuthenticatedClient, options: WatchOptions) => Watch<unknown>;
    readonly again: string;
    readonly operation: "unitJobs.get" | "upscaleTasks.get" | "jobsStatus.get";
    readonly stream?: "ws/upscale_tasks" | "ws/jobs_status";
  }>
> = {
  "a job": {
    make: ({ unitJobs }, options) => unitJobs.watch(1, options),
    again: "client.unitJobs.watch(1)",
    operation: "unitJobs.get",
  },
  "a task": {
    make: ({ upscaleTasks }, options) => upscaleTasks.watch(1, { ...options, expectedJobs: 3 }),
    again: "client.upscaleTasks.watch(1, { expectedJobs: 3 })",
    operation: "upscaleTasks.get",
  },
  "a task by socket": {
    make: ({ upscaleTasks }, options) =>
      upscaleTasks.watch(1, { ...options, expectedJobs: 3, socket: true }),
    again: "client.upscaleTasks.watch(1, { expectedJobs: 3 })",
    operation: "upscaleTasks.get",
    stream: "ws/upscale_tasks",
  },
  "the list": {
    make: ({ jobsStatus }, options) => jobsStatus.watch(options),
    again: "client.jobsStatus.watch()",
    operation: "jobsStatus.get",
  },
  "the list by socket": {
    make: ({ jobsStatus }, options) => jobsStatus.watch({ ...options, socket: true }),
    again: "client.jobsStatus.watch()",
    operation: "jobsStatus.get",
    stream: "ws/jobs_status",
  },
};

/** When the service goes: how to come to it, and how it shows that it has come. */
const PHASES: Readonly<
  Record<string, {
    readonly prepare?: (on: Stage, watch: typeof WATCHES[string]) => void;
    readonly reached: (
      on: Stage,
      watch: typeof WATCHES[string],
      seen: readonly unknown[],
    ) => boolean;
  }>
> = {
  "before it is asked": { reached: () => true },
  "while it answers for the first time": {
    prepare: ({ sandbox }, { operation, stream }) => {
      if (stream === undefined) sandbox.faults.set(operation, { latency: 1e9, times: 1 });
      else sandbox.faults.set(stream, { kind: "silence", after: 2, times: 1 });
    },
    reached: ({ sandbox }, { operation, stream }) =>
      stream === undefined ? asked(sandbox, operation) === 1 : sandbox.streams[0]?.sent === 2,
  },
  "between two answers": { reached: (_on, _watch, seen) => seen.length > 0 },
};

for (const [what, watch] of Object.entries(WATCHES)) {
  for (const [when, { prepare, reached }] of Object.entries(PHASES)) {
    for (const minutes of [1, 10, 40]) {
      test(`watch() of ${what} bears a service that is gone for ${minutes} min ${when}`, async () => {
        const running = minutes * MINUTE + 2 * MINUTE;
        await using on = stage({ pace: { created: 0, queued: 0, running, child: 1 } });
        await using gate = gateBefore(on.sandbox.url);
        if (what.includes("task")) await on.client.upscaleTasks.create(TASK_REQUEST);
        else await on.client.unitJobs.create(JOB_REQUEST);
        on.clock.advance(1000);
        prepare?.(on, watch);
        const seen: Snapshot<unknown>[] = [];
        const told: (string | undefined)[] = [];
        const client = on.clientWith({ baseUrl: gate.url });
        const options = { onProblem: (problem: string | undefined) => void told.push(problem) };
        let ended: "yet" | "well" | unknown = "yet";
        const goes = Promise.withResolvers<void>();
        if (when === "before it is asked") gate.close();
        (async () => {
          for await (const snapshot of watch.make(client, options)) seen.push(snapshot);
        })().then(() => ended = "well", (error: unknown) => ended = error).finally(goes.resolve);
        await on.driveUntil(() => reached(on, watch, seen), 1000);
        gate.close();
        const begin = on.clock.now();
        await on.driveUntil(
          () => ended !== "yet" || on.clock.now() >= begin + minutes * MINUTE,
          minutes < 30 ? 10_000 : 30_000,
        );
        // Nothing piles up while it is gone: one wait between questions, one for each that is open.
        assert(on.clock.waiting <= 4, `${on.clock.waiting} waits`);
        gate.open();
        if (ended === "yet") await on.driveUntil(() => ended !== "yet", 10_000);
        await goes.promise;

        const problems = told.filter((each) => each !== undefined)
          .filter((each) => !each.startsWith("waiting for an answer"));
        assert(problems.length >= 1, "nobody was told");
        assert(told.every((each, index) => each !== told[index - 1]), "told twice of the same");
        assert(told.length <= 8, told.join("\n"));
        assert(
          problems.some((each) =>
            /the connection was refused|nobody answers at that address/.test(each)
          ),
          problems.join("\n"),
        );
        if (minutes < 30) {
          assertEquals([ended, seen.at(-1)?.done, seen.at(-1)?.problem], ["well", true, undefined]);
          assertEquals(told.at(-1), undefined);
        } else {
          assert(ended instanceof WatchError, String(ended));
          const { message } = Object(ended);
          assertStringIncludes(message, "nothing could be learned of it for 30 min");
          assertStringIncludes(message, "the connection was refused");
          assertStringIncludes(
            message,
            `the work goes on; take it up again with ${watch.again}, with maxOutage`,
          );
        }
      });
    }
  }
}
