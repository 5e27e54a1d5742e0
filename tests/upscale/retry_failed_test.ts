import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { AuthenticatedClient, type RetryClient, retryFailed, upscaleArea } from "../../mod.ts";
import { DispatchError } from "../../src/core/dispatch_error.ts";
import { RequestInvalidError } from "../../src/http/errors.ts";
import { watchOf } from "../../src/models/snapshot.ts";
import { startSandbox } from "../../src/sandbox/mod.ts";
import { test } from "../support/test.ts";
import { AREA, JOB } from "./areas.ts";

const INSTANT = { pace: { child: 0, created: 0, queued: 0, running: 0 } };
const QUIET = { show: false, confirm: false } as const;

/** A task of six tiles of which two fail, and the client that made it. */
async function onStage(
  run: (
    client: AuthenticatedClient,
    area: Awaited<ReturnType<typeof upscaleArea>>,
  ) => Promise<void>,
): Promise<void> {
  let failing = true;
  const outcome = ({ id }: { id: number }) => failing && id % 3 === 0 ? "failed" : "finished";
  await using sandbox = startSandbox({ ...INSTANT, outcome });
  const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
  const area = await upscaleArea(client, {
    aoi: AREA,
    grid: "20x20km",
    request: JOB,
    show: false,
    confirm: () => true,
  });
  await client.upscaleTasks.wait(area.task ?? 0, { expectedJobs: area.expectedJobs });
  failing = false;
  await run(client, area);
}

test("retryFailed() makes a new task of the failed jobs of an area, and says what it is made of", () =>
  onStage(async (client, area) => {
    const { plan, task, jobs } = await retryFailed(client, area, QUIET);
    assertEquals(jobs, undefined);
    assertEquals(plan.task, area.task?.id);
    assertEquals([plan.failed.length, plan.missing, plan.amount, plan.as], [2, 0, 2, "task"]);
    assertEquals(task?.title, `Vegetation index (again, of ${area.task?.id})`);
    const text = String(plan);
    assertStringIncludes(text, "2 jobs to run again  Vegetation index (again, of");
    assertStringIncludes(text, `task ${area.task?.id}`);
    assertStringIncludes(text, `2 failed jobs: ${plan.failed.join(", ")}`);
    const { value } = await client.upscaleTasks.wait(task ?? 0, { expectedJobs: 2 });
    const old = await client.upscaleTasks.get(area.task ?? 0);
    const places = old.jobs.filter(({ status }) => status === "failed")
      .map(({ parameters }) => parameters);
    assertEquals(value.jobs.map(({ parameters }) => parameters), places);
    assert(value.jobs.every(({ status }) => status === "finished"));
  }));

test("retryFailed() knows how what it made is watched, and how many jobs come", () =>
  onStage(async (client, area) => {
    const made = await retryFailed(client, area, QUIET);
    const expected = new Set<unknown>();
    for await (const snapshot of watchOf(made, { interval: 1_000 }) ?? []) {
      expected.add(snapshot.expectedJobs);
    }
    assertEquals(expected, new Set([2]));
  }));

test("retryFailed() makes single jobs when it is told so", () =>
  onStage(async (client, area) => {
    const { plan, task, jobs } = await retryFailed(client, area.task ?? 0, {
      ...QUIET,
      as: "jobs",
      format: "gtiff",
    });
    assertEquals([task, jobs?.length, plan.as], [undefined, 2, "jobs"]);
    for (const [index, job] of (jobs ?? []).entries()) {
      assertEquals(
        job.title,
        `Vegetation index - Processing Job ${
          (await client.unitJobs.get(plan.failed[index] ?? 0)).title.match(/\d+$/)?.[0]
        } (again, of ${plan.failed[index]})`,
      );
    }
  }));

