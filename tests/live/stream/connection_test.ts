import { assert, assertEquals } from "@std/assert";
import { resolveConfig } from "../../../src/http/config.ts";
import {
  connection,
  type ConnectionEnd,
  type Memory,
} from "../../../src/live/stream/connection.ts";
import type { Report } from "../../../src/live/report.ts";
import { frameOf, rawServer } from "../../support/raw_socket.ts";
import { test } from "../../support/test.ts";
import { type Stage, stage } from "../support.ts";

/** One connection to the stream of the list, to its end; it is left after so many reports. */
async function listen(
  { sandbox, clock, drive }: Stage,
  { memory = { heard: false, readings: 0 }, most = Infinity, limit = 30_000, step, baseUrl }: {
    readonly memory?: Memory<string>;
    readonly most?: number;
    readonly limit?: number | null;
    readonly step?: number;
    readonly baseUrl?: string;
  } = {},
): Promise<{ readonly reports: Report<string>[]; readonly end?: ConnectionEnd }> {
  const config = resolveConfig({ baseUrl: baseUrl ?? sandbox.url, clock }, {
    token: sandbox.token,
  });
  const events = connection<string>(config, {
    headline: "Cannot watch the list",
    path: "/ws/jobs_status",
    query: [["interval", "1"]],
    read: (data) => ({ ok: true, value: JSON.stringify(data) }),
    time: { limit: () => limit, slowBecause: () => "it is slow" },
    known: undefined,
    hintFor: () => "",
    interval: 1000,
    signal: new AbortController().signal,
  }, { token: sandbox.token, memory });
  const reports: Report<string>[] = [];
  while (reports.length < most) {
    const event = await drive(events.next(), step);
    if (event.done) return { reports, end: event.value };
    reports.push(event.value);
  }
  await events.return({ kind: "none", problem: "" });
  return { reports };
}

test("connection() counts its readings, and remembers the latest for the next one", async () => {
  await using on = stage();
  const memory: Memory<string> = { heard: false, readings: 0 };
  const first = await listen(on, { memory, most: 2 });
  assertEquals(first.reports.map((each) => each.kind === "value" && each.changed), [true, false]);
  const second = await listen(on, { memory, most: 1 });
  assertEquals(second.reports.map((each) => each.kind === "value" && each.changed), [false]);
  assertEquals([memory.heard, memory.readings], [true, 3]);
});

test("connection() takes loading for life: it waits as long as a reading may take, and says why", async () => {
  await using on = stage();
  on.sandbox.faults.set("ws/jobs_status", { kind: "silence", after: 2 });
  const begin = on.clock.now();
  const { reports, end } = await listen(on, { limit: 600_000, step: 5_000 });
  assertEquals(reports, [{ kind: "waiting", problem: "it is slow" }]);
  assertEquals(end?.kind, "lost");
  const waited = on.clock.now() - begin;
  assert(waited >= 600_000 && waited < 620_000, `${waited} ms`);
});

test("connection() says how it ended", async () => {
  const ends: (ConnectionEnd | undefined)[] = [];
  for (
    const fault of [
      { kind: "drop", after: 3 },
      { kind: "refuse", status: 502 },
      { kind: "close", after: 3, reason: "AUTHENTICATION_FAILED" },
      { kind: "close", after: 3, reason: "TASK_NOT_FOUND" },
      { kind: "garbage", after: 2 },
      { kind: "silence" },
    ] as const
  ) {
    await using on = stage();
    on.sandbox.faults.set("ws/jobs_status", fault);
    ends.push((await listen(on)).end);
  }
  assertEquals(ends, [
    { kind: "lost", problem: "the connection was lost" },
    { kind: "none", problem: "the WebSocket was refused (502), most likely by a proxy" },
    { kind: "refused", words: "" },
    { kind: "not-found" },
    { kind: "lost", problem: "the service sent something that is no snapshot" },
    { kind: "none", problem: "nothing came through the WebSocket" },
  ]);
});

test("connection() has nothing to give where a message is too long, and says what broke the rules", async () => {
  const ends: (ConnectionEnd | undefined)[] = [];
  for (const frame of [frameOf("", { length: 50_000_000 }), frameOf("a", { masked: true })]) {
    await using on = stage();
    await using server = rawServer(async (peer) => {
      await peer.accept();
      await peer.write(frame);
      while (await peer.next() !== undefined);
    });
    ends.push((await listen(on, { baseUrl: `http://127.0.0.1:${server.port}` })).end);
  }
  assertEquals(ends, [
    {
      kind: "none",
      problem:
        "the service sent a message of 50 MB through the WebSocket, which takes 8.0 MB at the most",
    },
    { kind: "lost", problem: "the service breaks the rules of WebSockets: a frame is masked" },
  ]);
});
