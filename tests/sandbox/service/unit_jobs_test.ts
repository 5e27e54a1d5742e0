import { assert, assertEquals } from "@std/assert";
import { test } from "../../support/test.ts";
import { at, OPENEO, recorded, send, shapeOf, stage, TUTORIAL } from "../support.ts";

test("createUnitJob answers with a summary in state created", async () => {
  await using on = stage();
  const reply = await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  assertEquals(reply.status, 201);
  const { format: _, ...rest } = TUTORIAL;
  assertEquals(reply.body, { id: 1, status: "created", ...rest });
});

test("createUnitJob counts from 1 and gives a missing namespace as null", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  const reply = await send(on.sandbox, "POST /unit_jobs", { json: OPENEO });
  assertEquals(at(reply.body, "id"), 2);
  assertEquals(at(reply.body, "service", "namespace"), null);
});

test("createUnitJob loses the record of a title that does not fit, not the platform's job", async () => {
  await using on = stage();
  const reply = await send(on.sandbox, "POST /unit_jobs", {
    json: { ...TUTORIAL, title: "t".repeat(256) },
  });
  assertEquals([reply.status, at(reply.body, "error_code")], [500, "INTERNAL_ERROR"]);
  assert(String(at(reply.body, "details", "error")).includes("[SQL: INSERT INTO"));
  assertEquals(on.sandbox.platformJobs.length, 1);
  const list = await send(on.sandbox, "GET /jobs_status");
  assertEquals(at(list.body, "processing_jobs"), []);
});

test("createUnitJob crashes on a lone surrogate after the platform's job was made", async () => {
  await using on = stage();
  const json = { ...TUTORIAL, parameters: { x: "a\ud800b" } };
  const reply = await send(on.sandbox, "POST /unit_jobs", {
    json,
    headers: { "x-correlation-id": "c-1" },
  });
  assertEquals([reply.status, at(reply.body, "error_code")], [500, "INTERNAL_SERVER_ERROR"]);
  assertEquals(at(reply.body, "request_id"), "c-1");
  assertEquals(reply.headers.has("x-correlation-id"), false);
  assertEquals(on.sandbox.platformJobs.length, 1);
});

test("createUnitJob loses the record of a title that is no Unicode, with a reason", async () => {
  await using on = stage();
  const reply = await send(on.sandbox, "POST /unit_jobs", {
    json: { ...TUTORIAL, title: "a\ud800b" },
  });
  assertEquals([reply.status, at(reply.body, "error_code")], [500, "INTERNAL_ERROR"]);
  assertEquals(
    at(reply.body, "details", "error"),
    "'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed",
  );
});

test("createUnitJob runs with the place that a process falls back to, where none is understood", async () => {
  await using on = stage();
  const application = "https://catalogue.example.test/land_cover.json";
  const json = { ...OPENEO, service: { ...OPENEO.service, application } };
  assertEquals((await send(on.sandbox, "POST /unit_jobs", { json })).status, 201);
  const etna = { west: 14.9, south: 37.6, east: 15.1, north: 37.8 };
  assertEquals(on.sandbox.platformJobs[0]?.arguments, { bounding_box: etna, year: 2024 });
  on.clock.advance(60_000);
  const results = await send(on.sandbox, "GET /unit_jobs/1/results");
  assertEquals(at(results.body, "extent", "spatial", "bbox"), [[14.9, 37.6, 15.1, 37.8]]);
  assertEquals(
    at((await send(on.sandbox, "GET /unit_jobs/1")).body, "parameters"),
    json.parameters,
  );
});

test("createUnitJob refuses a user whose account is not linked, until it is", async () => {
  await using on = stage();
  on.sandbox.setLinked(false);
  const reply = await send(on.sandbox, "POST /unit_jobs", { json: OPENEO });
  const wanted = await recorded("unit-create-not-linked-openeo");
  assertEquals([reply.status, shapeOf(reply.body)], [wanted.status, shapeOf(wanted.body)]);
  assert(
    String(at(reply.body, "message")).startsWith("Please link your account with cdse in your <a"),
  );
  const token = on.sandbox.otherToken;
  assertEquals((await send(on.sandbox, "POST /unit_jobs", { json: OPENEO, token })).status, 201);
  on.sandbox.setLinked(true);
  assertEquals((await send(on.sandbox, "POST /unit_jobs", { json: OPENEO })).status, 201);
});

