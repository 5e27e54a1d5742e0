// When one job makes a list fail, the error of every list names it, and how to get past it.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type AuthenticatedClient, ServerError, WatchError } from "../../../mod.ts";
import { failureOf, type Stage, stage } from "../../live/support.ts";
import { JOB_REQUEST } from "../../support/requests.ts";
import { test } from "../../support/test.ts";

const TASK = { ...JOB_REQUEST, dimension: { name: "bbox", values: [[1, 2, 3, 4]] } };
const JOB = 'the platform cannot be asked about job 2 ("The culprit")';

/** A stage whose second job can be made the one that fails the list. */
async function twoJobs(): Promise<Stage> {
  const on = stage({ pace: { running: 1_000_000 } });
  await on.client.unitJobs.create(JOB_REQUEST);
  await on.client.unitJobs.create({ ...JOB_REQUEST, title: "The culprit" });
  return on;
}

const LISTS: readonly (readonly [string, (client: AuthenticatedClient) => Promise<unknown>])[] = [
  ["unitJobs.list()", (client) => client.unitJobs.list()],
  ["unitJobs.list({ dates })", (client) => client.unitJobs.list({ dates: true })],
  ["jobsStatus.get()", (client) => client.jobsStatus.get()],
  ["jobsStatus.get({ filter })", (client) => client.jobsStatus.get({ filter: "processing" })],
];

for (const [name, list] of LISTS) {
  test(`${name} names the job that makes it fail, known by its creation alone or by any list`, async () => {
    await using on = await twoJobs();
    for (const before of [undefined, ...LISTS.map(([, heard]) => heard)]) {
      on.sandbox.setStatus(2, "running");
      await before?.(on.client);
      on.sandbox.setStatus(2, "unknown");
      const error = await failureOf(on.drive(list(on.client)), ServerError);
      assertStringIncludes(error.message, `Cannot list the jobs and tasks: ${JOB}`);
      assertStringIncludes(error.message, 'client.jobsStatus.get({ filter: "upscaling" })');
      assertStringIncludes(error.message, "if that never knows the job again, ask the service's");
      assert(error.cause instanceof ServerError);
    }
  });
}

test("upscaleTasks.list() names the task whose jobs make it fail, and no job outside it", async () => {
  await using on = stage({ pace: { running: 1_000_000 } });
  await on.client.unitJobs.create(JOB_REQUEST);
  const { id } = await on.client.upscaleTasks.create(TASK);
  on.clock.advance(1000);
  const { jobs: [child] } = await on.drive(on.client.upscaleTasks.get(id));
  on.sandbox.setStatus(1, "unknown");
  on.sandbox.setStatus(child?.id ?? 0, "unknown");
  const { message } = await failureOf(on.drive(on.client.upscaleTasks.list()), ServerError);
  assertStringIncludes(message, `about the jobs of task ${id} ("Vegetation index")`);
  assertStringIncludes(message, 'client.jobsStatus.get({ filter: "processing" })');
});

test("unitJobs.list({ children }) names the task whose jobs cannot be listed", async () => {
  await using on = stage({ pace: { running: 1_000_000 } });
  const { id } = await on.client.upscaleTasks.create(TASK);
  on.clock.advance(1000);
  const tasks = await on.drive(on.client.upscaleTasks.list());
  assertEquals(tasks.length, 1);
  on.sandbox.faults.set("upscaleTasks.get", { status: 500 });
  const { message } = await failureOf(
    on.drive(on.client.unitJobs.list({ children: true })),
    ServerError,
  );
  assertStringIncludes(
    message,
    `Cannot list the jobs of tasks: those of task ${id} ("Vegetation index") cannot be read`,
  );
  assertStringIncludes(message, "client.unitJobs.list() lists the jobs outside tasks");
});

test("no list blames a job where the service's own database failed", async () => {
  await using on = await twoJobs();
  on.sandbox.setDatabaseFailure("(pymysql.err.OperationalError) (2006, 'gone away')");
  for (const [, list] of LISTS) {
    const { message } = await failureOf(on.drive(list(on.client)), ServerError);
    assertStringIncludes(message, "the service's database failed");
    assert(!message.includes("cannot be asked about"), message);
  }
});

test("jobsStatus.watch() names the job that fails its very first reading", async () => {
  await using on = await twoJobs();
  on.sandbox.setStatus(2, "unknown");
  const rest = (async () => {
    for await (const _ of on.client.jobsStatus.watch());
  })();
  const { message, value } = await failureOf(on.drive(rest, 30_000), WatchError);
  assertStringIncludes(message, JOB);
  assertStringIncludes(message, "client.unitJobs.watch(id)");
  assertEquals(value, undefined);
});

test("no list shows a secret that stands in a title", async () => {
  await using on = stage({ pace: { running: 1_000_000 } });
  const title = "https://me:s3cret@c.test/?token=s3cret";
  const { id } = await on.client.unitJobs.create({ ...JOB_REQUEST, title });
  on.sandbox.setStatus(id, "unknown");
  const { message } = await failureOf(on.drive(on.client.unitJobs.list()), ServerError);
  assertStringIncludes(message, `about job ${id} ("https://`);
  assert(!message.includes("s3cret"), message);
});
