import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  attempt,
  type AttemptFailure,
  type AttemptOptions,
  type HttpAnswer,
  isForbidden,
} from "../../../src/http/attempt/attempt.ts";
import { systemClock } from "../../../src/core/waiting.ts";
import { manualClock } from "../../support/clock.ts";
import { deadPort, serve, serveRaw } from "../../support/server.ts";
import { test } from "../../support/test.ts";
import { stalledBody } from "../support/bodies.ts";
import { listenerCount } from "../support/listeners.ts";

const OPTIONS: AttemptOptions = {
  fetch,
  native: true,
  clock: systemClock,
  timeout: 5000,
  maxBody: () => 1_000_000,
};

const get = (url: string) => ({ method: "GET", url, headers: {} });

function answered(result: HttpAnswer | AttemptFailure): HttpAnswer {
  if ("failure" in result) throw new Error(`No answer: ${Deno.inspect(result)}`);
  return result;
}

function failed(result: HttpAnswer | AttemptFailure): AttemptFailure {
  if (!("failure" in result)) throw new Error(`No failure: ${Deno.inspect(result)}`);
  return result;
}

/** A `fetch` that does not heed its signal. */
function deaf(answer: Promise<Response>): Partial<AttemptOptions> {
  return { fetch: () => answer, native: false };
}

test("attempt() sends method, headers and body, and reads the answer to its end", async () => {
  await using server = serve(() => new Response("yes", { status: 202, headers: { "X-A": "b" } }));
  const answer = answered(
    await attempt({
      method: "POST",
      url: `${server.url}/unit_jobs?x=1`,
      headers: { "x-mine": "1" },
      body: "{}",
    }, OPTIONS),
  );
  assertEquals([answer.status, answer.headers.get("x-a")], [202, "b"]);
  assertEquals(new TextDecoder().decode(answer.content), "yes");
  const [seen] = server.seen;
  assertEquals([seen?.method, seen?.path, seen?.body], ["POST", "/unit_jobs?x=1", "{}"]);
  assertEquals(seen?.headers.get("x-mine"), "1");
});

test("attempt() reads the whole body of an injected fetch, and of one without a body", async () => {
  const parts = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of ["a", "", "bc"]) controller.enqueue(new TextEncoder().encode(part));
      controller.close();
    },
  });
  for (
    const [response, text] of [[new Response(parts), "abc"], [new Response(null), ""]] as const
  ) {
    const answer = answered(
      await attempt(get("http://x.test/"), {
        ...OPTIONS,
        ...deaf(Promise.resolve(response)),
      }),
    );
    assertEquals(new TextDecoder().decode(answer.content), text);
  }
});

test("attempt() hands over a redirect, and does not follow it", async () => {
  await using elsewhere = serve(() => new Response("caught"));
  await using server = serve(() =>
    new Response(null, { status: 307, headers: { Location: elsewhere.url } })
  );
  const answer = answered(await attempt(get(server.url), OPTIONS));
  assertEquals(answer.status, 307);
  assertEquals(elsewhere.seen, []);
});

test("attempt() tells a connection that was never made from one that was lost", async () => {
  using dead = await deadPort();
  const { port } = dead;
  const refused = failed(await attempt(get(`http://127.0.0.1:${port}/`), OPTIONS));
  assertEquals([refused.failure, refused.sent], ["connection", false]);

  await using server = serveRaw([""]);
  const lost = failed(await attempt(get(server.url), OPTIONS));
  assertEquals([lost.failure, lost.sent], ["connection", true]);
});

test("attempt() knows by Node's codes that nothing was sent", async () => {
  for (const code of ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]) {
    const cause = Object.assign(new Error("no"), { code });
    const failing = Promise.reject(new TypeError("fetch failed", { cause }));
    const result = failed(await attempt(get("http://x.test/"), { ...OPTIONS, ...deaf(failing) }));
    assertEquals(result.sent, false, code);
  }
});

test("attempt() knows that nothing was sent when Deno may not reach the host", async () => {
  const denied = new Deno.errors.NotCapable('Requires net access to "x.test:443"');
  const result = failed(
    await attempt(get("https://x.test/"), {
      ...OPTIONS,
      ...deaf(Promise.reject(denied)),
    }),
  );
  assertEquals([result.sent, isForbidden(result.cause)], [false, true]);
  assertEquals(isForbidden(new Error("Requires net access")), false);
});

test("attempt() takes a fetch that throws at once for one that rejects", async () => {
  const thrown = new Error("broken");
  const result = failed(
    await attempt(get("http://x.test/"), {
      ...OPTIONS,
      native: false,
      fetch: () => {
        throw thrown;
      },
    }),
  );
  assertEquals([result.failure, result.sent], ["connection", true]);
  assertStrictEquals(result.cause, thrown);
});

