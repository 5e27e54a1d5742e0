import { assert, assertEquals } from "@std/assert";
import { taskStatus } from "../../../src/sandbox/service/tasks.ts";
import { test } from "../../support/test.ts";
import { at, listAt, OPENEO, recorded, send, shapeOf, stage, TASK, TUTORIAL } from "../support.ts";

test("taskStatus() follows the service's rule", () => {
  assertEquals(taskStatus([]), "created");
  assertEquals(taskStatus(["created"]), "created");
  assertEquals(taskStatus(["queued", "finished"]), "created");
  assertEquals(taskStatus(["failed", "running", "queued"]), "running");
  assertEquals(taskStatus(["failed", "failed"]), "failed");
  assertEquals(taskStatus(["canceled", "canceled"]), "canceled");
  assertEquals(taskStatus(["finished", "finished"]), "finished");
  assertEquals(taskStatus(["finished", "failed"]), "finished");
  assertEquals(taskStatus(["finished", "canceled"]), "created");
  assertEquals(taskStatus(["failed", "canceled"]), "created");
  assertEquals(taskStatus(["finished", "unknown"]), "created");
});

const statusesOf = (body: unknown) => listAt(body, "jobs").map((job) => at(job, "status"));

test("createUpscaleTask answers before there is any job", async () => {
  await using on = stage();
  const reply = await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  assertEquals(reply.status, 201);
  assertEquals(reply.body, { id: 1, title: "Tiles", label: "openeo", status: "created" });
  const task = await send(on.sandbox, "GET /upscale_tasks/1");
  const wanted = await recorded("upscale-early-0");
  assertEquals([task.status, shapeOf(task.body)], [wanted.status, shapeOf(wanted.body)]);
  assertEquals(at(task.body, "jobs"), []);
});

test("getUpscaleTask shows the jobs as they are made, one by one", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  const counts = [];
  for (let step = 0; step < 5; step++) {
    counts.push(listAt((await send(on.sandbox, "GET /upscale_tasks/1")).body, "jobs").length);
    on.clock.advance(500);
  }
  assertEquals(counts, [0, 1, 2, 3, 3]);
  const task = await send(on.sandbox, "GET /upscale_tasks/1");
  const wanted = await recorded("upscale-early-2");
  assertEquals(shapeOf(at(task.body, "jobs", 0)), shapeOf(at(wanted.body, "jobs", 0)));
  assertEquals(listAt(task.body, "jobs").map((job) => at(job, "title")), [
    "Tiles - Processing Job 1",
    "Tiles - Processing Job 2",
    "Tiles - Processing Job 3",
  ]);
  assertEquals(at(task.body, "jobs", 1, "parameters"), {
    resolution: 10,
    spatial_extent: { west: 13, south: 41, east: 14, north: 42 },
  });
});

test("getUpscaleTask gives its jobs numbers in the order that jobs were made", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  on.clock.advance(600);
  const own = await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  on.clock.advance(60_000);
  const task = await send(on.sandbox, "GET /upscale_tasks/1");
  assertEquals(at(own.body, "id"), 2);
  assertEquals(listAt(task.body, "jobs").map((job) => at(job, "id")), [1, 3, 4]);
});

test("getUpscaleTask gets its jobs while those of another task are made", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  on.clock.advance(100);
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  on.clock.advance(60_000);
  const ids = [];
  for (const task of [1, 2]) {
    const { body } = await send(on.sandbox, `GET /upscale_tasks/${task}`);
    ids.push(listAt(body, "jobs").map((job) => at(job, "id")));
  }
  assertEquals(ids, [[1, 3, 5], [2, 4, 6]]);
});

test("getUpscaleTask can be finished for good while jobs are still to be made", async () => {
  await using on = stage({ pace: { created: 0, queued: 0, running: 100, child: 1000 } });
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  on.clock.advance(1500);
  const early = await send(on.sandbox, "GET /upscale_tasks/1");
  assertEquals([at(early.body, "status"), statusesOf(early.body)], ["finished", ["finished"]]);
  on.clock.advance(550);
  const later = await send(on.sandbox, "GET /upscale_tasks/1");
  assertEquals(at(later.body, "status"), "finished");
  assertEquals(statusesOf(later.body), ["finished", "running"]);
  assertEquals(at(later.body, "updated"), "2026-11-23T15:15:02");
});

test("getUpscaleTask stays created for ever on a mix of finished and canceled", async () => {
  await using on = stage({ outcome: ({ id }) => id === 2 ? "canceled" : "finished" });
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  on.clock.advance(60_000);
  const task = await send(on.sandbox, "GET /upscale_tasks/1");
  const wanted = await recorded("upscale-mix-finished-canceled");
  assertEquals(at(task.body, "status"), at(wanted.body, "status"));
  assertEquals(statusesOf(task.body), ["finished", "unknown", "finished"]);
});

