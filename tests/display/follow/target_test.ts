import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { watchToFollow } from "../../../src/display/follow/target.ts";
import { DispatchError } from "../../../src/core/dispatch_error.ts";
import type { ProcessingJob } from "../../../src/models/jobs.ts";
import { attachWatch, type WatchPace } from "../../../src/models/snapshot.ts";
import { test } from "../../support/test.ts";
import { job, jobs, task } from "../views.ts";
import { fakeWatch } from "./watching.ts";

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
