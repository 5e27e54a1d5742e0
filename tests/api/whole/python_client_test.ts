// What the generated Python client's own tests hold, in our terms.
import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import {
  Asset,
  AuthenticatedClient,
  BaseJobRequest,
  Client,
  Collection,
  HttpError,
  JobsStatusResponse,
  NotFoundError,
  OutputFormatEnum,
  ProcessingJob,
  ProcessingStatusEnum,
  ProcessTypeEnum,
  RequestInvalidError,
  ServiceDetails,
  TimeoutError,
} from "../../../mod.ts";
import { JOB_REQUEST, jobSummary, wholeJob } from "../../support/requests.ts";
import { serve } from "../../support/server.ts";
import { test } from "../../support/test.ts";

const TOKEN = "t0ken-of-a-user";

test("unitJobs.create() sends exactly the wire object", async () => {
  await using server = serve(() => Response.json(jobSummary(), { status: 201 }));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: TOKEN });
  const job = await client.unitJobs.create({
    ...JOB_REQUEST,
    label: ProcessTypeEnum.OGC_API_PROCESS,
    format: OutputFormatEnum.GEOJSON,
  });

  assertEquals(job, jobSummary());
  assertEquals(server.seen.length, 1);
  const { method, path, headers, body } = server.seen[0] ?? { headers: new Headers(), body: "" };
  assertEquals([method, path], ["POST", "/unit_jobs"]);
  assertEquals(headers.get("content-type"), "application/json");
  assertEquals(JSON.parse(body), {
    title: "Vegetation index",
    label: "ogc_api_process",
    service: {
      endpoint: "https://processes.example.test",
      application: "/processes/vegetation-index",
      namespace: "apex",
    },
    parameters: { bbox: [12, 41, 13, 42], resolution: 10, bands: ["B04", "B08"] },
    format: "geojson",
  });
});

test("detailed() gives status, headers and parsed body of the same call", async () => {
  await using server = serve(() =>
    Response.json(wholeJob(), { headers: { "X-Correlation-ID": "c-1", "X-Extra": "yes" } })
  );
  const client = new AuthenticatedClient({ baseUrl: server.url, token: TOKEN });
  const call = client.unitJobs.get({ id: 42 });
  const { ok, status, headers, parsed, requestId, content } = await call.detailed();

  assertEquals([ok, status, headers.get("x-extra"), requestId], [true, 200, "yes", "c-1"]);
  assertStrictEquals(parsed, await call);
  assertEquals(JSON.parse(new TextDecoder().decode(content)), wholeJob());
  assertEquals(server.seen.map(({ path }) => path), ["/unit_jobs/42"]);
});

test("unitJobs.get() turns a 404 into its code and request id", async () => {
  await using server = serve(() =>
    Response.json({
      status: "error",
      error_code: "JOB_NOT_FOUND",
      message: "The requested job was not found.",
      details: null,
      request_id: "c-404",
    }, { status: 404 })
  );
  const client = new AuthenticatedClient({ baseUrl: server.url, token: TOKEN });

  const error = await assertRejects(() => client.unitJobs.get(7), NotFoundError);
  assertEquals([error.status, error.errorCode, error.requestId], [404, "JOB_NOT_FOUND", "c-404"]);

  const { ok, status, parsed } = await client.unitJobs.get(7).detailed();
  assertEquals([ok, status, Object(parsed).error_code], [false, 404, "JOB_NOT_FOUND"]);
});

test("jobsStatus.get() repeats the key of each filter", async () => {
  await using server = serve(() => Response.json({ upscaling_tasks: [], processing_jobs: [] }));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: TOKEN });
  await client.jobsStatus.get({ filter: ["processing", "upscaling"] });
  await client.jobsStatus.get({ filter: "processing" });
  await client.jobsStatus.get();

  assertEquals(server.seen.map(({ path }) => path), [
    "/jobs_status?filter=processing&filter=upscaling",
    "/jobs_status?filter=processing",
    "/jobs_status",
  ]);
});

test("an unexpected status throws with the status and the content", async () => {
  await using server = serve(() => new Response("short and stout", { status: 418 }));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: TOKEN });

  const error = await assertRejects(() => client.unitJobs.get(1), HttpError);
  assertEquals([error.status, error.content], [418, "short and stout"]);

  const { status, content, parsed } = await client.unitJobs.get(1).detailed();
  assertEquals([status, parsed], [418, null]);
  assertEquals(new TextDecoder().decode(content), "short and stout");
});

test("Client carries headers and cookies", async () => {
  await using server = serve(() => Response.json({ status: "ok", database: { status: "ok" } }));
  const client = new Client({
    baseUrl: server.url,
    headers: { "X-Team": "floods" },
    cookies: { session: "abc123", route: "b" },
  });
  await client.health({ headers: { "X-Cell": "7" } });

  const headers = server.seen[0]?.headers;
  assertEquals(headers?.get("x-team"), "floods");
  assertEquals(headers?.get("x-cell"), "7");
  assertEquals(headers?.get("cookie"), "session=abc123; route=b");
  assertEquals(headers?.get("authorization"), null);
  assert(/^[\da-f-]{36}$/.test(headers?.get("x-correlation-id") ?? ""));
});

