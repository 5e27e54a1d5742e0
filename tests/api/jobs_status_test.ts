import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { ServerError, WatchError } from "../../mod.ts";
import { collect, failureOf, stage, TASK_REQUEST } from "../live/support.ts";
import { JOB_REQUEST } from "../support/requests.ts";
import { test } from "../support/test.ts";

const CULPRIT =
  'the platform cannot be asked about job 2 ("The \\"culprit\\""), and that makes the whole list fail';

/** By WebSocket, and by asking. */
const WAYS = [true, false];

test("jobsStatus.watch() names the job whose platform makes the whole list fail", async () => {
  for (const socket of WAYS) {
    await using on = stage({ pace: { running: 1_000_000 } });
    await on.client.unitJobs.create(JOB_REQUEST);
    await on.client.unitJobs.create({ ...JOB_REQUEST, title: 'The "culprit"' });
    const snapshots = on.client.jobsStatus.watch({ socket })[Symbol.asyncIterator]();
    await snapshots.next();
    on.sandbox.setStatus(2, "unknown");
    const told: (string | undefined)[] = [];
    const rest = (async () => {
      for await (const { problem } of snapshots) told.push(problem);
    })();
    const error = await failureOf(on.drive(rest, 30_000), WatchError);
    assert(told.includes(`${CULPRIT}; trying again`), told.join("\n"));
    assertStringIncludes(
      error.message,
      'the platform cannot be asked about job 2 ("The \\"culprit\\""), and that makes the whole list fail',
    );
    assertStringIncludes(error.message, "What to do: watch your other work one by one");
    assertStringIncludes(error.message, "Request id: ");
    assert(error.cause instanceof ServerError);
    assertEquals(Object(error.value).processing_jobs.length, 2);
  }
});

test("jobsStatus.watch() names the task whose jobs make the whole list fail", async () => {
  await using on = stage({ pace: { running: 1_000_000 } });
  const dimension = { name: "bbox", values: [[1, 2, 3, 4]] };
  await on.client.upscaleTasks.create({ ...JOB_REQUEST, dimension });
  on.clock.advance(1000);
  const snapshots = on.client.jobsStatus.watch({ socket: false })[Symbol.asyncIterator]();
  await snapshots.next();
  on.sandbox.setStatus(1, "unknown");
  const rest = (async () => {
    while (!(await snapshots.next()).done);
  })();
  const { message } = await failureOf(on.drive(rest, 30_000), WatchError);
  assertStringIncludes(message, 'asked about the jobs of task 1 ("Vegetation index")');
});

test("jobsStatus.watch() keeps to the failure where the looking for its cause fails", async () => {
  await using on = stage({ pace: { running: 1_000_000 } });
  const job = await on.client.unitJobs.create(JOB_REQUEST);
  const snapshots = on.client.jobsStatus.watch({ socket: false })[Symbol.asyncIterator]();
  await snapshots.next();
  on.sandbox.setStatus(job.id, "unknown");
  on.sandbox.faults.set("unitJobs.get", { kind: "drop" });
  const rest = (async () => {
    while (!(await snapshots.next()).done);
  })();
  const { message, cause } = await failureOf(on.drive(rest, 30_000), WatchError);
  assertStringIncludes(message, "Cannot watch the jobs and tasks: nothing could be learned of it");
  assertStringIncludes(message, "the platform answered 503");
  assert(cause instanceof ServerError);
});

test("jobsStatus.watch() passes the service's own words on where no job can be blamed", async () => {
  await using on = stage();
  on.sandbox.setDatabaseFailure("(pymysql.err.OperationalError) (2006, 'gone away')");
  const { message, cause } = await failureOf(
    on.drive(collect(on.client.jobsStatus.watch({ filter: "processing" })), 30_000),
    WatchError,
  );
  assertStringIncludes(message, "(2006, 'gone away')");
  assertStringIncludes(message, "What to do: the service's database failed");
  assertStringIncludes(
    message,
    'the work goes on; take it up again with client.jobsStatus.watch({ filter: "processing" })',
  );
  assert(cause instanceof ServerError);
});

test("jobsStatus.watch() watches the part that is asked for", async () => {
  await using on = stage();
  await on.client.unitJobs.create(JOB_REQUEST);
  await on.client.upscaleTasks.create(TASK_REQUEST);
  for (const socket of WAYS) {
    const watch = on.client.jobsStatus.watch({ filter: "upscaling", interval: 1000, socket });
    const last = (await on.drive(collect(watch))).at(-1);
    assertEquals(last?.value.processing_jobs, []);
    assertEquals(last?.value.upscaling_tasks.map(({ status }) => status), ["finished"]);
  }
  assertEquals(
    on.sandbox.streams[0]?.path,
    "/ws/jobs_status?filter=upscaling&interval=1&token=<token>",
  );
});

test("jobsStatus.get() names the job whose platform makes the whole list fail, and what still answers", async () => {
  await using on = stage({ pace: { running: 1_000_000 } });
  await on.client.unitJobs.create(JOB_REQUEST);
  await on.client.unitJobs.create({ ...JOB_REQUEST, title: 'The "culprit"' });
  await on.client.jobsStatus.get();
  on.sandbox.setStatus(2, "unknown");
  for (const filter of [undefined, "processing"] as const) {
    const error = await failureOf(on.drive(on.client.jobsStatus.get({ filter })), ServerError);
    assertStringIncludes(error.message, `Cannot list the jobs and tasks: ${CULPRIT}`);
    assertStringIncludes(
      error.message,
      'What to do: client.jobsStatus.get({ filter: "upscaling" }) lists the other part, client.unitJobs.get(id) and',
    );
    assertEquals([error.status, error.errorCode], [500, "INTERNAL_ERROR"]);
    const { cause } = error;
    assert(cause instanceof ServerError);
    assertStringIncludes(Object(cause).message, "the platform answered 503");
  }
  assertEquals((await on.client.jobsStatus.get({ filter: "upscaling" })).upscaling_tasks, []);
  const whole = await on.drive(on.client.jobsStatus.get().detailed());
  assert(!whole.ok && whole.error.message.includes(CULPRIT));
  on.sandbox.setStatus(2, "running");
  assertEquals((await on.client.jobsStatus.get()).processing_jobs.length, 2);
});

test("jobsStatus.get() says how to get past a job that nobody can name yet", async () => {
  await using on = stage({ pace: { running: 1_000_000 } });
  const { id } = await on.client.unitJobs.create(JOB_REQUEST);
  on.sandbox.setStatus(id, "unknown");
  const stranger = on.clientWith({});
  const { message } = await failureOf(on.drive(stranger.jobsStatus.get()), ServerError);
  assertStringIncludes(message, "the platform of one of your jobs is down or busy");
  assertStringIncludes(message, 'client.jobsStatus.get({ filter: "upscaling" })');
  assertStringIncludes(message, "client.unitJobs.get(id)");
});

test("jobsStatus.get() ends at once with the signal's reason while it looks for the job to blame", async () => {
  await using on = stage({ pace: { running: 1_000_000 } });
  await on.client.unitJobs.create(JOB_REQUEST);
  await on.client.jobsStatus.get();
  on.sandbox.setStatus(1, "unknown");
  on.sandbox.faults.set("unitJobs.get", { latency: 1_000_000 });
  const abort = new AbortController();
  const asked = on.client.jobsStatus.get({ signal: abort.signal });
  await on.driveUntil(() => on.sandbox.requests.some(({ path }) => path === "/unit_jobs/1"));
  const reason = new Error("enough");
  abort.abort(reason);
  assertEquals(await asked.catch((error: unknown) => error), reason);
});
