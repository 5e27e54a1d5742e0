import { assert, assertEquals, assertRejects } from "@std/assert";
import { operations } from "../../../src/api/operations.ts";
import { DispatchError } from "../../../src/core/dispatch_error.ts";
import type { FaultTarget } from "../../../src/sandbox/server/faults.ts";
import { bell } from "../../support/bell.ts";
import { test } from "../../support/test.ts";
import { listen, nextTypes } from "../listen.ts";
import { at, listAt, send, stage, TASK, TUTORIAL } from "../support.ts";

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

const JOBS = "/ws/jobs_status?token=<token>";

test("restart() drops every connection and comes back with all it knew", async () => {
  await using on = stage();
  const { sandbox, clock } = on;
  await send(sandbox, "POST /unit_jobs", { json: TUTORIAL });
  const streams = [listen(sandbox, JOBS), listen(sandbox, JOBS)];
  for (const stream of streams) await nextTypes(stream, 3);
  sandbox.faults.set("health", { latency: 60_000, times: 1 });
  // What fetch does with a call that is dropped is its own matter: it may send it again. A socket does not.
  const connection = await Deno.connect({ port: Number(new URL(sandbox.url).port) });
  await connection.write(new TextEncoder().encode("GET /health HTTP/1.1\r\nHost: x\r\n\r\n"));
  const reached = () => sandbox.requests.some(({ operation }) => operation === "health");
  while (!reached()) await send(sandbox, "GET /jobs_status");

  const { url } = sandbox;
  await sandbox.restart();
  assertEquals(await answered(connection), false);
  connection.close();
  for (const stream of streams) assertEquals((await stream.closed).wasClean, false);
  assertEquals(sandbox.streams.map(({ end }) => end?.by), ["loss", "loss"]);
  assertEquals([sandbox.url, clock.waiting], [url, 0]);
  assertEquals((await send(sandbox, "GET /unit_jobs/1")).status, 200);
  const again = listen(sandbox, JOBS);
  assertEquals(await nextTypes(again, 3), ["init", "loading", "status"]);
});

test("restart() loses the jobs of tasks that were still to be made", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  on.clock.advance(1000);
  await on.sandbox.restart();
  on.clock.advance(60_000);
  const { body } = await send(on.sandbox, "GET /upscale_tasks/1");
  assertEquals([listAt(body, "jobs").length, at(body, "status")], [2, "finished"]);
});

test("restart() stays away for a while if asked, unless the sandbox is closed meanwhile", async () => {
  const on = stage();
  using before = bell(58);
  await on.sandbox.restart({ downtime: 60 });
  assert(before.rung);
  assertEquals((await send(on.sandbox, "GET /health")).status, 200);

  await Promise.all([on.sandbox.restart(), on.sandbox.restart()]);
  assertEquals((await send(on.sandbox, "GET /health")).status, 200);

  const forever = on.sandbox.restart({ downtime: 60_000 });
  await assertRejects(() => send(on.sandbox, "GET /health"), TypeError);
  await on.sandbox.close();
  await forever;
  await on.sandbox.restart();
  await assertRejects(() => send(on.sandbox, "GET /health"), TypeError);
});

test("restart() fails if another has taken the port meanwhile, and the sandbox still closes", async () => {
  const on = stage();
  const restarting = assertRejects(
    () => on.sandbox.restart({ downtime: 50 }),
    DispatchError,
    "in use",
  );
  using _other = await listenWhenFree(new URL(on.sandbox.url));
  await restarting;
  await on.sandbox.close();
});

/** Takes a port as soon as its owner has let go of it. */
async function listenWhenFree({ hostname, port }: URL): Promise<Deno.Listener> {
  while (true) {
    try {
      return Deno.listen({ hostname, port: Number(port) });
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }
}

/** Whether anything comes on a connection before it ends. */
async function answered(connection: Deno.Conn): Promise<boolean> {
  try {
    return await connection.read(new Uint8Array(1)) !== null;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionReset) return false;
    throw error;
  }
}

const ORIGIN = "https://notebook.example.test";

test("serve() gives the correlation id that was sent back, and makes one up where there is none", async () => {
  await using on = stage();
  const headers = { "x-correlation-id": "mine" };
  const { headers: given } = await send(on.sandbox, "GET /health", { headers });
  assertEquals(given.get("x-correlation-id"), "mine");
  const made = (await send(on.sandbox, "GET /health")).headers.get("x-correlation-id");
  assert(made !== null && made !== "" && made !== "mine");
  assertEquals(on.sandbox.requests.map(({ correlationId }) => correlationId), ["mine", made]);
});

test("serve() answers preflights of the origins that may ask, at any path, and refuses others", async () => {
  await using on = stage({ origins: [ORIGIN] });
  const preflight = (origin: string) =>
    send(on.sandbox, "OPTIONS /nowhere", {
      token: null,
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization",
      },
    });
  const { status, headers, text } = await preflight(ORIGIN);
  assertEquals([status, text, headers.get("access-control-allow-origin")], [200, "OK", ORIGIN]);
  assertEquals(headers.get("access-control-allow-headers"), "authorization");
  const refused = await preflight("https://elsewhere.example.test");
  assertEquals([refused.status, refused.text], [400, "Disallowed CORS origin"]);
});

test("serve() lets a page of a known origin read an answer, and no other", async () => {
  await using on = stage({ origins: [ORIGIN] });
  for (const [origin, allowed] of [[ORIGIN, ORIGIN], ["https://elsewhere.example.test", null]]) {
    const { headers } = await send(on.sandbox, "GET /health", {
      headers: { origin: origin ?? "" },
    });
    assertEquals(headers.get("access-control-allow-origin"), allowed ?? null);
    assertEquals(headers.get("vary"), "Origin");
  }
});

test("serve() passes what is no path of the service on to the framework's own words", async () => {
  await using on = stage();
  const { status, body } = await send(on.sandbox, "GET /nowhere");
  assertEquals([status, at(body, "detail")], [404, "Not Found"]);
  assertEquals(on.sandbox.requests[0]?.operation, undefined);
});
