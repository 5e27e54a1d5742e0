import { assert, assertEquals } from "@std/assert";
import { manualClock, startSandbox } from "../../../src/sandbox/mod.ts";
import { bell } from "../../support/bell.ts";
import { test } from "../../support/test.ts";
import { listen, nextTypes } from "../listen.ts";
import { at, listAt, send, stage, TASK, TUTORIAL } from "../support.ts";

const JOBS = "/ws/jobs_status?token=<token>";
const TASK_1 = "/ws/upscale_tasks/1?token=<token>";
const ROUND = ["loading", "status"];

test("a stream tells how the work is at once, and again after each interval of the clock", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  const stream = listen(on.sandbox, JOBS);
  assertEquals(await nextTypes(stream, 2), ["init", "loading"]);
  const status = async () =>
    at(JSON.parse(await stream.next()), "data", "processing_jobs", 0, "status");
  assertEquals(await status(), "created");
  for (const wanted of ["running", "finished", "finished"]) {
    on.clock.advance(9999);
    assertEquals(on.clock.waiting, 1);
    if (wanted === "running") on.sandbox.setStatus(1, "running");
    if (wanted === "finished") on.sandbox.setStatus(1, "finished");
    on.clock.advance(1);
    assertEquals(await nextTypes(stream, 1), ["loading"]);
    assertEquals(await status(), wanted);
  }
});

test("a stream sends what the operation answers, with its filter", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  const last = async (path: string) => {
    const stream = listen(on.sandbox, path);
    await nextTypes(stream, 2);
    return at(JSON.parse(await stream.next()), "data");
  };
  on.clock.advance(3000);
  for (
    const filter of [
      "",
      "filter=processing",
      "filter=upscaling",
      "filter=upscaling&filter=processing",
    ]
  ) {
    const { body } = await send(on.sandbox, `GET /jobs_status?${filter}`);
    assertEquals(await last(`${JOBS}&${filter}`), body);
  }
  const { body } = await send(on.sandbox, "GET /upscale_tasks/1");
  assertEquals(listAt(body, "jobs").length, 3);
  assertEquals(await last(TASK_1), body);
});

test("a task's stream shows its jobs being made", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  const stream = listen(on.sandbox, `${TASK_1}&interval=1`);
  await nextTypes(stream, 1);
  const counts: number[] = [];
  while (counts.length < 3) {
    await nextTypes(stream, 1);
    counts.push(listAt(JSON.parse(await stream.next()), "data", "jobs").length);
    on.clock.advance(1000);
  }
  assertEquals(counts, [0, 2, 3]);
});

test("a stream looks at the token in every round", async () => {
  await using on = stage();
  const token = on.sandbox.issueToken({ expiresIn: 15_000 });
  const stream = listen(on.sandbox, JOBS, token);
  assertEquals(await nextTypes(stream, 3), ["init", ...ROUND]);
  on.clock.advance(10_000);
  assertEquals(await nextTypes(stream, 2), ROUND);
  on.clock.advance(10_000);
  assertEquals(await nextTypes(stream, 2), ["loading", "error"]);
  assertEquals(await stream.closed, {
    code: 1011,
    reason: "AUTHENTICATION_FAILED",
    wasClean: true,
  });
  const other = listen(on.sandbox, JOBS);
  await nextTypes(other, 3);
  on.sandbox.expireToken(on.sandbox.token);
  on.clock.advance(10_000);
  assertEquals(await nextTypes(other, 2), ["loading", "error"]);
  assertEquals((await other.closed).reason, "AUTHENTICATION_FAILED");
});

test("a stream ends when what it tells of cannot be read", async () => {
  await using on = stage({ outcome: () => "unknown" });
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  on.clock.advance(60_000);
  const failed = listen(on.sandbox, JOBS);
  const [, , error = ""] = await failed.rest();
  assertEquals(JSON.parse(error), {
    type: "error",
    data: null,
    message: "An error occurred while retrieving the job status.",
  });
  assertEquals((await failed.closed).reason, "INTERNAL_ERROR");

  on.sandbox.setDatabaseFailure('(2003, "Can\'t connect to MySQL server")');
  const task = listen(on.sandbox, TASK_1);
  assertEquals(
    at(JSON.parse((await task.rest()).at(-1) ?? ""), "message"),
    "An error occurred while retrieving the upscale task.",
  );
  assertEquals((await task.closed).reason, "INTERNAL_ERROR");
});

test("a task's stream knows no task of another user", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  const stream = listen(on.sandbox, TASK_1, on.sandbox.otherToken);
  assertEquals((await stream.rest()).length, 3);
  assertEquals(await stream.closed, { code: 1011, reason: "TASK_NOT_FOUND", wasClean: true });
});

