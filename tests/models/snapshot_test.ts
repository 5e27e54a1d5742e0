import { assertEquals, assertStrictEquals } from "@std/assert";
import { AuthenticatedClient, upscaleArea } from "../../mod.ts";
import { attachWatch, watchOf } from "../../src/models/snapshot.ts";
import { startSandbox } from "../../src/sandbox/mod.ts";
import { JOB_REQUEST } from "../support/requests.ts";
import { test } from "../support/test.ts";
import { AREA, JOB, square } from "../upscale/areas.ts";

const TASK_REQUEST = {
  ...JOB,
  title: "Polders",
  dimension: { name: "spatial_extent", values: [square(4, 51, 1), square(5, 51, 1)] },
};

async function onStage(run: (client: AuthenticatedClient) => Promise<void>): Promise<void> {
  await using sandbox = startSandbox({ pace: { created: 0, queued: 0, running: 0 } });
  await run(new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token }));
}

test("watchOf() knows how each job and task of a client's answers is watched", () =>
  onStage(async (client) => {
    const job = await client.unitJobs.create(JOB_REQUEST);
    const task = await client.upscaleTasks.create(TASK_REQUEST);
    const { value: whole } = await client.upscaleTasks.wait(task, { expectedJobs: 2 });
    const all = await client.jobsStatus.get();
    assertEquals(watchOf(job)?.subject, { kind: "job", id: job.id });
    assertEquals(watchOf(await client.unitJobs.get(job))?.subject, { kind: "job", id: job.id });
    assertEquals(watchOf(task)?.subject, { kind: "task", id: task.id });
    assertEquals(watchOf(whole)?.subject, { kind: "task", id: task.id });
    assertEquals(watchOf(whole.jobs[0])?.subject, { kind: "job", id: whole.jobs[0]?.id });
    assertEquals(watchOf(all)?.subject, { kind: "list" });
    assertEquals(watchOf(all.processing_jobs[0])?.subject, { kind: "job", id: job.id });
    assertEquals(watchOf(all.upscaling_tasks[0])?.subject, { kind: "task", id: task.id });
    assertEquals(watchOf(client.jobsStatus)?.subject, { kind: "list" });
  }));

test("watchOf() makes a watch that works, and a task that was just created knows how many jobs come", () =>
  onStage(async (client) => {
    const job = await client.unitJobs.create(JOB_REQUEST);
    for await (const { value, done } of watchOf(job) ?? []) {
      assertEquals(["status" in value && value.status, done], ["finished", true]);
    }
    const expected: unknown[] = [];
    for await (
      const snapshot of watchOf(await client.upscaleTasks.create(TASK_REQUEST)) ?? []
    ) expected.push(snapshot.expectedJobs);
    assertEquals(new Set(expected), new Set([2]));
  }));

test("watchOf() knows an area, and passes on why one that was only planned cannot be watched", () =>
  onStage(async (client) => {
    const options = {
      aoi: AREA,
      grid: "20x20km",
      request: JOB,
      show: false,
      confirm: false,
    } as const;
    const area = await upscaleArea(client, options);
    assertEquals(watchOf(area)?.subject, { kind: "task", id: area.task?.id });
    const planned = await upscaleArea(client, { ...options, dryRun: true });
    let message = "";
    try {
      watchOf(planned);
    } catch (error) {
      message = String(error);
    }
    assertEquals(message.includes("nothing was submitted"), true);
  }));

test("watchOf() keeps the part of one's work that was asked for", () =>
  onStage(async (client) => {
    await client.unitJobs.create(JOB_REQUEST);
    await client.upscaleTasks.create(TASK_REQUEST);
    const tasks = await client.jobsStatus.get({ filter: "upscaling" });
    for await (const { value } of watchOf(tasks) ?? []) {
      assertEquals("processing_jobs" in value && value.processing_jobs.length, 0);
    }
  }));

test("watchOf() has nothing for what came from JSON, was copied, or is no work", () =>
  onStage(async (client) => {
    const job = await client.unitJobs.create(JOB_REQUEST);
    const watch = client.unitJobs.watch(job);
    assertStrictEquals(watchOf(watch), watch);
    const others = [JSON.parse(JSON.stringify(job)), { ...job }, structuredClone(job), 42, "42"];
    for (const other of [...others, null, undefined, {}, [], () => {}]) {
      assertEquals(watchOf(other), undefined);
    }
    assertEquals(watchOf(attachWatch({ id: 1 }, () => Object(5))), undefined);
  }));

test("attachWatch() is not seen", () => {
  const value = attachWatch({ id: 1 }, () => {
    throw new Error("not to be called");
  });
  assertEquals(value, { id: 1 });
  assertEquals(JSON.stringify(value), '{"id":1}');
  assertEquals(structuredClone(value), { id: 1 });
  assertEquals(Deno.inspect(value), "{ id: 1 }");
});
