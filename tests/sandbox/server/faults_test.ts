import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { applyFault, faultBox, isCarriedOut } from "../../../src/sandbox/server/faults.ts";
import { bell } from "../../support/bell.ts";
import { test } from "../../support/test.ts";
import { at, send, stage, TUTORIAL } from "../support.ts";

test("faultBox() counts the times of a fault and can be cleared", () => {
  const box = faultBox();
  box.set("health", { status: 500, times: 2 });
  box.set("assets", { kind: "empty" });
  assertEquals([1, 2, 3].map(() => box.take("health")?.status), [500, 500, undefined]);
  box.clear("assets");
  assertEquals(box.take("assets"), undefined);
  box.set("health", { status: 500 });
  box.clear();
  assertEquals(box.take("health"), undefined);
});

test("faultBox() keeps the faults of streams apart, and refuses those that cannot be", () => {
  const box = faultBox();
  box.set("ws/jobs_status", { kind: "drop", after: 3, times: 1 });
  box.set("jobsStatus.get", { kind: "drop" });
  assertEquals(box.take("ws/jobs_status"), undefined);
  assertEquals(box.takeStream("ws/jobs_status")?.after, 3);
  assertEquals(box.takeStream("ws/jobs_status"), undefined);
  assertEquals(box.take("jobsStatus.get")?.kind, "drop");
  assertThrows(() => box.set("ws/jobs_status", { after: -1 }), RangeError);
  box.set("ws/jobs_status", { kind: "silence" });
  box.set("ws/upscale_tasks", { kind: "silence" });
  box.clear("ws/jobs_status");
  assertEquals(box.takeStream("ws/jobs_status"), undefined);
  assertEquals(box.takeStream("ws/upscale_tasks")?.kind, "silence");
  box.clear();
  assertEquals(box.takeStream("ws/upscale_tasks"), undefined);
});

test("isCarriedOut() says whether the operation does its work", () => {
  assertEquals(isCarriedOut({ latency: 5 }), true);
  assertEquals(isCarriedOut({ headers: { server: "x" } }), true);
  assertEquals(isCarriedOut({ kind: "cut" }), true);
  assertEquals(isCarriedOut({ kind: "drop" }), false);
  assertEquals(isCarriedOut({ status: 500 }), false);
  assertEquals(isCarriedOut({ body: {} }), false);
  assertEquals(isCarriedOut({ status: 500, carriedOut: true }), true);
});

test("applyFault() keeps the operation's own answer where only headers change", () => {
  const own = { status: 201, headers: { "content-type": "application/json" }, payload: "{}" };
  const { answer, broken } = applyFault({ headers: { "Content-Type": "text/csv" } }, own);
  assertEquals([answer.status, answer.payload, broken], [201, "{}", undefined]);
  assertEquals(answer.headers, { "content-type": "text/csv" });
});

test("a status alone is a proxy's page, with Retry-After if asked", async () => {
  await using on = stage();
  for (const status of [429, 500, 502, 503, 504]) {
    on.sandbox.faults.set("unitJobs.create", { status, retryAfter: 7, times: 1 });
    const reply = await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
    assertEquals([reply.status, reply.headers.get("content-type")], [status, "text/html"]);
    assertEquals(reply.headers.get("retry-after"), "7");
    assert(reply.text.includes(`<h1>${status} `));
  }
  assertEquals(on.sandbox.platformJobs, []);
  assertEquals((await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL })).status, 201);
});

test("an answer of any kind can come instead of the operation's", async () => {
  await using on = stage();
  const faults = [
    [{ kind: "html" }, 502, "text/html", undefined],
    [{ kind: "html", status: 200 }, 200, "text/html", undefined],
    [{ kind: "empty" }, 200, "application/json", undefined],
    [{ kind: "garbage" }, 200, "application/json", undefined],
    [{ kind: "wrong-type" }, 200, "application/json", "of another type than the contract says"],
    [{ kind: "empty", status: 204 }, 204, "application/json", undefined],
    [{ body: { detail: [] }, status: 422 }, 422, "application/json", { detail: [] }],
    [{ body: "no healthy upstream", status: 503 }, 503, "text/plain", undefined],
  ] as const;
  for (const [fault, status, type, body] of faults) {
    on.sandbox.faults.set("health", fault);
    const reply = await send(on.sandbox, "GET /health");
    assertEquals([reply.status, reply.headers.get("content-type")], [status, type]);
    assertEquals(reply.body, body);
  }
  on.sandbox.faults.clear("health");
  assertEquals(at((await send(on.sandbox, "GET /health")).body, "status"), "ok");
});

