import { assert, assertEquals } from "@std/assert";
import { operations } from "../../../src/api/operations.ts";
import type { FaultTarget } from "../../../src/sandbox/server/faults.ts";
import { test } from "../../support/test.ts";
import { at, send, stage, TUTORIAL } from "../support.ts";

const AREA = {
  type: "Polygon",
  coordinates: [[[4, 51], [5, 51], [5, 51.6], [4, 51.6], [4, 51]]],
};

test("createApp() serves every operation at its path and method", async () => {
  await using on = stage();
  const statuses: Record<string, number> = {};
  for (const { name, method, path } of Object.values(operations)) {
    const { status } = await send(on.sandbox, `${method} ${path.replace(/\{\w+\}/, "1")}`);
    statuses[name] = status;
  }
  // Nothing is there yet, and bodies are missing; what matters is that no path and method is unknown.
  assertEquals(statuses, {
    "health": 200,
    "unitJobs.create": 422,
    "unitJobs.get": 404,
    "unitJobs.results": 404,
    "unitJobs.delete": 404,
    "unitJobs.createSync": 422,
    "unitJobs.parameters": 422,
    "upscaleTasks.create": 422,
    "upscaleTasks.get": 404,
    "jobsStatus.get": 200,
    "tiles.split": 422,
    "statistics": 200,
  });
  assertEquals(
    on.sandbox.requests.map(({ operation }) => operation),
    Object.values(operations).map(({ name }) => name),
  );
});

test("FaultTarget names every operation", () => {
  const targets: Record<Exclude<FaultTarget, "assets" | "catalogue" | `identity.${string}`>, true> =
    {
      "health": true,
      "unitJobs.create": true,
      "unitJobs.get": true,
      "unitJobs.results": true,
      "unitJobs.delete": true,
      "unitJobs.createSync": true,
      "unitJobs.parameters": true,
      "upscaleTasks.create": true,
      "upscaleTasks.get": true,
      "jobsStatus.get": true,
      "tiles.split": true,
      "statistics": true,
    };
  const names = Object.values(operations).map(({ name }) => name);
  assertEquals(Object.keys(targets).sort(), names.sort());
});

test("createApp() checks in the service's order: token there, request, token holds", async () => {
  await using on = stage();
  const bad = { title: 5 };
  const codes = [];
  for (
    const [token, json] of [
      [null, bad],
      ["garbage", bad],
      ["garbage", TUTORIAL],
      ["", TUTORIAL],
    ] as const
  ) {
    const { status, body } = await send(on.sandbox, "POST /unit_jobs", { token, json });
    codes.push([status, at(body, "error_code") ?? at(body, "detail")]);
  }
  assertEquals(codes, [
    [401, "Not authenticated"],
    [422, "VALIDATION_ERROR"],
    [401, "AUTHENTICATION_FAILED"],
    [401, "AUTHENTICATION_FAILED"],
  ]);
  assertEquals(on.sandbox.platformJobs, []);
});

test("createApp() says how to authenticate only where there is no token", async () => {
  await using on = stage();
  const none = await send(on.sandbox, "GET /jobs_status", { token: null });
  const bad = await send(on.sandbox, "GET /jobs_status", { token: "garbage" });
  const header = "www-authenticate";
  assertEquals([none.headers.get(header), bad.headers.get(header)], ["Bearer", null]);
});

test("createApp() reports every part of a request that does not fit", async () => {
  await using on = stage();
  const { body } = await send(on.sandbox, "POST /upscale_tasks", {
    json: { ...TUTORIAL, format: "png", dimension: { values: [] } },
  });
  const errors = at(body, "details", "errors");
  assertEquals(
    Array.isArray(errors) && errors.map((error) => [at(error, "type"), at(error, "loc")]),
    [
      ["enum", ["body", "format"]],
      ["missing", ["body", "dimension", "name"]],
      ["too_short", ["body", "dimension", "values"]],
    ],
  );
});

test("createApp() refuses text that is no JSON", async () => {
  await using on = stage();
  const response = await fetch(`${on.sandbox.url}/tiles`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{",
  });
  assertEquals(response.status, 422);
  assertEquals(at(await response.json(), "details", "errors", 0, "type"), "json_invalid");
});

test("createApp() redirects from a slash too many, with the query", async () => {
  await using on = stage();
  const reply = await send(on.sandbox, "GET /jobs_status/?filter=processing");
  const location = `${on.sandbox.url}/jobs_status?filter=processing`;
  assertEquals([reply.status, reply.headers.get("location"), reply.text], [307, location, ""]);
});

test("createApp() allows no HEAD and names the method that is allowed", async () => {
  await using on = stage();
  const calls = [
    ["HEAD /health", 405, "GET"],
    ["HEAD /unit_jobs/1", 405, "GET"],
    ["PUT /unit_jobs/1", 405, "GET"],
    ["POST /unit_jobs/1/results", 405, "GET"],
    ["GET /params", 405, "POST"],
    ["GET /", 404, null],
    ["GET /unit_jobs/1/2", 404, null],
    ["GET //health/", 404, null],
  ] as const;
  for (const [line, status, allow] of calls) {
    const reply = await send(on.sandbox, line);
    assertEquals([reply.status, reply.headers.get("allow")], [status, allow], line);
  }
});

test("createApp() makes up a correlation id and hands back the one that came", async () => {
  let made = 0;
  await using on = stage({ newId: () => `made-${++made}` });
  const own = await send(on.sandbox, "GET /unit_jobs/9", {
    headers: { "x-correlation-id": "c-1" },
  });
  const none = await send(on.sandbox, "GET /unit_jobs/9");
  for (const [reply, id] of [[own, "c-1"], [none, "made-1"]] as const) {
    assertEquals([reply.headers.get("x-correlation-id"), at(reply.body, "request_id")], [id, id]);
  }
  assertEquals(on.sandbox.requests.map(({ correlationId }) => correlationId), ["c-1", "made-1"]);
});

test("createApp() writes requests down without tokens, the last thousand of them", async () => {
  await using on = stage();
  await send(on.sandbox, "GET /nope?token=secret&x=1");
  assertEquals(on.sandbox.requests.map(({ method, path, status }) => [method, path, status]), [
    ["GET", "/nope?token=<token>&x=1", 404],
  ]);
  for (let count = 0; count < 1001; count++) await send(on.sandbox, "GET /health");
  assertEquals(on.sandbox.requests.length, 1000);
  assert(on.sandbox.requests.every(({ path }) => path === "/health"));
});

test("createApp() takes public calls without a token", async () => {
  await using on = stage();
  assertEquals((await send(on.sandbox, "GET /health", { token: null })).status, 200);
  const json = { aoi: AREA, grid: "250x250km" };
  assertEquals((await send(on.sandbox, "POST /tiles", { token: null, json })).status, 201);
});

test("createApp() serves files of results to HEAD too, and no others", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  on.clock.advance(60_000);
  const { body } = await send(on.sandbox, "GET /unit_jobs/1/results");
  const asset = at(body, "assets", "vegetation_index.tif");
  const head = await fetch(String(at(asset, "href")), { method: "HEAD" });
  assertEquals([head.status, await head.text()], [200, ""]);
  const reply = await send(on.sandbox, "GET /sandbox/files/jobs/j-9/results/assets/YWRh/0/x.tif");
  assertEquals([reply.status, reply.headers.get("content-type")], [403, "application/json"]);
});