test("createUnitJob meets the limit of unfinished jobs", async () => {
  await using on = stage();
  on.sandbox.setJobLimit(2);
  const create = async () => await send(on.sandbox, "POST /unit_jobs", { json: OPENEO });
  assertEquals([(await create()).status, (await create()).status], [201, 201]);
  const full = await create();
  assertEquals(full.status, 500);
  assert(String(at(full.body, "details", "error")).startsWith("[400] ConcurrentJobLimit: "));
  assertEquals(on.sandbox.platformJobs.length, 2);
  on.clock.advance(60_000);
  assertEquals((await create()).status, 201);
  on.sandbox.setJobLimit();
  for (let count = 0; count < 3; count++) assertEquals((await create()).status, 201);
});

test("createUnitJob makes nothing where the platform refuses", async () => {
  await using on = stage();
  const endpoint = "https://processes.example.test/";
  const json = { ...TUTORIAL, service: { ...TUTORIAL.service, endpoint } };
  const reply = await send(on.sandbox, "POST /unit_jobs", { json });
  assertEquals(reply.status, 500);
  assertEquals(at(reply.body, "details", "error"), "'https://processes.example.test/'");
  assertEquals(on.sandbox.platformJobs, []);
});

test("getUnitJob follows the clock", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  const seen: unknown[] = [];
  for (const step of [0, 1000, 1000, 4000]) {
    on.clock.advance(step);
    const { body } = await send(on.sandbox, "GET /unit_jobs/1");
    seen.push([at(body, "status"), at(body, "created"), at(body, "updated")]);
  }
  const created = "2026-11-23T15:15:00";
  assertEquals(seen, [
    ["created", created, created],
    ["queued", created, "2026-11-23T15:15:01"],
    ["running", created, "2026-11-23T15:15:02"],
    ["finished", created, "2026-11-23T15:15:06"],
  ]);
});

test("getUnitJob has the shape that was recorded", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  for (const name of ["unit-get-created", "unit-get-finished"]) {
    const { body } = await send(on.sandbox, "GET /unit_jobs/1");
    const wanted = await recorded(name);
    assertEquals(shapeOf(body), shapeOf(wanted.body));
    assertEquals(at(body, "status"), at(wanted.body, "status"));
    on.clock.advance(60_000);
  }
});

test("getUnitJob ends as the outcome says", async () => {
  await using on = stage({ outcome: ({ title }) => title === "bad" ? "failed" : "canceled" });
  for (const title of ["bad", "gone"]) {
    await send(on.sandbox, "POST /unit_jobs", { json: { ...TUTORIAL, title } });
  }
  await send(on.sandbox, "POST /unit_jobs", { json: { ...OPENEO, title: "gone" } });
  on.clock.advance(60_000);
  const statuses = [];
  for (const id of [1, 2, 3]) {
    statuses.push(at((await send(on.sandbox, `GET /unit_jobs/${id}`)).body, "status"));
  }
  // The service never learns that an openEO job was cancelled.
  assertEquals(statuses, ["failed", "canceled", "unknown"]);
});

test("getUnitJob says unknown for openEO and fails for an OGC API that cannot be asked", async () => {
  await using on = stage({ outcome: () => "unknown" });
  await send(on.sandbox, "POST /unit_jobs", { json: OPENEO });
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  on.clock.advance(60_000);
  const openeo = await send(on.sandbox, "GET /unit_jobs/1");
  const unknown = await recorded("unit-get-openeo-platform-down");
  assertEquals([openeo.status, at(openeo.body, "status")], [200, "unknown"]);
  assertEquals(shapeOf(openeo.body), shapeOf(unknown.body));
  const ogc = await send(on.sandbox, "GET /unit_jobs/2");
  const down = await recorded("unit-get-ogc-platform-down");
  assertEquals([ogc.status, shapeOf(ogc.body)], [down.status, shapeOf(down.body)]);
  assertEquals(at(ogc.body, "message"), at(down.body, "message"));
});