test("a cut answer breaks off midway, after the job was made", async () => {
  await using on = stage();
  on.sandbox.faults.set("unitJobs.create", { kind: "cut" });
  await assertRejects(() => send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL }), TypeError);
  assertEquals(on.sandbox.platformJobs.length, 1);
  assertEquals(on.sandbox.requests.at(-1)?.status, 201);
});

test("a file can be cut as well", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  on.clock.advance(60_000);
  const { body } = await send(on.sandbox, "GET /unit_jobs/1/results");
  const asset = at(body, "assets", "vegetation_index.tif");
  on.sandbox.faults.set("assets", { kind: "cut" });
  const response = await fetch(String(at(asset, "href")));
  assertEquals(response.headers.get("content-length"), String(at(asset, "file:size")));
  await assertRejects(() => response.arrayBuffer(), TypeError);
});

test("a dropped connection has no answer, and nothing was done", async () => {
  await using on = stage();
  on.sandbox.faults.set("unitJobs.create", { kind: "drop", times: 1 });
  await assertRejects(() => send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL }), TypeError);
  assertEquals(on.sandbox.platformJobs, []);
  assertEquals(on.sandbox.requests.map(({ status }) => status), [undefined]);
});

test("a lost answer leaves the job behind", async () => {
  await using on = stage();
  on.sandbox.faults.set("unitJobs.create", { kind: "drop", carriedOut: true, times: 1 });
  await assertRejects(() => send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL }), TypeError);
  const list = await send(on.sandbox, "GET /jobs_status");
  assertEquals(at(list.body, "processing_jobs", 0, "title"), TUTORIAL.title);
  assertEquals(on.sandbox.requests.length, 2);
});

test("a failure can follow after the operation was carried out", async () => {
  await using on = stage();
  on.sandbox.faults.set("unitJobs.create", { status: 504, carriedOut: true });
  assertEquals((await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL })).status, 504);
  assertEquals(on.sandbox.platformJobs.length, 1);
});

test("latency keeps an answer back, and others do not wait for it", async () => {
  await using on = stage();
  on.sandbox.faults.set("health", { latency: 60, times: 1 });
  using before = bell(58);
  assertEquals((await send(on.sandbox, "GET /health")).status, 200);
  assert(before.rung);

  on.sandbox.faults.set("health", { latency: 600_000, times: 1 });
  const abort = new AbortController();
  const { signal } = abort;
  const kept = assertRejects(() => fetch(`${on.sandbox.url}/health`, { signal }), DOMException);
  const { requests } = on.sandbox;
  while (requests.filter(({ operation }) => operation === "health").length < 2) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  assertEquals((await send(on.sandbox, "GET /jobs_status")).status, 200);
  abort.abort();
  await kept;
});

test("a fault concerns one operation and no other", async () => {
  await using on = stage();
  on.sandbox.faults.set("unitJobs.get", { status: 503 });
  assertEquals((await send(on.sandbox, "GET /unit_jobs/1")).status, 503);
  assertEquals((await send(on.sandbox, "DELETE /unit_jobs/1")).status, 404);
});

test("commitAfter lets the record of a job appear later, with the number of then", async () => {
  await using on = stage();
  const { sandbox, clock } = on;
  sandbox.faults.set("unitJobs.create", { commitAfter: 60_000, times: 1 });
  const late = await send(sandbox, "POST /unit_jobs", { json: { ...TUTORIAL, title: "late" } });
  assertEquals([late.status, sandbox.platformJobs.length], [504, 1]);
  const next = await send(sandbox, "POST /unit_jobs", { json: { ...TUTORIAL, title: "next" } });
  assertEquals(at(next.body, "id"), 1);
  const titles = async () => {
    const list = at((await send(sandbox, "GET /jobs_status")).body, "processing_jobs");
    return Array.isArray(list) ? list.map((job) => [at(job, "id"), at(job, "title")]) : [];
  };
  clock.advance(59_999);
  assertEquals(await titles(), [[1, "next"]]);
  clock.advance(1);
  assertEquals(await titles(), [[1, "next"], [2, "late"]]);
});

test("an answer can be lost in many ways after the job was made", async () => {
  await using on = stage();
  const ways = [
    { kind: "drop", carriedOut: true },
    { kind: "cut" },
    { status: 502, carriedOut: true },
    { kind: "garbage", carriedOut: true },
    { kind: "empty", carriedOut: true },
    { kind: "wrong-type", carriedOut: true },
    { kind: "cut", commitAfter: 1000 },
  ] as const;
  for (const [count, fault] of ways.entries()) {
    on.sandbox.faults.set("unitJobs.create", { ...fault, times: 1 });
    const answer = await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL })
      .then(({ body }) => at(body, "id"), () => undefined);
    assertEquals([answer, on.sandbox.platformJobs.length], [undefined, count + 1]);
  }
});
