import { assert, assertEquals, assertRejects } from "@std/assert";
import { AuthenticatedClient, Client, ConnectionError, HttpError, ServerError } from "../../mod.ts";
import { resolveConfig } from "../../src/http/config.ts";
import { send } from "../../src/http/send.ts";
import type { WireCall } from "../../src/http/wire.ts";
import { JOB_REQUEST, jobSummary, wholeJob } from "../support/requests.ts";
import { serve } from "../support/server.ts";
import { test } from "../support/test.ts";
import { CALLS } from "./calls.ts";

const CALL: WireCall = {
  name: "unitJobs.get",
  headline: () => "Cannot get unit job 42",
  effect: "read",
  method: "GET",
  path: "/unit_jobs/42?x=1",
  auth: true,
};

test("send() sends a call below the base URL, and hands over whatever is answered", async () => {
  await using server = serve(() => new Response("tea", { status: 418 }));
  const config = resolveConfig({ baseUrl: `${server.url}/api/` }, { token: "t0ken" });
  const exchange = await send(config, CALL, {});
  assertEquals(exchange.answer.status, 418);
  assertEquals(new TextDecoder().decode(exchange.answer.content), "tea");
  const [seen] = server.seen;
  assertEquals([seen?.method, seen?.path], ["GET", "/api/unit_jobs/42?x=1"]);
  assertEquals(seen?.headers.get("authorization"), "Bearer t0ken");
  assertEquals(exchange.requestId, seen?.headers.get("x-correlation-id"));
});

test("send() sends a token with the calls that need one, and with no others", async () => {
  await using server = serve(() => new Response("no", { status: 418 }));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  for (const { make } of CALLS) await assertRejects(() => make(client), HttpError);
  const bare = server.seen.filter(({ headers }) => !headers.has("authorization"));
  assertEquals(bare.map(({ path }) => path), ["/health", "/statistics", "/tiles"]);
});

test("send() asks no token function for a call without a token", async () => {
  await using server = serve(() => Response.json({ status: "ok", database: { status: "ok" } }));
  let asked = 0;
  const client = new AuthenticatedClient({ baseUrl: server.url, token: () => `t-${++asked}` });
  await client.health();
  assertEquals(asked, 0);
});

test("send() does not follow a redirect: the other server sees nothing", async () => {
  await using elsewhere = serve(() => Response.json(wholeJob()));
  for (const status of [301, 302, 303, 307, 308]) {
    await using server = serve(() =>
      new Response(null, { status, headers: { Location: `${elsewhere.url}/unit_jobs/42` } })
    );
    const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
    for (const { make } of CALLS) {
      const error = await assertRejects(() => make(client), HttpError);
      assertEquals(error.status, status);
      assert(error.message.includes("redirects are not followed"), error.message);
    }
  }
  assertEquals(elsewhere.seen, []);
});

test("send() gives every call, result and error a correlation id", async () => {
  await using server = serve(() => new Response("no", { status: 418 }));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  for (const { make } of CALLS) {
    const { ok, requestId } = await make(client).detailed();
    const out = server.seen.at(-1)?.headers.get("x-correlation-id");
    assertEquals([ok, requestId], [false, out]);
    const error = await assertRejects(() => make(client), HttpError);
    assertEquals(error.requestId, server.seen.at(-1)?.headers.get("x-correlation-id"));
    assert(error.message.endsWith(`\n  Request id: ${error.requestId}`), error.message);
  }
});

test("send() takes one's own correlation id, from the client or the call", async () => {
  await using server = serve(() => Response.json(wholeJob()));
  const client = new AuthenticatedClient({
    baseUrl: server.url,
    token: "t0ken",
    headers: { "X-Correlation-ID": "of-the-client" },
  });
  assertEquals((await client.unitJobs.get(42).detailed()).requestId, "of-the-client");
  const headers = { "x-correlation-id": "of-the-call" };
  assertEquals((await client.unitJobs.get(42, { headers }).detailed()).requestId, "of-the-call");
  assertEquals(
    server.seen.map(({ headers }) => headers.get("x-correlation-id")),
    ["of-the-client", "of-the-call"],
  );
});

test("send() goes by the correlation id that comes back, in the header or the body", async () => {
  const body = {
    status: "error",
    error_code: "INTERNAL_SERVER_ERROR",
    message: "An unexpected error occurred.",
    details: null,
    request_id: "of-the-body",
  };
  await using server = serve((_, index) =>
    index === 0
      ? Response.json(wholeJob(), { headers: { "X-Correlation-ID": "of-the-header" } })
      : Response.json(body, { status: 500 })
  );
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken", retry: false });
  assertEquals((await client.unitJobs.get(42).detailed()).requestId, "of-the-header");
  const error = await assertRejects(() => client.unitJobs.get(42), ServerError);
  assertEquals(error.requestId, "of-the-body");
  assertEquals((await client.unitJobs.get(42).detailed()).requestId, "of-the-body");
});

test("send() gives an error without an answer the correlation id that went out", async () => {
  let out: string | null = null;
  const client = new AuthenticatedClient({
    baseUrl: "https://x.test",
    token: "t0ken",
    retry: false,
    fetch: (_, init) => {
      out = new Headers(init?.headers).get("x-correlation-id");
      return Promise.reject(new Error("no"));
    },
  });
  const error = await assertRejects(() => client.unitJobs.get(42), ConnectionError);
  assertEquals(error.requestId, out);
  assert(error.message.endsWith(`Request id: ${out}`));
});

test("send() sends headers and cookies with every call, and a call's own over them", async () => {
  await using server = serve(() => Response.json(jobSummary(), { status: 201 }));
  const client = new AuthenticatedClient({
    baseUrl: server.url,
    token: "t0ken",
    headers: { "X-A": "client", "X-B": "client" },
    cookies: { sid: "1" },
  });
  await client.unitJobs.create(JOB_REQUEST, { headers: { "x-b": "call", Authorization: "mine" } });
  const headers = server.seen[0]?.headers;
  assertEquals(
    ["x-a", "x-b", "cookie", "authorization", "content-type"].map((name) => headers?.get(name)),
    ["client", "call", "sid=1", "Bearer t0ken", "application/json"],
  );
});

test("with() adds headers and cookies, and leaves the original alone", async () => {
  await using server = serve(() => Response.json({ status: "ok", database: { status: "ok" } }));
  const client = new Client({ baseUrl: server.url, headers: { "X-A": "1" }, cookies: { a: "1" } });
  await client.with({ headers: { "X-B": "2" }, cookies: { b: "2" } }).health();
  await client.health();
  assertEquals(
    server.seen.map(({ headers }) => ["x-a", "x-b", "cookie"].map((name) => headers.get(name))),
    [["1", "2", "a=1; b=2"], ["1", null, "a=1"]],
  );
});

test("send() sends no token for a client without one, whatever it is answered", async () => {
  await using server = serve(() => Response.json({ detail: "Not authenticated" }, { status: 401 }));
  await assertRejects(() => new Client({ baseUrl: server.url }).health(), HttpError);
  assertEquals(server.seen.map(({ headers }) => headers.has("authorization")), [false]);
});