test("getUnitJob and the others can never read a job whose namespace has a colon", async () => {
  await using on = stage({ lenient: true });
  const json = { ...TUTORIAL, service: { ...TUTORIAL.service, namespace: "a:b" } };
  assertEquals((await send(on.sandbox, "POST /unit_jobs", { json })).status, 201);
  const calls = [
    ["GET /unit_jobs/1", "ns-colon-get"],
    ["DELETE /unit_jobs/1", "poison-delete"],
    ["GET /jobs_status", "poison-jobs-status"],
  ] as const;
  for (const [line, name] of calls) {
    const reply = await send(on.sandbox, line);
    const wanted = await recorded(name);
    assertEquals([reply.status, shapeOf(reply.body)], [wanted.status, shapeOf(wanted.body)], name);
    assertEquals(at(reply.body, "message"), at(wanted.body, "message"));
  }
  const read = await send(on.sandbox, "GET /unit_jobs/1");
  assert(String(at(read.body, "details", "error")).includes("job b%3Aj-00000001 not found"));
});

test("getUnitJobResults fails before the end, with the reason in the details", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  await send(on.sandbox, "POST /unit_jobs", { json: OPENEO });
  const ogc = await send(on.sandbox, "GET /unit_jobs/1/results");
  const wanted = await recorded("results-not-finished-ogc");
  assertEquals([ogc.status, shapeOf(ogc.body)], [wanted.status, shapeOf(wanted.body)]);
  assertEquals(at(ogc.body, "message"), at(wanted.body, "message"));
  assert(String(at(ogc.body, "details", "error")).includes("job j-00000001 is accepted"));
  const openeo = await send(on.sandbox, "GET /unit_jobs/2/results");
  assertEquals([openeo.status, at(openeo.body, "error_code")], [500, "INTERNAL_ERROR"]);
  assert(String(at(openeo.body, "details", "error")).includes("JobNotFinished"));
});

test("getUnitJobResults of a job that failed is no collection", async () => {
  await using on = stage({ outcome: () => "failed" });
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  on.clock.advance(60_000);
  const reply = await send(on.sandbox, "GET /unit_jobs/1/results");
  assertEquals([reply.status, at(reply.body, "error_code")], [500, "INTERNAL_ERROR"]);
});

test("deleteUnitJob answers null, then 404; the platform's job and its files stay", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  on.clock.advance(60_000);
  const results = await send(on.sandbox, "GET /unit_jobs/1/results");
  const first = await send(on.sandbox, "DELETE /unit_jobs/1");
  assertEquals([first.status, first.text], [200, "null"]);
  const second = await send(on.sandbox, "DELETE /unit_jobs/1");
  assertEquals([second.status, at(second.body, "error_code")], [404, "JOB_NOT_FOUND"]);
  assertEquals(on.sandbox.platformJobs.length, 1);
  const href = String(at(results.body, "assets", "vegetation_index.tif", "href"));
  const file = await fetch(href);
  assertEquals([file.status, (await file.bytes()).length > 1000], [200, true]);
});

test("unit jobs of another user are not there", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  on.clock.advance(60_000);
  const token = on.sandbox.otherToken;
  for (const line of ["GET /unit_jobs/1", "GET /unit_jobs/1/results", "DELETE /unit_jobs/1"]) {
    const reply = await send(on.sandbox, line, { token });
    assertEquals([reply.status, at(reply.body, "error_code")], [404, "JOB_NOT_FOUND"], line);
  }
  const list = await send(on.sandbox, "GET /jobs_status", { token });
  assertEquals(list.body, { upscaling_tasks: [], processing_jobs: [] });
  assertEquals((await send(on.sandbox, "GET /unit_jobs/1")).status, 200);
});
