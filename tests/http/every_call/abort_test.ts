// A caller's abort, in every phase of a call: at once, with the signal's own reason, and nothing left behind.
import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { AuthenticatedClient, type AuthenticatedClientOptions, type Clock } from "../../../mod.ts";
import { manualClock } from "../../support/clock.ts";
import { serve, type TestServer } from "../../support/server.ts";
import { test } from "../../support/test.ts";
import { stalledBody } from "../support/bodies.ts";
import { CALLS } from "../calls.ts";
import { listenerCount } from "../support/listeners.ts";

interface Phase {
  readonly name: string;
  /** What the client is given beyond the usual. */
  readonly options?: (reached: () => void) => Partial<AuthenticatedClientOptions>;
  /** What the server answers. */
  readonly answer?: (reached: () => void) => Response | Promise<Response>;
  /** What lets the server and the client's helpers come to an end afterwards. */
  readonly release?: () => void;
}

const never = Promise.withResolvers<never>().promise;

function phases(): Phase[] {
  const held = Promise.withResolvers<Response>();
  const token = Promise.withResolvers<string>();
  return [
    {
      name: "while the token function runs",
      options: (reached) => ({
        token: () => {
          reached();
          return token.promise;
        },
      }),
      release: () => token.resolve("t0ken"),
    },
    {
      name: "while a fresh token is awaited",
      options: (reached) => ({
        token: ({ rejected }) => {
          if (rejected === undefined) return "t0ken";
          reached();
          return never;
        },
      }),
      answer: () => new Response("no", { status: 401 }),
    },
    {
      name: "while the answer is awaited",
      answer: (reached) => {
        reached();
        return held.promise;
      },
      release: () => held.resolve(new Response()),
    },
    {
      name: "while the body arrives",
      answer: (reached) => {
        setTimeout(reached, 20);
        return stalledBody("{").response;
      },
    },
    {
      name: "in the pause before a repeat",
      options: (reached) => {
        const clock = manualClock();
        const watched: Clock = {
          now: clock.now,
          sleep(milliseconds, signal) {
            if (milliseconds < 10_000) queueMicrotask(reached);
            return clock.sleep(milliseconds, signal);
          },
        };
        return { clock: watched };
      },
      answer: () => new Response("busy", { status: 503 }),
    },
    {
      name: "in the pause that the service asked for, on the machine's own clock",
      answer: (reached) => {
        setTimeout(reached, 30);
        return new Response("busy", { status: 503, headers: { "Retry-After": "30" } });
      },
    },
    {
      name: "while a fetch waits that does not heed its signal",
      options: (reached) => ({
        fetch: () => {
          reached();
          return never;
        },
      }),
    },
  ];
}

for (const { name, options, answer, release } of phases()) {
  test(`unitJobs.get() rejects with the signal's reason ${name}`, async () => {
    const reached = Promise.withResolvers<void>();
    await using server = serve(() => answer?.(reached.resolve) ?? new Response());
    const client = new AuthenticatedClient({
      baseUrl: server.url,
      token: "t0ken",
      ...options?.(reached.resolve),
    });
    const abort = new AbortController();
    const listeners = listenerCount(abort.signal);
    const reason = { why: "the cell was stopped" };

    const settled = client.unitJobs.get(42, { signal: abort.signal })
      .then((value) => ({ value }), (error) => ({ error }));
    await reached.promise;
    assert(listeners() > 0);
    abort.abort(reason);
    const result = await settled;
    assert("error" in result);
    assertStrictEquals(Object(result).error, reason);
    assertEquals(listeners(), 0);
    release?.();
  });
}

async function rejection(call: PromiseLike<unknown>): Promise<unknown> {
  return await call.then(() => undefined, (error: unknown) => error);
}

test("send() rejects with the reason of a signal that has aborted, and sends nothing", async () => {
  await using server: TestServer = serve(() => new Response());
  let asked = 0;
  const client = new AuthenticatedClient({
    baseUrl: server.url,
    token: () => {
      asked++;
      return "t0ken";
    },
  });
  for (const { name, make } of CALLS) {
    const reason = new Error(name);
    assertStrictEquals(
      await rejection(make(client, { signal: AbortSignal.abort(reason) })),
      reason,
    );
  }
  assertEquals([server.seen.length, asked], [0, 0]);
});

test("detailed() rejects with the signal's reason too", async () => {
  await using server = serve(() => new Response());
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const reason = new Error("enough");
  const call = client.unitJobs.get(42, { signal: AbortSignal.abort(reason) });
  assertStrictEquals(await rejection(call.detailed()), reason);
});

test("send() leaves no listener on the signal, repeats and fresh tokens included", async () => {
  const answers = [
    () => new Response("no", { status: 401 }),
    () => new Response("busy", { status: 503, headers: { "Retry-After": "0" } }),
    () => Response.json(null),
  ];
  await using server = serve((_, index) => answers[index]?.() ?? new Response());
  let asked = 0;
  const client = new AuthenticatedClient({
    baseUrl: server.url,
    token: () => Promise.resolve(`t0ken-${asked++}`),
    random: () => 0,
  });
  const { signal } = new AbortController();
  const listeners = listenerCount(signal);
  assertEquals(await client.unitJobs.delete(42, { signal }), null);
  assertEquals([server.seen.length, asked, listeners()], [3, 2, 0]);
});

test("send() leaves other calls alone that wait for the same token", async () => {
  await using server = serve(() => Response.json(null));
  const token = Promise.withResolvers<string>();
  let asked = 0;
  const client = new AuthenticatedClient({
    baseUrl: server.url,
    token: () => {
      asked++;
      return token.promise;
    },
  });
  const abort = new AbortController();
  const stopped = rejection(client.unitJobs.delete(1, { signal: abort.signal }));
  const going = client.unitJobs.delete(2);
  const reason = new Error("enough");
  abort.abort(reason);
  assertStrictEquals(await stopped, reason);
  token.resolve("t0ken");
  assertEquals(await going, null);
  assertEquals([asked, server.seen.map(({ path }) => path)], [1, ["/unit_jobs/2"]]);
});
