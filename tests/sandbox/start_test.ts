import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DispatchError, manualClock, startSandbox } from "../../src/sandbox/mod.ts";
import { test } from "../support/test.ts";
import { at, recorded, send, shapeOf, stage, TUTORIAL } from "./support.ts";

test("startSandbox() listens on loopback, on a port of its own or a given one", async () => {
  await using sandbox = startSandbox();
  assert(/^http:\/\/127\.0\.0\.1:\d+$/.test(sandbox.url));
  const port = Number(new URL(sandbox.url).port);
  const error = assertThrows(() => startSandbox({ port }), DispatchError);
  assert(String(error).includes(`on port ${port}: the port is in use`));
  await sandbox.close();
  await using again = startSandbox({ port });
  assertEquals((await send(again, "GET /health")).status, 200);
});

test("startSandbox() gives two users a token each, also with tokens of one's own", async () => {
  const given = [
    undefined,
    { "my-token": "me", "mine-too": "me", "yours": "you" },
    { "my-token": "ben" },
    {},
  ];
  for (const tokens of given) {
    await using sandbox = startSandbox(tokens && { tokens });
    await send(sandbox, "POST /unit_jobs", { json: TUTORIAL });
    assertEquals((await send(sandbox, "GET /unit_jobs/1")).status, 200);
    const other = await send(sandbox, "GET /unit_jobs/1", { token: sandbox.otherToken });
    assertEquals([other.status, at(other.body, "error_code")], [404, "JOB_NOT_FOUND"]);
  }
});

test("startSandbox() keeps two sandboxes apart", async () => {
  await using one = startSandbox();
  await using two = startSandbox();
  await send(one, "POST /unit_jobs", { json: TUTORIAL });
  assertEquals((await send(two, "GET /unit_jobs/1")).status, 404);
  assertEquals([one.requests.length, two.requests.length], [1, 1]);
});

test("startSandbox() runs jobs by the machine's clock unless it is given another", async () => {
  const pace = { created: 10, queued: 10, running: 10 };
  await using sandbox = startSandbox({ pace });
  await send(sandbox, "POST /unit_jobs", { json: TUTORIAL });
  let status: unknown;
  for (let tries = 0; status !== "finished" && tries < 10_000; tries++) {
    status = at((await send(sandbox, "GET /unit_jobs/1")).body, "status");
  }
  assertEquals(status, "finished");
});

test("expireToken() and issueToken() end and begin what a token can do", async () => {
  await using on = stage();
  const { sandbox } = on;
  await send(sandbox, "POST /unit_jobs", { json: TUTORIAL });
  sandbox.expireToken(sandbox.token);
  const expired = await send(sandbox, "GET /unit_jobs/1");
  assertEquals([expired.status, at(expired.body, "error_code")], [401, "AUTHENTICATION_FAILED"]);
  const token = sandbox.issueToken({ expiresIn: 1000 });
  assertEquals((await send(sandbox, "GET /unit_jobs/1", { token })).status, 200);
  on.clock.advance(1000);
  assertEquals((await send(sandbox, "GET /unit_jobs/1", { token })).status, 401);
  const others = sandbox.issueToken({ user: "someone else" });
  assertEquals((await send(sandbox, "GET /unit_jobs/1", { token: others })).status, 404);
});

test("restart({ killed: true }) leaves undone what waits, and unwritten what was to be recorded", async () => {
  await using on = stage();
  const { sandbox } = on;
  sandbox.faults.set("unitJobs.create", { kind: "drop", commitAfter: 5000, times: 1 });
  await assertRejects(() => send(sandbox, "POST /unit_jobs", { json: TUTORIAL }), TypeError);
  sandbox.faults.set("unitJobs.create", { latency: 600_000, times: 1 });
  const waiting = assertRejects(
    () => send(sandbox, "POST /unit_jobs", { json: TUTORIAL }),
    TypeError,
  );
  while (sandbox.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
  await sandbox.restart({ killed: true });
  await waiting;
  on.clock.advance(600_000);
  // Whatever else was under way has its turn before an answer is there.
  for (let times = 0; times < 3; times++) await send(sandbox, "GET /health");
  assertEquals(sandbox.platformJobs.length, 1);
  assertEquals(at((await send(sandbox, "GET /jobs_status")).body, "processing_jobs"), []);
});

test("setStatus() sets a status for good", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  on.sandbox.setStatus(1, "canceled");
  on.clock.advance(60_000);
  assertEquals(at((await send(on.sandbox, "GET /unit_jobs/1")).body, "status"), "canceled");
  assertThrows(() => on.sandbox.setStatus(2, "failed"), DispatchError, "of job 2");
});

test("setDatabaseFailure() makes health an answer with 503 and everything else fail", async () => {
  await using on = stage();
  const message = "(2003, \"Can't connect to MySQL server on '127.0.0.1'\")";
  on.sandbox.setDatabaseFailure(message);
  const health = await send(on.sandbox, "GET /health");
  assertEquals([health.status, health.body], [
    503,
    { status: "error", database: { status: "error", message } },
  ]);
  const list = await send(on.sandbox, "GET /jobs_status");
  assertEquals([list.status, at(list.body, "details", "error")], [500, message]);
  const created = await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  const wanted = await recorded("unit-create-db-down");
  assertEquals([created.status, shapeOf(created.body)], [wanted.status, shapeOf(wanted.body)]);
  assertEquals(at(created.body, "message"), at(wanted.body, "message"));
  assertEquals(on.sandbox.platformJobs.length, 1);
  on.sandbox.setDatabaseFailure(undefined);
  assertEquals((await send(on.sandbox, "GET /health")).status, 200);
});

test("close() ends answers that are kept back, and can be called again", async () => {
  const sandbox = startSandbox();
  sandbox.faults.set("health", { latency: 60_000 });
  const waiting = assertRejects(() => send(sandbox, "GET /health"), TypeError);
  while (sandbox.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  await Promise.all([sandbox.close(), sandbox.close(), waiting]);
  await sandbox.close();
  await assertRejects(() => send(sandbox, "GET /health"), TypeError);
});

test("startSandbox() ends with its signal and leaves nothing on it", async () => {
  const controller = new AbortController();
  const sandbox = startSandbox({ signal: controller.signal, clock: manualClock(0) });
  assertEquals((await send(sandbox, "GET /health")).status, 200);
  controller.abort();
  await sandbox.close();
  await assertRejects(() => send(sandbox, "GET /health"), TypeError);
  const reason = new Error("Not now");
  assertThrows(() => startSandbox({ signal: AbortSignal.abort(reason) }), Error, "Not now");
});
