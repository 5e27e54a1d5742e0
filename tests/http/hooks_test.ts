import { assert, assertEquals, assertRejects } from "@std/assert";
import { AuthenticatedClient, type AuthenticatedClientOptions, HttpError } from "../../mod.ts";
import { reporterFor } from "../../src/http/hooks.ts";
import { instantClock } from "../support/clock.ts";
import { JOB_REQUEST, jobSummary, wholeJob } from "../support/requests.ts";
import { serve } from "../support/server.ts";
import { test } from "../support/test.ts";

/** A client whose hooks write down all that they are told. */
function loggingClient(options: AuthenticatedClientOptions) {
  const events: (readonly [hook: string, event: object])[] = [];
  const client = new AuthenticatedClient({
    clock: instantClock(),
    timeout: null,
    random: () => 1,
    ...options,
    onRequest: (event) => void events.push(["request", event]),
    onResponse: (event) => void events.push(["response", event]),
    onRetry: (event) => void events.push(["retry", event]),
  });
  return { client, events };
}

test("onRequest() and onResponse() are told of a call, by name, method, path, id, attempt and status", async () => {
  await using server = serve(() => Response.json(wholeJob()));
  const { client, events } = loggingClient({ baseUrl: server.url, token: "t0ken" });
  await client.unitJobs.get(42, { headers: { "X-Correlation-ID": "c-1" } });
  const common = {
    name: "unitJobs.get",
    method: "GET",
    path: "/unit_jobs/42",
    requestId: "c-1",
    attempt: 1,
  };
  assertEquals(events, [
    ["request", common],
    ["response", { ...common, status: 200, duration: 0 }],
  ]);
});

test("onRetry() is told why, and how long the pause is; a fresh token is a reason too", async () => {
  const answers = [
    () => new Response("busy", { status: 503, headers: { "Retry-After": "3" } }),
    () => new Response("no", { status: 401 }),
    () => Response.json(wholeJob()),
  ];
  await using server = serve((_, index) => answers[index]?.() ?? new Response());
  let asked = 0;
  const { client, events } = loggingClient({ baseUrl: server.url, token: () => `t-${asked++}` });
  await client.unitJobs.get(42);
  const told = events.map(([hook, event]) => [
    hook,
    ...["attempt", "status", "pause"]
      .map((name) => Reflect.get(event, name)),
  ]);
  assertEquals(told, [
    ["request", 1, undefined, undefined],
    ["response", 1, 503, undefined],
    ["retry", 1, 503, 3000],
    ["request", 2, undefined, undefined],
    ["response", 2, 401, undefined],
    ["retry", 2, 401, 0],
    ["request", 3, undefined, undefined],
    ["response", 3, 200, undefined],
  ]);
});

test("onRetry() is told of an attempt without an answer; the last one ends in an error alone", async () => {
  const { client, events } = loggingClient({
    baseUrl: "https://x.test",
    token: "t0ken",
    retry: { limit: 1 },
    fetch: () => Promise.reject(new Error("no")),
  });
  await assertRejects(() => client.unitJobs.get(42));
  assertEquals(
    events.map(([hook, event]) => [hook, Reflect.get(event, "failure")]),
    [["request", undefined], ["retry", "connection"], ["request", undefined]],
  );
});

test("hooks are told no secret", async () => {
  await using server = serve(() => new Response("no", { status: 418 }));
  const { client, events } = loggingClient({
    baseUrl: server.url,
    token: "t0ken-s3cret",
    cookies: { sid: "c00kie-s3cret" },
    headers: { "X-Api-Key": "k3y-s3cret", "X-Correlation-ID": "mine-t0ken-s3cret" },
  });
  await assertRejects(() => client.unitJobs.create({ ...JOB_REQUEST, title: "s3cret" }), HttpError);
  assertEquals(events.length, 2);
  assert(!JSON.stringify(events).includes("s3cret"), JSON.stringify(events));
});

test("hooks that throw or reject do no harm", async () => {
  await using server = serve(() => Response.json(jobSummary(), { status: 201 }));
  for (
    const hook of [
      () => {
        throw new Error("the log is full");
      },
      () => Promise.reject(new Error("the log is full")),
    ]
  ) {
    const client = new AuthenticatedClient({
      baseUrl: server.url,
      token: "t0ken",
      onRequest: hook,
      onResponse: hook,
    });
    assertEquals((await client.unitJobs.create(JOB_REQUEST)).id, 42);
  }
  assertEquals(server.seen.length, 2);
});

test("reporterFor() makes nothing where nobody wants to be told", () => {
  const call = {
    name: "unitJobs.get",
    headline: () => "Cannot get unit job 42",
    effect: "read",
    method: "GET",
    path: "/unit_jobs/42",
    auth: true,
  } as const;
  assertEquals(reporterFor({}, call, { requestId: "", secrets: [] }), undefined);
});

test("with() changes hooks, and keeps those that it does not name", async () => {
  await using server = serve(() => Response.json(wholeJob()));
  const { client, events } = loggingClient({ baseUrl: server.url, token: "t0ken" });
  let own = 0;
  await client.with({ onRequest: () => void own++ }).unitJobs.get(42);
  assertEquals([own, events.map(([hook]) => hook)], [1, ["response"]]);
});
