import { at, OPENEO, recorded, send, shapeOf, stage, TUTORIAL } from "../support.ts";
import { Parameter } from "../../../src/models/parameters.ts";
import { assert, assertEquals } from "@std/assert";
import { fromArrayBuffer } from "geotiff";
import { test } from "../../support/test.ts";

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

const TUTORIAL_SERVICE = { label: TUTORIAL.label, service: TUTORIAL.service };
const OPENEO_SERVICE = { label: OPENEO.label, service: OPENEO.service };

test("getParameters knows the tutorial's service and its openEO twin", async () => {
  await using on = stage();
  const kinds = [];
  for (const json of [TUTORIAL_SERVICE, OPENEO_SERVICE]) {
    const { status, body } = await send(on.sandbox, "POST /params", { json });
    assertEquals(status, 200);
    const parameters = Array.isArray(body) ? body.map((value) => Parameter.parse(value)) : [];
    kinds.push(parameters.map(({ name, type }) => `${name} ${type}`));
  }
  assertEquals(kinds, [
    ["bbox string", "resolution string", "bands string"],
    [
      "spatial_extent bounding-box",
      "temporal_extent date-interval",
      "resolution integer",
      "bands array-string",
    ],
  ]);
});

test("getParameters knows the services that a sandbox is given", async () => {
  const parameters = [{ name: "x", type: "double", optional: true, description: "A number" }];
  const service = { endpoint: "https://a.example.test", application: "water", namespace: null };
  await using on = stage({ services: [{ label: "ogc_api_process", service, parameters }] });
  const json = {
    label: "ogc_api_process",
    service: { endpoint: "https://a.example.test", application: "water" },
  };
  assertEquals((await send(on.sandbox, "POST /params", { json })).body, parameters);
});

test("getParameters fails in the framework's shape", async () => {
  await using on = stage();
  const token = on.sandbox.issueToken();
  on.sandbox.expireToken(token);
  const expired = await send(on.sandbox, "POST /params", { json: TUTORIAL_SERVICE, token });
  assertEquals([expired.status, Object.keys(Object(expired.body))], [500, ["detail"]]);
  const endpoint = "https://processes.example.test/";
  const json = { label: "ogc_api_process", service: { ...TUTORIAL.service, endpoint } };
  assertEquals(
    at((await send(on.sandbox, "POST /params", { json })).body, "detail"),
    `An error occurred while retrieving service parameters: '${endpoint}'`,
  );
});

test("getParameters of openEO does not look at the token, but there has to be one", async () => {
  await using on = stage();
  const json = OPENEO_SERVICE;
  assertEquals((await send(on.sandbox, "POST /params", { json, token: "garbage" })).status, 200);
  assertEquals((await send(on.sandbox, "POST /params", { json, token: null })).status, 401);
});

test("createSyncJob answers 200 with a time series, whatever the format", async () => {
  await using on = stage();
  const reply = await send(on.sandbox, "POST /sync_jobs", { json: OPENEO });
  assertEquals([reply.status, reply.headers.get("content-type")], [200, "application/json"]);
  const series = Object.entries(Object(reply.body));
  assertEquals(series.map(([date]) => date).slice(0, 2), [
    "2025-05-01T00:00:00Z",
    "2025-05-06T00:00:00Z",
  ]);
  for (const [, value] of series) assertEquals(typeof at(value, 0, 0), "number");
  assertEquals(on.sandbox.platformJobs, []);
});

test("createSyncJob keeps to the time that was asked for", async () => {
  await using on = stage();
  const parameters = { ...OPENEO.parameters, temporal_extent: ["2020-02-01", "2020-02-12"] };
  const reply = await send(on.sandbox, "POST /sync_jobs", { json: { ...OPENEO, parameters } });
  assertEquals(Object.keys(Object(reply.body)), [
    "2020-02-01T00:00:00Z",
    "2020-02-06T00:00:00Z",
    "2020-02-11T00:00:00Z",
  ]);
});

test("createSyncJob answers with a GeoTIFF where a parameter asks for one", async () => {
  await using on = stage();
  const response = await fetch(`${on.sandbox.url}/sync_jobs`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${on.sandbox.token}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({
      ...OPENEO,
      parameters: { ...OPENEO.parameters, output_format: "GTiff" },
    }),
  });
  assertEquals(response.status, 200);
  assertEquals(
    response.headers.get("content-type"),
    "image/tiff; application=geotiff; profile=cloud-optimized",
  );
  const image = await (await fromArrayBuffer(await response.arrayBuffer())).getImage();
  assertEquals(image.getBoundingBox(), [12, 41, 13, 42]);
});

test("createSyncJob takes a token that has expired, and none that never was one", async () => {
  await using on = stage();
  const token = on.sandbox.issueToken();
  on.sandbox.expireToken(token);
  const expired = await send(on.sandbox, "POST /sync_jobs", { json: OPENEO, token });
  assertEquals(expired.status, 200);
  const garbage = await send(on.sandbox, "POST /sync_jobs", { json: OPENEO, token: "garbage" });
  assertEquals([garbage.status, at(garbage.body, "error_code")], [401, "AUTHENTICATION_FAILED"]);
  assert(String(at(garbage.body, "message")).startsWith("Could not authenticate with cdse"));
});

test("createSyncJob fails with the platform's words", async () => {
  await using on = stage();
  const json = { ...OPENEO, parameters: { spatial_extent: [12, 41, 13, 42] } };
  const reply = await send(on.sandbox, "POST /sync_jobs", { json });
  assertEquals(reply.status, 500);
  assertEquals(at(reply.body, "details", "error"), "'list' object has no attribute 'get'");
});