test("attempt() tells of a body that was cut off", async () => {
  await using server = serveRaw(["HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"]);
  const result = failed(await attempt(get(server.url), OPTIONS));
  assertEquals([result.failure, result.sent], ["connection", true]);
});

test("attempt() has a time limit that covers the waiting", async () => {
  const held = Promise.withResolvers<Response>();
  await using server = serve(() => held.promise);
  const result = await attempt(get(server.url), { ...OPTIONS, timeout: 20 });
  assertEquals(result, { failure: "timeout", sent: true });
  held.resolve(new Response());
});

test("attempt() has a time limit that covers a body that stalls", async () => {
  const stalled = stalledBody("{");
  await using server = serve(() => stalled.response);
  const result = await attempt(get(server.url), { ...OPTIONS, timeout: 50 });
  assertEquals(result, { failure: "timeout", sent: true });
  await stalled.closed;
});

test("attempt() leaves no timer behind", async () => {
  const clock = manualClock();
  await using server = serve(() => new Response("yes"));
  await attempt(get(server.url), { ...OPTIONS, clock, timeout: 1000 });
  assertEquals([clock.waits, clock.waiting], [[1000], 0]);
  await attempt(get("http://x.test/"), {
    ...OPTIONS,
    ...deaf(Promise.reject(new Error("no"))),
    clock,
    timeout: 1000,
  });
  assertEquals(clock.waiting, 0);
});

test("attempt() takes no timer without a time limit", async () => {
  const clock = manualClock();
  await using server = serve(() => new Response("yes"));
  await attempt(get(server.url), { ...OPTIONS, clock, timeout: null });
  assertEquals(clock.waits, []);
});

test("attempt() rejects with the signal's reason before it sends anything", async () => {
  await using server = serve(() => new Response("yes"));
  const reason = { not: "even an error" };
  const rejected = await attempt(get(server.url), {
    ...OPTIONS,
    signal: AbortSignal.abort(reason),
  }).then(() => undefined, (error) => error);
  assertStrictEquals(rejected, reason);
  assertEquals(server.seen, []);
});

test("attempt() leaves no listener on the signal, whatever came of it", async () => {
  const { signal } = new AbortController();
  const listeners = listenerCount(signal);
  await using server = serve(() => new Response("yes"));
  await attempt(get(server.url), { ...OPTIONS, signal });
  await attempt(get("http://x.test/"), {
    ...OPTIONS,
    ...deaf(Promise.reject(new Error("no"))),
    signal,
  });
  const never = new Promise<Response>(() => {});
  await attempt(get("http://x.test/"), { ...OPTIONS, ...deaf(never), signal, timeout: 5 });
  const stalled = stalledBody("{").response;
  await attempt(get("http://x.test/"), {
    ...OPTIONS,
    ...deaf(Promise.resolve(stalled)),
    signal,
    timeout: 5,
  });
  assertEquals(listeners(), 0);
});

test("attempt() closes the late answer of a fetch that does not heed its signal", async () => {
  for (const how of ["abort", "timeout"]) {
    const late = Promise.withResolvers<Response>();
    const abort = new AbortController();
    const clock = manualClock();
    const attempting = attempt(get("http://x.test/"), {
      ...OPTIONS,
      ...deaf(late.promise),
      clock,
      timeout: 1000,
      signal: abort.signal,
    });
    if (how === "abort") {
      const reason = new Error("enough");
      abort.abort(reason);
      assertEquals(await attempting, { failure: "aborted", sent: true, cause: reason });
    } else {
      clock.advance(1000);
      assertEquals(await attempting, { failure: "timeout", sent: true });
    }
    const stalled = stalledBody("{");
    late.resolve(stalled.response);
    await stalled.closed;
    assertEquals(clock.waiting, 0);
  }
});

test("attempt() closes a stalled body of a fetch that does not heed its signal", async () => {
  for (const how of ["abort", "timeout"]) {
    const stalled = stalledBody("{");
    const abort = new AbortController();
    const clock = manualClock();
    const attempting = attempt(get("http://x.test/"), {
      ...OPTIONS,
      ...deaf(Promise.resolve(stalled.response)),
      clock,
      timeout: 1000,
      signal: abort.signal,
    });
    const settled = attempting.then((value) => value, (error) => error);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const reason = new Error("enough");
    if (how === "abort") abort.abort(reason);
    else clock.advance(1000);
    assertEquals(
      await settled,
      how === "abort"
        ? { failure: "aborted", sent: true, cause: reason }
        : { failure: "timeout", sent: true },
    );
    await stalled.closed;
  }
});
