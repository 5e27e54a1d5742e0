import { assert, assertEquals } from "@std/assert";
import { bell } from "../../support/bell.ts";
import { test } from "../../support/test.ts";
import { listen, nextTypes } from "../listen.ts";
import { at, send, stage, TUTORIAL } from "../support.ts";

const JOBS = "/ws/jobs_status?token=<token>";
const ROUND = ["loading", "status"];

test("a dropped stream ends without a close frame, after exactly as many messages", async () => {
  await using on = stage();
  for (const after of [0, 1, 2, 3, 5]) {
    on.sandbox.faults.set("ws/jobs_status", { kind: "drop", after, times: 1 });
    const stream = listen(on.sandbox, JOBS);
    assertEquals(await stream.opened, true);
    if (after > 3) {
      await nextTypes(stream, 3);
      on.clock.advance(10_000);
    }
    assertEquals((await stream.rest()).length, after > 3 ? after - 3 : after);
    assertEquals((await stream.closed).wasClean, false);
    const logged = on.sandbox.streams.at(-1);
    assertEquals(await logged?.ended, { by: "loss", code: 1006, reason: "" });
    assertEquals(logged?.sent, after);
  }
  const stream = listen(on.sandbox, JOBS);
  assertEquals(await nextTypes(stream, 3), ["init", ...ROUND]);
});

test("a large message arrives whole before the connection is dropped", async () => {
  await using on = stage();
  const parameters = { text: "x".repeat(200_000) };
  await send(on.sandbox, "POST /unit_jobs", { json: { ...TUTORIAL, parameters } });
  on.sandbox.faults.set("ws/jobs_status", { kind: "drop", after: 3 });
  const stream = listen(on.sandbox, JOBS);
  const [, , status = ""] = await stream.rest();
  assertEquals(at(JSON.parse(status), "data", "processing_jobs", 0, "parameters"), parameters);
});

test("a silent stream stays open and says nothing", async () => {
  await using on = stage();
  on.sandbox.faults.set("ws/jobs_status", { kind: "silence", after: 3 });
  const stream = listen(on.sandbox, JOBS);
  await nextTypes(stream, 3);
  on.clock.advance(60_000);
  await send(on.sandbox, "GET /health");
  assertEquals([on.clock.waiting, on.sandbox.streams[0]?.sent], [0, 3]);
  stream.socket.close();
  assertEquals(await stream.rest(), []);
  assertEquals((await on.sandbox.streams[0]?.ended)?.by, "client");
});

test("a stream can be closed with a code and reason, and hold one bad message", async () => {
  await using on = stage();
  const { faults } = on.sandbox;
  faults.set("ws/jobs_status", { kind: "close", after: 1, code: 1012, reason: "Service Restart" });
  const closed = listen(on.sandbox, JOBS);
  assertEquals((await closed.rest()).length, 1);
  assertEquals(await closed.closed, { code: 1012, reason: "Service Restart", wasClean: true });
  assertEquals((await on.sandbox.streams[0]?.ended)?.by, "service");

  faults.set("ws/jobs_status", { kind: "garbage", after: 2 });
  const garbled = listen(on.sandbox, JOBS);
  await nextTypes(garbled, 2);
  assertEquals(await garbled.next(), '{"type":"status","data":<<<<<<< HEAD');
  on.clock.advance(10_000);
  assertEquals(await nextTypes(garbled, 2), ROUND);
});

test("a slow stream keeps each message back, in real time", async () => {
  await using on = stage();
  on.sandbox.faults.set("ws/jobs_status", { latency: 30 });
  using before = bell(85);
  const stream = listen(on.sandbox, JOBS);
  assertEquals(await nextTypes(stream, 3), ["init", ...ROUND]);
  assert(before.rung);
});
