import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  AuthenticatedClient,
  ConnectionError,
  type DispatchError,
  ServerError,
  WatchError,
} from "../../../mod.ts";
import { hearWork } from "../../../src/api/known/known_work.ts";
import { showWork } from "../../../src/api/show.ts";
import { ProcessingJobSummary } from "../../../src/models/jobs.ts";
import { failureOf, type Stage, stage } from "../../live/support.ts";
import { JOB_REQUEST, jobSummary } from "../../support/requests.ts";
import { test } from "../../support/test.ts";

const summary = (id: number, status = "running") =>
  ProcessingJobSummary.parse({ ...jobSummary(id), label: "ogc_api_process", status });

function heard() {
  return hearWork(showWork(new AuthenticatedClient({ baseUrl: "https://x.test", token: "t0k" })));
}

test("hearWork() remembers the highest number of a job, and those whose platform may fail a list", () => {
  const work = heard();
  assertEquals(work.known.newestJob(), undefined);
  work.job(summary(7));
  work.job(summary(3));
  assertEquals(work.known.newestJob(), 7);
  assertEquals(work.known.suspects(undefined).map(({ id }) => id), [7, 3]);
  work.job(summary(7, "finished"));
  assertEquals(work.known.suspects(["processing"]).map(({ id }) => id), [3]);
  assertEquals(work.known.suspects(["upscaling"]), []);
  // A list that has no such job any more says so; the part that was not asked for stays.
  work.known.hearList({ processing_jobs: [], upscaling_tasks: [] }, ["upscaling"]);
  assertEquals(work.known.suspects(undefined).map(({ id }) => id), [3]);
  work.known.hearList({ processing_jobs: [], upscaling_tasks: [] }, undefined);
  assertEquals(work.known.suspects(undefined), []);
  assertEquals(work.known.newestJob(), 7);
});

test("hearWork() keeps a bounded number of jobs, the latest ones", () => {
  const work = heard();
  for (let id = 1; id <= 1_200; id++) work.job(summary(id));
  const kept = work.known.suspects(undefined);
  assertEquals([kept.length, kept[0]?.id, kept.at(-1)?.id], [1_000, 201, 1_200]);
});

test("unitJobs.create() names the highest id known before, whichever call told of it", async () => {
  await using on = stage({ pace: { running: 1_000_000 } });
  for (let made = 0; made < 3; made++) await on.client.unitJobs.create(JOB_REQUEST);
  const lost = async (client: AuthenticatedClient): Promise<DispatchError> => {
    on.sandbox.faults.set("unitJobs.create", { kind: "drop" });
    const error: unknown = await on.drive(
      client.unitJobs.create(JOB_REQUEST).catch((thrown: unknown) => thrown),
    );
    on.sandbox.faults.clear();
    if (error instanceof ConnectionError) return error;
    throw new Error("it was not lost", { cause: error });
  };
  assertStringIncludes((await lost(on.clientWith({}))).message, "above the last one you know");
  const ways: readonly ((client: AuthenticatedClient) => Promise<unknown>)[] = [
    (client) => client.unitJobs.get(3),
    (client) => client.unitJobs.list(),
    (client) => client.jobsStatus.get(),
    (client) => client.unitJobs.watch(3)[Symbol.asyncIterator]().next(),
  ];
  for (const way of ways) {
    const client = on.clientWith({});
    await way(client);
    assertStringIncludes(
      (await lost(client)).message,
      "among the ids above 3, the highest that this client knew before",
    );
  }
  assertStringIncludes((await lost(on.client)).message, "above 3, the highest");
});

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