test("retryFailed() makes what was never made, as far as the request is known", () =>
  onStage(async (client, area) => {
    const task = await client.upscaleTasks.get(area.task ?? 0);
    const gone = task.jobs.find(({ status }) => status === "finished");
    await client.unitJobs.delete(gone ?? 0);
    const { plan } = await retryFailed(client, area, { ...QUIET, dryRun: true });
    assertEquals([plan.failed.length, plan.missing, plan.amount], [2, 1, 3]);
    assertStringIncludes(String(plan), "1 job that was never made, or deleted");
    const blind = await retryFailed(client, task, { ...QUIET, dryRun: true, format: "gtiff" });
    assertEquals([blind.plan.missing, blind.plan.amount], [0, 2]);
  }));

test("retryFailed() submits nothing unless somebody says yes", () =>
  onStage(async (client, area) => {
    const before = (await client.jobsStatus.get()).upscaling_tasks.length;
    const asked: number[] = [];
    const { task } = await retryFailed(client, area, {
      show: false,
      confirm: ({ amount }) => {
        asked.push(amount);
        return false;
      },
    });
    await retryFailed(client, area, { show: false, dryRun: true });
    assertEquals([task, asked], [undefined, [2]]);
    assertEquals((await client.jobsStatus.get()).upscaling_tasks.length, before);
  }));

test("retryFailed() has nothing to do where nothing failed", () =>
  onStage(async (client, area) => {
    const { task } = await retryFailed(client, area, QUIET);
    await client.upscaleTasks.wait(task ?? 0, { expectedJobs: 2 });
    const { plan, ...rest } = await retryFailed(client, task ?? 0, { ...QUIET, format: "gtiff" });
    assertEquals([plan.amount, rest], [0, {}]);
    assertEquals(String(plan), `Nothing of task ${task?.id} is to be made again`);
  }));

test("retryFailed() asks for the format, which the service does not tell, before anything is sent", () =>
  onStage(async (client, area) => {
    const words = async (...args: Parameters<typeof retryFailed>) =>
      (await assertRejects(() => retryFailed(...args), RequestInvalidError)).message;
    assertStringIncludes(
      await words(client, area.task ?? 0, QUIET),
      'format: expected the format that the task was asked for, such as "gtiff"',
    );
    const planned = await upscaleArea(client, {
      aoi: AREA,
      grid: "20x20km",
      request: JOB,
      show: false,
      dryRun: true,
    });
    assertStringIncludes(await words(client, planned, QUIET), "only planned");
    assertStringIncludes(await words(client, -1, QUIET), "expected a positive integer");
  }));

test("retryFailed() says which jobs are under way when one of them cannot be made", () =>
  onStage(async (client, area) => {
    let calls = 0;
    const shaky: RetryClient = {
      upscaleTasks: client.upscaleTasks,
      unitJobs: {
        create(request, options) {
          if (++calls === 2) throw new Error("the platform is full");
          return client.unitJobs.create(request, options);
        },
      },
    };
    const error = await assertRejects(
      () => retryFailed(shaky, area, { ...QUIET, as: "jobs" }),
      DispatchError,
    );
    assert(
      /1 of 2 were submitted \(\d+\), then it stopped: the platform is full/.test(error.message),
    );
  }));

test("retryFailed() keeps titles within what the service can store", async () => {
  await using sandbox = startSandbox({ ...INSTANT, outcome: () => "failed" });
  const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
  const { task = 0 } = await upscaleArea(client, {
    aoi: AREA,
    grid: "20x20km",
    request: { ...JOB, title: "x".repeat(200) },
    show: false,
    confirm: () => true,
  });
  await client.upscaleTasks.wait(task, { expectedJobs: 6 });
  let last = task;
  for (let times = 0; times < 3; times++) {
    const { task: again = 0 } = await retryFailed(client, last, { ...QUIET, format: "gtiff" });
    await client.upscaleTasks.wait(again, { expectedJobs: 6 });
    last = again;
  }
  assert((await client.upscaleTasks.get(last)).title.length <= 230);
});
