import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { hintFor } from "../../../src/api/failures/hints.ts";
import { resolveConfig } from "../../../src/http/config.ts";
import { AuthenticationError, NotFoundError } from "../../../src/http/errors.ts";
import type { TokenSource } from "../../../src/http/token/token.ts";
import type { StreamOptions } from "../../../src/live/stream/connection.ts";
import type { Report } from "../../../src/live/report.ts";
import { stream } from "../../../src/live/stream/stream.ts";
import type { Reading } from "../../../src/models/schema/model.ts";
import { test } from "../../support/test.ts";
import { failureOf, type Stage, stage, until } from "../support.ts";

const FAULTY = "ws/jobs_status";

/** Reads a list as its text. */
function readText(data: unknown): Reading<string> {
  return typeof data === "object" && data !== null
    ? { ok: true, value: JSON.stringify(data) }
    : { ok: false, issues: [] };
}

function listen(
  { sandbox, clock }: Stage,
  { token = sandbox.token, random = () => 1, ...options }:
    & { readonly token?: TokenSource; readonly random?: () => number }
    & Partial<StreamOptions<string>> = {},
) {
  const config = resolveConfig({ baseUrl: sandbox.url, clock, random }, { token });
  return stream(config, {
    headline: "Cannot watch the list",
    path: "/ws/jobs_status",
    query: [["filter", "processing"], ["interval", "1"]],
    read: readText,
    time: { limit: () => 30_000, slowBecause: () => "it is slow" },
    known: undefined,
    hintFor: (failure) => hintFor({ name: "jobsStatus.watch", ...failure }),
    interval: 1000,
    signal: new AbortController().signal,
    ...options,
  });
}

/** All events up to the loss. */
async function untilLost(
  events: ReturnType<typeof listen>,
): Promise<{ readonly seen: Report<string>[]; readonly lost: string }> {
  const seen: Report<string>[] = [];
  for (;;) {
    const event = await events.next();
    if (event.done) return { seen, lost: event.value.lost };
    seen.push(event.value);
  }
}

const END = { lost: "" };

test("stream() tells each snapshot, and whether it differs from the last one", async () => {
  await using on = stage();
  const events = listen(on);
  const first = await events.next();
  assertEquals(first.value, {
    kind: "value",
    value: '{"upscaling_tasks":[],"processing_jobs":[]}',
    changed: true,
    at: on.clock.now(),
    next: on.clock.now() + 1000,
  });
  const second = await on.drive(events.next());
  assertEquals(second.value, {
    ...first.value,
    changed: false,
    at: on.clock.now(),
    next: on.clock.now() + 1000,
  });
  await events.return(END);
  assertEquals((await on.sandbox.streams[0]?.ended)?.by, "client");
  assertEquals(
    on.sandbox.streams[0]?.path,
    "/ws/jobs_status?filter=processing&interval=1&token=<token>",
  );
});

test("stream() keeps a path in the base URL, and what a URL would misread in a token", async () => {
  const seen: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, ({ url }) => {
    seen.push(url);
    return new Response(null, { status: 403 });
  });
  await using on = stage();
  const config = resolveConfig(
    { baseUrl: `http://127.0.0.1:${server.addr.port}/api/`, clock: on.clock },
    { token: "a+b/c=&d" },
  );
  const events = stream(config, {
    headline: "",
    path: "/ws/jobs_status",
    query: [],
    read: readText,
    time: { limit: () => 1, slowBecause: () => "" },
    known: undefined,
    hintFor: (failure) => hintFor({ name: "jobsStatus.watch", ...failure }),
    interval: 1000,
    signal: new AbortController().signal,
  });
  await events.next();
  const { pathname, searchParams } = new URL(seen[0] ?? "");
  assertEquals([pathname, searchParams.get("token")], ["/api/ws/jobs_status", "a+b/c=&d"]);
  await server.shutdown();
});

test("stream() spreads its pauses by chance, by a quarter at most", async () => {
  for (const [chance, pauses] of [[0, [375, 750, 1500, 3000, 6000]], [1, PAUSES]] as const) {
    await using on = stage();
    on.sandbox.faults.set(FAULTY, { kind: "drop", after: 1 });
    const { seen, lost } = await on.drive(untilLost(listen(on, { random: () => chance })), 100);
    assertEquals(lost, "the connection was lost, 6 times in a row");
    assertEquals(seen.map((event) => event.kind === "failure" && event.problem), [
      ...Array(5).fill("the connection was lost; reconnecting"),
    ]);
    const waits: readonly number[] = pauses;
    assertEquals(on.clock.waits.filter((wait) => waits.includes(wait)), [...waits]);
  }
});

const PAUSES = [500, 1000, 2000, 4000, 8000] as const;

test("stream() tries six times to reach a service that is not there", async () => {
  await using on = stage();
  await on.sandbox.close();
  const { lost } = await on.drive(untilLost(listen(on)), 500);
  assertEquals(
    lost,
    "no connection could be made: the connection was refused, 6 times in a row",
  );
});

