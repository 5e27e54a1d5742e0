import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { RequestInvalidError, TimeoutError, WatchError } from "../../mod.ts";
import { failureOf, stage } from "../live/support.ts";
import { JOB_REQUEST } from "../support/requests.ts";
import { test } from "../support/test.ts";

test("unitJobs goes the whole way of a job, by its number or by the job itself", async () => {
  await using on = stage();
  const { unitJobs } = on.client;
  const job = await unitJobs.create(JOB_REQUEST);
  const { value } = await on.drive(unitJobs.wait(job));
  assertEquals([value.id, value.status], [job.id, "finished"]);
  assertEquals((await unitJobs.get(job.id)).title, job.title);
  assertEquals((await unitJobs.results(job))?.type, "Collection");
  assertEquals((await unitJobs.results(job.id))?.type, "Collection");
  assertEquals((await unitJobs.list()).map(({ id }) => id), [job.id]);
  assertEquals(await unitJobs.delete(job), null);
  assertEquals([...await unitJobs.list()], []);
});

test("unitJobs.create({ check: true }) asks first, and creates nothing that the service does not take", async () => {
  await using on = stage();
  const parameters = { ...JOB_REQUEST.parameters, resolutoin: 10 };
  const error = await assertRejects(
    async () => await on.client.unitJobs.create({ ...JOB_REQUEST, parameters }, { check: true }),
    RequestInvalidError,
  );
  const [headline, ...problems] = error.message.split("\n  ");
  assertEquals(headline, "Cannot create the unit job:");
  assertEquals(problems.map((problem: string) => problem.split(":")[0]), ["parameters.resolutoin"]);
  assertEquals(on.sandbox.platformJobs.length, 0);
  await on.client.unitJobs.create(JOB_REQUEST, { check: true });
  assertEquals(on.sandbox.platformJobs.length, 1);
});

test("unitJobs.create() without it sends the request as it is, and asks nobody before", async () => {
  await using on = stage();
  await on.client.unitJobs.create(JOB_REQUEST);
  assertEquals(on.sandbox.requests.map(({ method, path }) => `${method} ${path}`), [
    "POST /unit_jobs",
  ]);
});

test("unitJobs.create() refuses options of another call, and a ledger that is none", async () => {
  await using on = stage();
  const create = (options: object) => async () =>
    await on.client.unitJobs.create(JOB_REQUEST, options);
  await assertRejects(create({ stream: true }), RequestInvalidError, "stream");
  await assertRejects(create({ check: "yes" }), RequestInvalidError, "check");
  await assertRejects(create({ ledger: "jobs.jsonl" }), RequestInvalidError, "ledger");
  assertEquals(on.sandbox.requests.length, 0);
});

test("unitJobs.parameters() takes the request of a job for the service that it names", async () => {
  await using on = stage();
  const { label, service } = JOB_REQUEST;
  const parameters = await on.client.unitJobs.parameters({ label, service });
  assert(parameters.some(({ name }) => name === "bbox"));
  assertEquals(await on.client.unitJobs.parameters(JOB_REQUEST), parameters);
});

test("unitJobs.wait() gives up in time, says that the work goes on, and leaves the job alone", async () => {
  await using on = stage({ pace: { running: 3_600_000 } });
  const job = await on.client.unitJobs.create(JOB_REQUEST);
  const { message } = await failureOf(
    on.drive(on.client.unitJobs.wait(job, { timeout: 60_000 })),
    TimeoutError,
  );
  assertStringIncludes(message, `Cannot wait for unit job ${job.id}`);
  assertStringIncludes(message, "it has not ended within 60 s");
  assertStringIncludes(message, "the work goes on");
  assertEquals((await on.client.unitJobs.get(job)).status, "running");
});

test("unitJobs.wait({ throwOnFailure: true }) rejects with a job that failed, and else brings it", async () => {
  await using on = stage({ outcome: () => "failed" });
  const job = await on.client.unitJobs.create(JOB_REQUEST);
  assertEquals((await on.drive(on.client.unitJobs.wait(job))).value.status, "failed");
  const error = await failureOf(
    on.drive(on.client.unitJobs.wait(job, { throwOnFailure: true })),
    WatchError,
  );
  assertEquals(Object(error.value).status, "failed");
});