test("Client carries its time limit", async () => {
  const release = Promise.withResolvers<void>();
  await using server = serve(async () => {
    await release.promise;
    return Response.json({});
  });
  const client = new Client({ baseUrl: server.url, timeout: 20, retry: false });
  const error = await assertRejects(() => client.health(), TimeoutError);
  assert(error.message.includes("within 0.02 s"), error.message);
  release.resolve();
});

test("AuthenticatedClient sends a bearer token, or a raw one in a header of another name", async () => {
  await using server = serve(() => Response.json(wholeJob()));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: TOKEN });
  await client.unitJobs.get(42);
  await client.with({ prefix: "", authHeaderName: "X-Api-Key" }).unitJobs.get(42);

  assertEquals(server.seen[0]?.headers.get("authorization"), `Bearer ${TOKEN}`);
  assertEquals(server.seen[1]?.headers.get("authorization"), null);
  assertEquals(server.seen[1]?.headers.get("x-api-key"), TOKEN);
});

test("with() leaves the original client alone", async () => {
  await using server = serve(() => Response.json({ status: "ok", database: { status: "ok" } }));
  const original = new AuthenticatedClient({
    baseUrl: server.url,
    token: TOKEN,
    headers: { "X-One": "1" },
    cookies: { a: "1" },
  });
  const derived = original.with({ headers: { "X-Two": "2" }, cookies: { b: "2" }, timeout: 5 });
  await original.health();
  await derived.with({ timeout: null }).health();

  const [first, second] = server.seen;
  assertEquals([first?.headers.get("x-two"), first?.headers.get("cookie")], [null, "a=1"]);
  assertEquals(
    ["x-one", "x-two", "cookie"].map((name) => second?.headers.get(name)),
    ["1", "2", "a=1; b=2"],
  );
});

test("parse() keeps extra fields at every level, those of requests by name", async () => {
  const job = {
    ...wholeJob(),
    cost: 12,
    service: { ...JOB_REQUEST.service, region: "eu" },
    parameters: { deep: { deeper: [{ deepest: null }] } },
  };
  const read = JSON.parse(JSON.stringify(ProcessingJob.parse(job)));
  assertEquals(read, {
    ...job,
    created: "2026-11-23T15:38:21.000Z",
    updated: "2026-11-23T15:38:25.123Z",
  });

  const request = {
    ...JOB_REQUEST,
    priority: "low",
    service: { ...JOB_REQUEST.service, extra: 1 },
  };
  const extra = ["priority", "service.extra"];
  assertStrictEquals(BaseJobRequest.parse(request, { extra }), request);
  await using server = serve(() => Response.json(jobSummary(), { status: 201 }));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: TOKEN });
  await client.unitJobs.create(request, { extra });
  assertEquals(JSON.parse(server.seen[0]?.body ?? ""), request);
  await assertRejects(() => client.unitJobs.create(request), RequestInvalidError, "priority");
  assertEquals(server.seen.length, 1);
});

test("an unset namespace is omitted, and null is kept", async () => {
  await using server = serve(() => Response.json(jobSummary(), { status: 201 }));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: TOKEN });
  const { namespace: _, ...service } = JOB_REQUEST.service;
  await client.unitJobs.create({ ...JOB_REQUEST, service });
  await client.unitJobs.create({ ...JOB_REQUEST, service: { ...service, namespace: undefined } });
  await client.unitJobs.create({ ...JOB_REQUEST, service: { ...service, namespace: null } });

  const sent = server.seen.map(({ body }) => JSON.parse(body).service);
  assertEquals(sent.map((one) => "namespace" in one), [false, false, true]);
  assertEquals(sent[2].namespace, null);
  assertEquals("namespace" in ServiceDetails.parse({ endpoint: "e", application: "a" }), false);
  assertEquals(
    ServiceDetails.parse({ endpoint: "e", application: "a", namespace: null }).namespace,
    null,
  );
});

test("parse() reads enums and dates", () => {
  const { status, label, created, updated } = ProcessingJob.parse(wholeJob(42, "finished"));
  assertEquals(status, ProcessingStatusEnum.FINISHED);
  assertEquals(label, ProcessTypeEnum.OGC_API_PROCESS);
  assertEquals(created.toISOString(), "2026-11-23T15:38:21.000Z");
  assertEquals(updated.getTime(), Date.UTC(2026, 10, 23, 15, 38, 25, 123));
  assertEquals(ProcessingJob.parse(wholeJob(42, "paused")).status, "paused");
});

test("Asset.parse() reads an asset whose type is null", () => {
  const asset = Asset.parse({ href: "https://data.example.test/a.tif", type: null });
  assertEquals(asset.type, null);
  assertEquals("title" in asset, false);
});

test("parse() reads what the service lists and what a job leaves behind", () => {
  const list = { upscaling_tasks: [], processing_jobs: [jobSummary(1), jobSummary(2, "failed")] };
  assertEquals(JobsStatusResponse.parse(list).processing_jobs.map(({ id }) => id), [1, 2]);
  const collection = Collection.parse({
    id: "c",
    description: "Results",
    type: "Collection",
    license: "proprietary",
    links: [],
    assets: null,
    extent: {
      spatial: { bbox: [[-180, -90, 180, 90]] },
      temporal: { interval: [["2025-05-01T00:00:00", null]] },
    },
  });
  assertEquals(collection.assets, null);
  assertEquals(
    collection.extent.temporal.interval[0]?.[0]?.toISOString(),
    "2025-05-01T00:00:00.000Z",
  );
});