test("stream() says that a program may not connect without trying again", async () => {
  await using on = stage();
  for (const [status, words] of [[403, "does not take this token"], [401, "by a proxy"]] as const) {
    on.sandbox.faults.set(FAULTY, { kind: "refuse", status });
    const { seen, lost } = await untilLost(listen(on));
    assertEquals(seen, []);
    assertStringIncludes(lost, `the WebSocket was refused (${status})`);
    assertStringIncludes(lost, words);
  }
});

test("stream() asks the token function anew for each connection", async () => {
  await using on = stage();
  let asked = 0;
  const token = () => {
    asked++;
    return on.sandbox.token;
  };
  on.sandbox.faults.set(FAULTY, { kind: "drop", after: 3, times: 2 });
  const events = listen(on, { token });
  for (let values = 0; values < 3;) {
    const { value } = await on.drive(events.next());
    if ("kind" in value && value.kind === "value") values++;
  }
  await events.return(END);
  assertEquals(asked, 3);
});

test("stream() takes a fresh token once in a row, and again after a good message", async () => {
  await using on = stage();
  const { sandbox } = on;
  const rejected: string[] = [];
  let current = sandbox.issueToken();
  const events = listen(on, {
    token: (request) => {
      if (request.rejected !== undefined) {
        rejected.push(request.rejected);
        current = sandbox.issueToken();
      }
      return current;
    },
  });
  const tokens: string[] = [];
  const problems: string[] = [];
  while (tokens.length < 3) {
    const { value } = await on.drive(events.next());
    if ("lost" in value) throw new Error(value.lost);
    if (value.kind === "failure") problems.push(value.problem);
    else if (value.kind === "value") {
      tokens.push(current);
      sandbox.expireToken(current);
    }
  }
  await events.return(END);
  // One that holds for a moment only is not made anew without a pause.
  assertEquals(problems, ["the service takes each token for a moment only; reconnecting"]);
  assertEquals(rejected, tokens.slice(0, 2));
});

test("stream() says why a token is refused, in the service's own words", async () => {
  const link =
    "Please link your account with openEO in your <a href='https://apex.example.test/account'>Account Dashboard</a>.";
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onopen = () => {
      const token = new URL(request.url).searchParams.get("token");
      const message = `${link} You sent ${token}`;
      socket.send(JSON.stringify({ type: "error", data: null, message }));
      socket.close(1011, "AUTHENTICATION_FAILED");
    };
    return response;
  });
  await using on = stage();
  const sandbox = { ...on.sandbox, url: `http://127.0.0.1:${server.addr.port}` };
  const token = "s3cret-t0ken";
  const error = await failureOf(listen({ ...on, sandbox }, { token }).next(), AuthenticationError);
  assertStringIncludes(
    error.message,
    "Cannot watch the list: the service answered AUTHENTICATION_FAILED: Please link your account with openEO in " +
      "your Account Dashboard (https://apex.example.test/account). You sent (hidden)\n",
  );
  assertStringIncludes(error.message, "What to do: open the account page named above");
  await server.shutdown();
});

test("stream() ends where there is no such task", async () => {
  await using on = stage();
  const events = listen(on, { path: "/ws/upscale_tasks/7", query: [] });
  const error = await failureOf(events.next(), NotFoundError);
  assertEquals([error.status, error.errorCode], [404, "TASK_NOT_FOUND"]);
  assertEquals(await events.next(), { done: true, value: undefined });
});

test("stream() passes an error of the token function on", async () => {
  await using on = stage();
  const token = () => Promise.reject(new Error("signed out"));
  const error = await failureOf(listen(on, { token }).next(), Error);
  assertStringIncludes(error.message, "the token function failed: signed out");
  assertEquals(on.sandbox.requests, []);
});

test("stream() opens nothing once its signal has aborted", async () => {
  await using on = stage();
  const reason = new Error("enough");
  const error = await failureOf(listen(on, { signal: AbortSignal.abort(reason) }).next(), Error);
  assert(error === reason);
  assertEquals(on.sandbox.requests, []);
});

test("stream() closes its connection with its signal, though nobody asks it for more", async () => {
  await using on = stage();
  const stopping = new AbortController();
  const events = listen(on, { signal: stopping.signal });
  await events.next();
  stopping.abort(new Error("enough"));
  assertEquals((await on.sandbox.streams[0]?.ended)?.by, "client");
  assertEquals((await failureOf(events.next(), Error)).message, "enough");
});

test("stream() hears the platform being slow: each sign of life is patience's due", async () => {
  await using on = stage();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onopen = async () => {
      for (let sign = 0; sign < 3; sign++) {
        socket.send('{"type":"loading","data":null,"message":null}');
        await on.clock.sleep(25_000);
      }
      socket.send('{"type":"status","data":{},"message":null}');
    };
    return response;
  });
  const sandbox = { ...on.sandbox, url: `http://127.0.0.1:${server.addr.port}` };
  const events = listen({ ...on, sandbox });
  const first = on.drive(events.next());
  await until(() => on.clock.waits.includes(25_000));
  assertEquals((await first).value, { kind: "waiting", problem: "it is slow" });
  const { value } = await on.drive(events.next());
  assert("kind" in value && value.kind === "value");
  await events.return(END);
  await server.shutdown();
});
