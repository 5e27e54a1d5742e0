import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";
import { AuthenticatedClient, ConnectionError, NotFoundError } from "../../mod.ts";
import { type ApiResponse, CallPromise } from "../../src/http/api_promise.ts";
import { wholeJob } from "../support/requests.ts";
import { serve } from "../support/server.ts";
import { test } from "../support/test.ts";
import { CALLS } from "./calls.ts";

test("a CallPromise is a real promise of the parsed body, sent at once", async () => {
  const arrived = Promise.withResolvers<void>();
  await using server = serve(() => {
    arrived.resolve();
    return Response.json(wholeJob());
  });
  const call = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" }).unitJobs.get(42);
  assertInstanceOf(call, Promise);
  await arrived.promise;
  assertEquals(server.seen.length, 1);
  assertEquals((await call).id, 42);
});

test("a CallPromise sends once, however often and in whichever way it is awaited", async () => {
  await using server = serve(() => Response.json(wholeJob()));
  const call = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" }).unitJobs.get(42);
  const [one, other, detailed, again, ids] = await Promise.all([
    call,
    call,
    call.detailed(),
    call.detailed(),
    call.then(({ id }) => id),
  ]);
  assertEquals(server.seen.length, 1);
  assertStrictEquals(one, other);
  assert(detailed.ok);
  assertStrictEquals(detailed.parsed, one);
  assertStrictEquals(again, detailed);
  assertEquals(ids, 42);
});

test("detailed() gives everything about an answer, and prints no bytes", async () => {
  await using server = serve(() =>
    Response.json(wholeJob(), { headers: { "X-Correlation-ID": "c-1", "X-More": "1" } })
  );
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const response = await client.unitJobs.get(42).detailed();
  assertEquals([response.ok, response.status, response.requestId], [true, 200, "c-1"]);
  assertEquals(response.headers.get("x-more"), "1");
  assertEquals(JSON.parse(new TextDecoder().decode(response.content)), wholeJob());
  assert(!Object.keys(response).includes("content"));
});

test("detailed() throws on no HTTP status", async () => {
  await using server = serve(({ headers }) =>
    new Response("said", { status: Number(headers.get("x-status")) })
  );
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken", retry: false });
  for (const status of [300, 307, 400, 401, 403, 404, 418, 422, 429, 500, 502, 503, 599]) {
    for (const { make } of CALLS) {
      const response = await make(client, { headers: { "X-Status": String(status) } }).detailed();
      if (response.ok) throw new Error(`${status} is no success`);
      assertEquals([response.status, response.error.status], [status, status]);
      assertEquals(new TextDecoder().decode(response.content), "said");
    }
  }
});

test("detailed() alone leaves no unhandled rejection, on a 404 as on a lost connection", async () => {
  const unhandled: unknown[] = [];
  const note = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    unhandled.push(event.reason);
  };
  addEventListener("unhandledrejection", note);
  try {
    await using server = serve(() => new Response("no", { status: 404 }));
    const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken", retry: false });
    assertEquals((await client.unitJobs.get(42).detailed()).status, 404);
    const lost = client.with({ fetch: () => Promise.reject(new Error("no")) });
    await assertRejects(() => lost.unitJobs.get(42).detailed(), ConnectionError);
    await assertRejects(() => client.unitJobs.get(42), NotFoundError);
    await assertRejects(() => client.unitJobs.get(-1).detailed(), Error, "id: expected");
    await new Promise((resolve) => setTimeout(resolve, 5));
  } finally {
    removeEventListener("unhandledrejection", note);
  }
  assertEquals(unhandled, []);
});

test("a CallPromise is an unhandled rejection when nobody awaits it, like any promise", async () => {
  const unhandled = Promise.withResolvers<unknown>();
  const note = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    unhandled.resolve(event.reason);
  };
  addEventListener("unhandledrejection", note);
  try {
    await using server = serve(() => new Response("no", { status: 404 }));
    const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
    client.unitJobs.get(42);
    assertInstanceOf(await unhandled.promise, NotFoundError);
  } finally {
    removeEventListener("unhandledrejection", note);
  }
});

test("a CallPromise throws the error of an answer that says no, and hands it over as detailed()", async () => {
  const error = new NotFoundError("Cannot", { status: 404, content: "" });
  const failure: ApiResponse<number> = {
    ok: false,
    status: 404,
    headers: new Headers(),
    content: new Uint8Array(),
    parsed: null,
    requestId: "c-1",
    error,
  };
  const call = new CallPromise(Promise.resolve(failure));
  assertStrictEquals(await call.catch((thrown: unknown) => thrown), error);
  assertStrictEquals(await call.detailed(), failure);
});

test("what then() makes of a CallPromise is a plain promise, and an error that came early is no other", async () => {
  const lost = new Error("lost");
  const call = new CallPromise<number>(Promise.reject(lost));
  assertStrictEquals(Object.getPrototypeOf(call.then(String, String)), Promise.prototype);
  assertStrictEquals(await call.finally(() => {}).catch((thrown: unknown) => thrown), lost);
  assertStrictEquals(await call.detailed().catch((thrown: unknown) => thrown), lost);
  assertStrictEquals(
    Object.getPrototypeOf(call.finally(() => {}).catch(String)),
    Promise.prototype,
  );
});
