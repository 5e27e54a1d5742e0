import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { AuthenticatedClient, RequestInvalidError, ResponseInvalidError } from "../../mod.ts";
import { serve } from "../support/server.ts";
import { JOB_REQUEST } from "../support/requests.ts";
import { test } from "../support/test.ts";

const JOB = { id: 7, title: "x", label: "openeo", status: "created" };

test("call() checks target, query and options before anything is sent, and says whose they are", async () => {
  await using server = serve(() => Response.json(JOB));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const wrong: readonly (readonly [call: () => PromiseLike<unknown>, begin: string])[] = [
    [() => client.unitJobs.get(-1), "Cannot get unit job"],
    [() => client.unitJobs.get(7, { timeout: -1 }), "Cannot get unit job 7"],
    [() => client.unitJobs.create({ ...JOB_REQUEST, title: "" }), "Cannot create"],
  ];
  for (const [call, begin] of wrong) {
    const error = await assertRejects(async () => await call(), RequestInvalidError);
    assert(error.message.startsWith(begin), error.message);
  }
  assertEquals(server.seen, []);
});

test("call() names what it is about with no secret and no control character in it", async () => {
  await using server = serve(() => Response.json({ detail: "no" }, { status: 400 }));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const title = "Tiles\u0007 for https://x.test/?sig=s3cret";
  const { message } = await assertRejects(
    async () => await client.unitJobs.create({ ...JOB_REQUEST, title }),
    Error,
  );
  assert(message.includes("Tiles"), message);
  for (const bad of ["s3cret", "\u0007"]) assert(!message.includes(bad), message);
});

test("call() takes the answer that a repeated delete finds nothing left for as done", async () => {
  await using server = serve((_, index) =>
    index === 0
      ? new Response(null, { status: 503 })
      : Response.json({ error_code: "JOB_NOT_FOUND", message: "gone" }, { status: 404 })
  );
  const retry = { limit: 2, maxRetryAfter: 0, delay: () => 0 };
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken", retry });
  assertEquals(await client.unitJobs.delete(7), null);
  assertEquals(server.seen.length, 2);
});

test("call() hides the bytes of an answer from a console, and throws on one that is not what it should be", async () => {
  await using server = serve((_, index) =>
    Response.json(index === 0 ? { status: "ok", database: { status: "ok" } } : [])
  );
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const response = await client.health().detailed();
  assertEquals(Object.keys(response).includes("content"), false);
  assert(response.content instanceof Uint8Array && response.content.length > 0);
  await assertRejects(async () => await client.health(), ResponseInvalidError);
});

test("call() rejects with the caller's own reason, whatever that is", async () => {
  await using server = serve(() => Response.json(JOB));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const reason = { enough: true };
  const thrown = await client.unitJobs.get(7, { signal: AbortSignal.abort(reason) }).then(
    () => undefined,
    (error: unknown) => error,
  );
  assertStrictEquals(thrown, reason);
});
