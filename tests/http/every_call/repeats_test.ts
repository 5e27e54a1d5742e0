// Which calls are repeated, when, and what is known of them when they fail for good.
import { assert, assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import {
  AuthenticatedClient,
  type AuthenticatedClientOptions,
  ConnectionError,
  type DispatchError,
  HttpError,
  NotFoundError,
  RateLimitError,
  ServerError,
  TimeoutError,
} from "../../../mod.ts";
import { instantClock } from "../../support/clock.ts";
import { wholeJob } from "../../support/requests.ts";
import { deadPort, serve, serveRaw } from "../../support/server.ts";
import { test } from "../../support/test.ts";
import { CALLS } from "../calls.ts";

const TOKEN = "t0ken-of-a-user";

/** A client on which every pause is over at once, and chance always takes the longest. */
function quick(baseUrl: string, options: Partial<AuthenticatedClientOptions> = {}) {
  const clock = instantClock();
  const client = new AuthenticatedClient({
    baseUrl,
    token: TOKEN,
    clock,
    timeout: null,
    random: () => 1,
    ...options,
  });
  return { client, waits: clock.waits };
}

async function failure(call: PromiseLike<unknown>): Promise<DispatchError & { outcome?: string }> {
  return await assertRejects(() => Promise.resolve(call), Error) as DispatchError;
}

const REPEATED = [408, 429, 500, 502, 503, 504];
const NOT_REPEATED = [300, 307, 400, 401, 403, 404, 405, 409, 410, 418, 422, 501];

for (const { name, effect, make } of CALLS) {
  const never = effect === "create";

  for (const status of [...REPEATED, ...NOT_REPEATED]) {
    const repeated = !never && REPEATED.includes(status) &&
      !(name === "unitJobs.results" && status === 500) &&
      !(name === "health" && status === 503);
    test(`${name}() ${repeated ? "repeats" : "does not repeat"} a ${status}`, async () => {
      await using server = serve(() => new Response("no", { status }));
      const { client, waits } = quick(server.url);
      const error = await assertRejects(() => make(client), HttpError);
      assertEquals(error.status, status);
      assertEquals(server.seen.length, repeated ? 3 : 1);
      assertEquals(waits, repeated ? [500, 1000] : []);
      // A 401 and a 403 that are not in the service's own words can be a platform's.
      const lost = never && (status >= 500 || [401, 403, 408].includes(status));
      assertEquals(error.outcome, lost ? "unknown" : never ? "refused" : undefined);
      assertEquals(/the (?:job|task) may exist all the same/.test(error.message), lost);
    });
  }

  test(`${name}() ${never ? "does not repeat" : "repeats"} when the answer is lost`, async () => {
    await using server = serveRaw([""]);
    const { client, waits } = quick(server.url);
    const error = await assertRejects(() => make(client), ConnectionError);
    assertEquals(error.outcome, "unknown");
    assertEquals(server.seen.length, never ? 1 : 3);
    assertEquals(waits, never ? [] : [500, 1000]);
    assertEquals(/the (?:job|task) may exist all the same/.test(error.message), never);
  });

  test(`${name}() ${never ? "does not repeat" : "repeats"} when the body is cut off`, async () => {
    await using server = serveRaw(["HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"]);
    const { client } = quick(server.url);
    const error = await assertRejects(() => make(client), ConnectionError);
    assertEquals(error.outcome, "unknown");
    assertEquals(server.seen.length, never ? 1 : 3);
  });

  test(`${name}() ${never ? "does not repeat" : "repeats"} when nobody listens`, async () => {
    using dead = await deadPort();
    const { client, waits } = quick(`http://127.0.0.1:${dead.port}`);
    const error = await assertRejects(() => make(client), ConnectionError);
    assertEquals(error.outcome, "not-sent");
    assertEquals(waits, never ? [] : [500, 1000]);
    assert(error.message.includes("nothing was sent: check the base URL"), error.message);
  });

  // What is late because it is large would only be asked for twice at once.
  const once = never || name === "upscaleTasks.get";
  test(`${name}() ${once ? "does not repeat" : "repeats"} when time is up`, async () => {
    let sent = 0;
    const { client, waits } = quick("https://x.test", {
      fetch: () => {
        sent++;
        return new Promise(() => {});
      },
    });
    const error = await assertRejects(() => make(client, { timeout: 1500 }), TimeoutError);
    assertEquals(error.outcome, "unknown");
    assertEquals(sent, once ? 1 : 3);
    assertEquals(waits, once ? [1500] : [1500, 500, 1500, 1000, 1500]);
    assert(error.message.includes("no whole answer from https://x.test within 1.5 s"));
  });
}

test("health() takes a 503 in its own shape for an answer", async () => {
  const unwell = { status: "error", database: { status: "error", message: "gone" } };
  await using server = serve(() => Response.json(unwell, { status: 503 }));
  const { client } = quick(server.url);
  const { ok, status, parsed } = await client.health().detailed();
  assertEquals([ok, status, parsed], [true, 503, unwell]);
  assertEquals(server.seen.length, 1);
});

test("send() succeeds when a repeat does", async () => {
  await using server = serve((_, index) =>
    index < 2 ? new Response("busy", { status: 503 }) : Response.json(wholeJob())
  );
  const { client, waits } = quick(server.url, { random: () => 0 });
  assertEquals((await client.unitJobs.get(42)).id, 42);
  assertEquals(waits, [375, 750]);
});

test("send() repeats with the same correlation id", async () => {
  await using server = serve(() => new Response("busy", { status: 503 }));
  const { client } = quick(server.url);
  await assertRejects(() => client.unitJobs.get(42), ServerError);
  const ids = server.seen.map(({ headers }) => headers.get("x-correlation-id"));
  assertEquals([ids.length, new Set(ids).size], [3, 1]);
});

test("send() repeats as often as retry: { limit } says", async () => {
  await using server = serve(() => new Response("busy", { status: 503 }));
  const { client, waits } = quick(server.url, { retry: { limit: 6 } });
  await assertRejects(() => client.unitJobs.get(42), ServerError);
  assertEquals(waits, [500, 1000, 2000, 4000, 8000, 8000]);
});

test("send() repeats nothing with retry: false", async () => {
  await using server = serve(() => new Response("busy", { status: 503 }));
  const { client } = quick(server.url, { retry: false });
  await assertRejects(() => client.unitJobs.get(42), ServerError);
  assertEquals(server.seen.length, 1);
});

const NOON = "Mon, 23 Nov 2026 12:00:00 GMT";

test("send() waits for a Retry-After in seconds, and never less than the usual pause", async () => {
  for (const [header, pause] of [["7", 7000], ["60", 60_000], ["0", 500]] as const) {
    await using server = serve((_, index) =>
      index === 0
        ? new Response("busy", { status: 503, headers: { "Retry-After": header } })
        : Response.json(wholeJob())
    );
    const { client, waits } = quick(server.url);
    await client.unitJobs.get(42);
    assertEquals(waits, [pause]);
  }
});

test("send() waits for a Retry-After with a date", async () => {
  const clock = instantClock(Date.parse(NOON) - 9000);
  await using server = serve((_, index) =>
    index === 0
      ? new Response("busy", { status: 429, headers: { "Retry-After": NOON } })
      : Response.json(wholeJob())
  );
  const { client } = quick(server.url, { clock });
  await client.unitJobs.get(42);
  assertEquals(clock.waits, [9000]);
});

test("send() does not wait for a Retry-After beyond a minute: the error carries it", async () => {
  await using server = serve(() =>
    new Response("slow down", { status: 429, headers: { "Retry-After": "61" } })
  );
  const { client, waits } = quick(server.url);
  const error = await assertRejects(() => client.unitJobs.get(42), RateLimitError);
  assertEquals([error.retryAfter, waits, server.seen.length], [61_000, [], 1]);
  assert(error.message.includes("What to do: wait 61 s, as the service asks"), error.message);
});

test("send() waits for a Retry-After as long as retry: { maxRetryAfter } says", async () => {
  await using server = serve(() =>
    new Response("slow down", { status: 429, headers: { "Retry-After": "2" } })
  );
  const { client, waits } = quick(server.url, { retry: { maxRetryAfter: 1999 } });
  const error = await assertRejects(() => client.unitJobs.get(42), RateLimitError);
  assertEquals([error.retryAfter, waits], [2000, []]);
});

test("send() carries the Retry-After of a call that creates, and of the last repeat", async () => {
  await using server = serve(() =>
    new Response("busy", { status: 503, headers: { "Retry-After": "3" } })
  );
  const { client, waits } = quick(server.url);
  const read = await assertRejects(() => client.unitJobs.get(42), ServerError);
  assertEquals([read.retryAfter, waits], [3000, [3000, 3000]]);
  const [create] = CALLS.filter(({ name }) => name === "unitJobs.create");
  const created = await assertRejects(async () => await create?.make(client), ServerError);
  assertEquals([created.retryAfter, created.outcome, server.seen.length], [3000, "unknown", 4]);
});

const NO_SUCH_JOB = {
  status: "error",
  error_code: "JOB_NOT_FOUND",
  message: "The requested job was not found.",
  details: null,
  request_id: "c-404",
};

test("delete() succeeds when it is repeated after an error into a JOB_NOT_FOUND", async () => {
  await using server = serve((_, index) =>
    index === 0
      ? new Response("gateway timeout", { status: 504 })
      : Response.json(NO_SUCH_JOB, { status: 404 })
  );
  const { client } = quick(server.url);
  const { ok, parsed, status } = await client.unitJobs.delete(42).detailed();
  assertEquals([ok, parsed, status], [true, null, 404]);
});

test("delete() succeeds when it is repeated after a lost answer into a JOB_NOT_FOUND", async () => {
  const body = JSON.stringify(NO_SUCH_JOB);
  await using server = serveRaw([
    "",
    `HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nConnection: close\r\n` +
    `Content-Length: ${body.length}\r\n\r\n${body}`,
  ]);
  const { client } = quick(server.url);
  assertEquals(await client.unitJobs.delete(42), null);
  assertEquals(server.seen.length, 2);
});

test("delete() throws on a 404 at the first attempt", async () => {
  await using server = serve(() => Response.json(NO_SUCH_JOB, { status: 404 }));
  const { client } = quick(server.url);
  const error = await assertRejects(() => client.unitJobs.delete(42), NotFoundError);
  assertEquals([error.errorCode, server.seen.length], ["JOB_NOT_FOUND", 1]);
});

test("delete() throws when the first attempt never left and the second finds nothing", async () => {
  await using server = serve(() => Response.json(NO_SUCH_JOB, { status: 404 }));
  using dead = await deadPort();
  const nobody = `http://127.0.0.1:${dead.port}`;
  let attempts = 0;
  const { client } = quick(server.url, {
    fetch: (input, init) => attempts++ === 0 ? fetch(nobody) : fetch(input, init),
  });
  const error = await assertRejects(() => client.unitJobs.delete(42), NotFoundError);
  assertEquals([error.errorCode, attempts], ["JOB_NOT_FOUND", 2]);
});

test("delete() throws when it is repeated into a 404 that is not the service's own", async () => {
  const bodies = [
    () => new Response("<title>404 Not Found</title>", { status: 404 }),
    () => Response.json({ detail: "Not Found" }, { status: 404 }),
    () => Response.json({ ...NO_SUCH_JOB, error_code: "TASK_NOT_FOUND" }, { status: 404 }),
    () => new Response(null, { status: 404 }),
  ];
  for (const body of bodies) {
    await using server = serve((_, index) =>
      index === 0 ? new Response("gateway timeout", { status: 504 }) : body()
    );
    const { client } = quick(server.url);
    await assertRejects(() => client.unitJobs.delete(42), NotFoundError);
    assertEquals(server.seen.length, 2);
  }
});

test("send() takes a call that was lost once, and then not sent, for unknown", async () => {
  await using server = serveRaw([""]);
  using dead = await deadPort();
  const nobody = `http://127.0.0.1:${dead.port}`;
  let attempts = 0;
  const { client } = quick(server.url, {
    fetch: (input, init) => attempts++ === 0 ? fetch(input, init) : fetch(nobody),
  });
  const error = await failure(client.unitJobs.delete(42));
  assertInstanceOf(error, ConnectionError);
  assertEquals([error.outcome, attempts], ["unknown", 3]);
  assert(error.message.includes("no connection to"), error.message);
  assert(error.message.includes("at the last of 3 attempts"), error.message);
});

test("send() does not repeat what Deno may not do, and names the missing permission", async () => {
  let attempts = 0;
  const { client } = quick("https://x.test", {
    fetch: () => {
      attempts++;
      throw new Deno.errors.NotCapable('Requires net access to "x.test:443"');
    },
  });
  const error = await assertRejects(() => client.unitJobs.get(42), ConnectionError);
  assertEquals([attempts, error.outcome], [1, "not-sent"]);
  assert(error.message.includes("deno run --allow-net=x.test"), error.message);
});