test("getUpscaleTask never gets the jobs that were due after its token expired", async () => {
  await using on = stage();
  const token = on.sandbox.issueToken({ expiresIn: 1200 });
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK, token });
  on.clock.advance(3_600_000);
  const task = await send(on.sandbox, "GET /upscale_tasks/1");
  assertEquals([at(task.body, "status"), statusesOf(task.body).length], ["finished", 2]);
});

test("getUpscaleTask never gets a job whose title does not fit", async () => {
  await using on = stage();
  const json = { ...TASK, title: "y".repeat(245) };
  assertEquals((await send(on.sandbox, "POST /upscale_tasks", { json })).status, 201);
  on.clock.advance(3_600_000);
  const task = await send(on.sandbox, "GET /upscale_tasks/1");
  assertEquals([at(task.body, "status"), at(task.body, "jobs")], ["created", []]);
  assertEquals(on.sandbox.platformJobs.length, 1);
});

test("getUpscaleTask shows jobs that the platform refused as failed, without results", async () => {
  await using on = stage();
  const service = { ...OPENEO.service, endpoint: "https://openeo.example.test/" };
  await send(on.sandbox, "POST /upscale_tasks", { json: { ...TASK, service } });
  on.clock.advance(60_000);
  const task = await send(on.sandbox, "GET /upscale_tasks/1");
  const wanted = await recorded("upscale-get-wrong-backend");
  assertEquals(at(task.body, "status"), at(wanted.body, "status"));
  assertEquals(shapeOf(task.body), shapeOf(wanted.body));
  assertEquals(statusesOf(task.body), ["failed", "failed", "failed"]);
  const results = await send(on.sandbox, "GET /unit_jobs/1/results");
  const none = await recorded("failed-child-results");
  assertEquals([results.status, shapeOf(results.body)], [none.status, shapeOf(none.body)]);
});

test("getUpscaleTask forgets a job that is deleted", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  on.clock.advance(60_000);
  assertEquals((await send(on.sandbox, "DELETE /unit_jobs/2")).text, "null");
  const task = await send(on.sandbox, "GET /upscale_tasks/1");
  const wanted = await recorded("child-task-after-delete");
  assertEquals(shapeOf(task.body), shapeOf(wanted.body));
  assertEquals(listAt(task.body, "jobs").map((job) => at(job, "id")), [1, 3]);
});

test("getUpscaleTask fails when one of its jobs cannot be read", async () => {
  await using on = stage({ outcome: ({ id }) => id === 2 ? "unknown" : "finished" });
  const { dimension } = TASK;
  await send(on.sandbox, "POST /upscale_tasks", { json: { ...TUTORIAL, dimension } });
  on.clock.advance(60_000);
  const task = await send(on.sandbox, "GET /upscale_tasks/1");
  assertEquals([task.status, at(task.body, "error_code")], [500, "INTERNAL_ERROR"]);
  assert(String(at(task.body, "details", "error")).startsWith("(503)"));
});

test("createUpscaleTask refuses a title that does not fit the database", async () => {
  await using on = stage();
  const reply = await send(on.sandbox, "POST /upscale_tasks", {
    json: { ...TASK, title: "y".repeat(256) },
  });
  assertEquals([reply.status, at(reply.body, "error_code")], [500, "INTERNAL_ERROR"]);
  assertEquals((await send(on.sandbox, "GET /upscale_tasks/1")).status, 404);
});

test("upscaling tasks of another user are not there", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  const token = on.sandbox.otherToken;
  const reply = await send(on.sandbox, "GET /upscale_tasks/1", { token });
  assertEquals([reply.status, at(reply.body, "error_code")], [404, "TASK_NOT_FOUND"]);
});

test("getUpscaleTask and the list take time by the jobs that have not ended", async () => {
  await using on = stage({ statusTime: 1400 });
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  on.clock.advance(2000);
  for (const [line, jobs] of [["GET /upscale_tasks/1", 3], ["GET /jobs_status", 3]] as const) {
    let done = false;
    const reading = send(on.sandbox, line).finally(() => done = true);
    while (on.clock.waiting === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    on.clock.advance(jobs * 1400 - 1);
    assertEquals([on.clock.waiting, done], [1, false], line);
    on.clock.advance(1);
    assertEquals((await reading).status, 200);
  }
  on.clock.advance(60_000);
  assertEquals((await send(on.sandbox, "GET /upscale_tasks/1")).status, 200);
});

test("getUpscaleTask shows the jobs of a user without a linked account as failed, without a reason", async () => {
  await using on = stage();
  on.sandbox.setLinked(false);
  assertEquals((await send(on.sandbox, "POST /upscale_tasks", { json: TASK })).status, 201);
  on.clock.advance(60_000);
  const task = await send(on.sandbox, "GET /upscale_tasks/1");
  assertEquals([at(task.body, "status"), statusesOf(task.body)], [
    "failed",
    ["failed", "failed", "failed"],
  ]);
  assertEquals(on.sandbox.platformJobs, []);
});
