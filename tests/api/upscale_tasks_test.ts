import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { jupyterDisplay, RequestInvalidError, WatchError } from "../../mod.ts";
import { collect, failureOf, stage, TASK_REQUEST } from "../live/support.ts";
import { test } from "../support/test.ts";

const expectedJobs = TASK_REQUEST.dimension.values.length;

test("upscaleTasks goes the whole way of a task, by its number or by the task itself", async () => {
  await using on = stage();
  const { upscaleTasks } = on.client;
  const task = await upscaleTasks.create(TASK_REQUEST);
  const { value } = await on.drive(upscaleTasks.wait(task, { expectedJobs }));
  assertEquals(value.jobs.map(({ status }) => status), Array(expectedJobs).fill("finished"));
  assertEquals((await upscaleTasks.get(task.id)).jobs.length, expectedJobs);
  assertEquals((await upscaleTasks.get(task)).id, task.id);
  assertEquals((await upscaleTasks.list()).map(({ id }) => id), [task.id]);
});

test("upscaleTasks.watch() ends with the last of the jobs that were asked for", async () => {
  await using on = stage();
  const task = await on.client.upscaleTasks.create(TASK_REQUEST);
  const snapshots = await on.drive(collect(on.client.upscaleTasks.watch(task, { expectedJobs })));
  const last = snapshots.at(-1);
  assertEquals([last?.value.jobs.length, last?.done, last?.expectedJobs], [
    expectedJobs,
    true,
    expectedJobs,
  ]);
  assertEquals(snapshots.slice(0, -1).some(({ done }) => done), false);
});

test("upscaleTasks.wait({ throwOnFailure: true }) rejects with a task whose jobs failed in part", async () => {
  await using on = stage({ outcome: ({ id }) => id === 2 ? "failed" : "finished" });
  const task = await on.client.upscaleTasks.create(TASK_REQUEST);
  const error = await failureOf(
    on.drive(on.client.upscaleTasks.wait(task, { expectedJobs, throwOnFailure: true })),
    WatchError,
  );
  assertStringIncludes(
    error.message,
    `Cannot wait for upscaling task ${task.id}: 1 of its 3 jobs failed`,
  );
  assertEquals(Object(error.value).id, task.id);
});

test("upscaleTasks.create() shows how many jobs were asked for, which the service does not tell", async () => {
  await using on = stage();
  const task = await on.client.upscaleTasks.create(TASK_REQUEST);
  const show: unknown = Reflect.get(task, jupyterDisplay);
  const shown = typeof show === "function" ? show.call(task)["text/plain"] : undefined;
  assertStringIncludes(shown, "3 asked for; they are made one by one");
});

test("upscaleTasks refuses what is no task, and a task of nothing, before anything is sent", async () => {
  await using on = stage();
  const { upscaleTasks } = on.client;
  await assertRejects(async () => await upscaleTasks.get(0), RequestInvalidError, "id: expected");
  await assertRejects(
    async () => await upscaleTasks.wait(-1),
    RequestInvalidError,
    "Cannot watch upscaling task",
  );
  const dimension = { ...TASK_REQUEST.dimension, values: [] };
  await assertRejects(
    async () => await upscaleTasks.create({ ...TASK_REQUEST, dimension }),
    RequestInvalidError,
    "dimension.values",
  );
  await assertRejects(
    async () => await upscaleTasks.create(TASK_REQUEST, Object({ check: true })),
    RequestInvalidError,
    "check",
  );
  assertEquals(on.sandbox.requests.length, 0);
});