test("a stream without a pause floods, but leaves room for others", async () => {
  await using on = stage();
  for (const interval of [0, -1]) {
    using before = bell(25);
    const stream = listen(on.sandbox, `${JOBS}&interval=${interval}`);
    assertEquals(await nextTypes(stream, 9), ["init", ...ROUND, ...ROUND, ...ROUND, ...ROUND]);
    assert(before.rung);
    assertEquals((await send(on.sandbox, "GET /health")).status, 200);
    stream.socket.close();
    await stream.closed;
  }
});

test("a stream pauses in real time where the clock is the machine's", async () => {
  await using sandbox = startSandbox();
  using before = bell(950);
  const stream = listen(sandbox, `${JOBS}&interval=1`);
  await nextTypes(stream, 4);
  assert(before.rung);
});

test("streams are written down: who ended them, how, and after how many messages", async () => {
  await using on = stage();
  const { streams } = on.sandbox;
  const plain = listen(on.sandbox, JOBS);
  await nextTypes(plain, 3);
  assertEquals([streams[0]?.sent, streams[0]?.end], [3, undefined]);
  plain.socket.close();
  assertEquals(await streams[0]?.ended, { by: "client", code: 1005, reason: "" });

  const worded = listen(on.sandbox, TASK_1.replace("1", "9"), on.sandbox.otherToken);
  await worded.closed;
  assertEquals(await streams[1]?.ended, { by: "service", code: 1011, reason: "TASK_NOT_FOUND" });

  const polite = listen(on.sandbox, JOBS);
  await nextTypes(polite, 1);
  polite.socket.close(1000, "Enough");
  assertEquals(await streams[2]?.ended, { by: "client", code: 1000, reason: "Enough" });

  assertEquals(streams.map(({ target, sent, received }) => [target, sent, received]), [
    ["ws/jobs_status", 3, 0],
    ["ws/upscale_tasks", 3, 0],
    ["ws/jobs_status", 3, 0],
  ]);
  assertEquals(streams.map(({ end }) => end?.by), ["client", "service", "client"]);
  assertEquals(on.clock.waiting, 0);
});

test("a close is not answered any more after the client has sent something", async () => {
  const on = stage();
  const stream = listen(on.sandbox, JOBS);
  await nextTypes(stream, 3);
  stream.socket.send("ping");
  const [opened] = on.sandbox.streams;
  while (opened?.received === 0) await send(on.sandbox, "GET /health");
  stream.socket.close();
  await send(on.sandbox, "GET /health");
  assertEquals(stream.socket.readyState, WebSocket.CLOSING);
  assertEquals([opened?.received, opened?.end], [1, undefined]);
  on.clock.advance(10_000);
  while (opened?.sent === 3) await send(on.sandbox, "GET /health");
  assertEquals(opened?.sent, 5);
  await on.sandbox.close();
  await stream.closed;
  assertEquals(opened?.end?.by, "loss");
});

test("a client that vanishes leaves no stream behind", async () => {
  await using on = stage();
  const { hostname, port } = new URL(on.sandbox.url);
  const handshake = [
    `GET ${JOBS.replace("<token>", on.sandbox.token)} HTTP/1.1`,
    "Host: sandbox",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version: 13",
    "",
    "",
  ].join("\r\n");
  const open = () => Deno.connect({ hostname, port: Number(port) });
  using patient = await open();
  await patient.write(new TextEncoder().encode(handshake));
  await patient.read(new Uint8Array(1000));
  while (on.sandbox.streams.length === 0) await send(on.sandbox, "GET /health");
  patient.closeWrite();
  assertEquals(await on.sandbox.streams[0]?.ended, { by: "loss", code: 1006, reason: "" });
  const hasty = await open();
  await hasty.write(new TextEncoder().encode(handshake));
  hasty.close();
  assertEquals((await send(on.sandbox, "GET /health")).status, 200);
});

test("close() ends streams in every phase", async () => {
  const clock = manualClock(0);
  const sandbox = startSandbox({ clock });
  const pausing = listen(sandbox, JOBS);
  await nextTypes(pausing, 3);
  sandbox.faults.set("ws/jobs_status", { latency: 60_000, times: 1 });
  const slow = listen(sandbox, JOBS);
  await slow.opened;
  const flooding = listen(sandbox, `${JOBS}&interval=0`);
  await nextTypes(flooding, 3);
  sandbox.faults.set("ws/jobs_status", { kind: "silence" });
  const silent = listen(sandbox, JOBS);
  await silent.opened;
  while (sandbox.streams.length < 4) await send(sandbox, "GET /health");
  await sandbox.close();
  for (const stream of [pausing, slow, flooding, silent]) {
    assertEquals((await stream.closed).wasClean, false);
  }
  assertEquals(sandbox.streams.map(({ end }) => end?.by), ["loss", "loss", "loss", "loss"]);
  assertEquals(clock.waiting, 0);
});
