// What a synchronous job brings home: JSON, bytes, or a stream that can be cut off.
import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import {
  AuthenticatedClient,
  ConnectionError,
  ResponseInvalidError,
  type SyncJobResult,
  TimeoutError,
} from "../../../mod.ts";
import { manualClock } from "../../support/clock.ts";
import { JOB_REQUEST } from "../../support/requests.ts";
import { serve, serveRaw } from "../../support/server.ts";
import { test } from "../../support/test.ts";
import { stalledBody } from "../support/bodies.ts";
import { listenerCount } from "../support/listeners.ts";

const GEOTIFF = new Uint8Array([0x49, 0x49, 0x2a, 0x00, 0xff, 0xfe, 0x00, 0x80]);
const TIFF = { headers: { "Content-Type": "image/tiff; application=geotiff" } };

function clientOf(baseUrl: string) {
  return new AuthenticatedClient({ baseUrl, token: "t0ken" });
}

function streamOf(result: SyncJobResult): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (result.kind !== "stream") throw new Error(`Not a stream: ${result.kind}`);
  return result.data;
}

test("createSync() hands JSON back as JSON", async () => {
  const series = { "2026-01-01T00:00:00Z": [[0.5]] };
  for (const type of ["application/json", "application/geo+json; charset=utf-8"]) {
    await using server = serve(() =>
      new Response(JSON.stringify(series), { headers: { "Content-Type": type } })
    );
    for (const stream of [false, true]) {
      const result = await clientOf(server.url).unitJobs.createSync(JOB_REQUEST, { stream });
      assertEquals(result, { kind: "json", mediaType: type, data: series });
    }
  }
});

test("createSync() hands a GeoTIFF back byte for byte, with its media type", async () => {
  await using server = serve(() => new Response(GEOTIFF, { status: 201, ...TIFF }));
  const call = clientOf(server.url).unitJobs.createSync(JOB_REQUEST);
  assertEquals(await call, {
    kind: "bytes",
    mediaType: "image/tiff; application=geotiff",
    data: GEOTIFF,
  });
  assertEquals((await call.detailed()).content, GEOTIFF);
  assertEquals(server.seen[0]?.headers.get("accept"), "*/*");
});

test("createSync() looks into a body that comes without a media type", async () => {
  const cases: [BodyInit, string][] = [
    [GEOTIFF, "bytes"],
    [new TextEncoder().encode(' \n{"a":1}'), "json"],
    [new TextEncoder().encode("[1]"), "json"],
    [new TextEncoder().encode("{not json"), "bytes"],
  ];
  for (const [body, kind] of cases) {
    await using server = serve(() => new Response(body));
    const result = await clientOf(server.url).unitJobs.createSync(JOB_REQUEST);
    assertEquals([result.kind, result.mediaType], [kind, null]);
  }
});

test("createSync() takes cut-off JSON and an empty body for what they are", async () => {
  for (const body of ['{"a":', ""]) {
    await using server = serve(() =>
      new Response(body, { headers: { "Content-Type": "application/json" } })
    );
    const error = await assertRejects(
      () => clientOf(server.url).unitJobs.createSync(JOB_REQUEST),
      ResponseInvalidError,
    );
    assertEquals([error.status, error.outcome, server.seen.length], [200, "unknown", 1]);
  }
});

test("createSync({ stream: true }) hands the body over as it arrives", async () => {
  const parts = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async start(controller) {
      controller.enqueue(GEOTIFF);
      await parts.promise;
      controller.enqueue(GEOTIFF);
      controller.close();
    },
  });
  await using server = serve(() => new Response(body, TIFF));
  const { signal } = new AbortController();
  const listeners = listenerCount(signal);
  const result = await clientOf(server.url).unitJobs.createSync(JOB_REQUEST, {
    stream: true,
    signal,
    timeout: 60_000,
  });
  assertEquals(result.mediaType, TIFF.headers["Content-Type"]);
  const reader = streamOf(result).getReader();
  assertEquals((await reader.read()).value, GEOTIFF);
  parts.resolve();
  assertEquals((await reader.read()).value, GEOTIFF);
  assertEquals((await reader.read()).done, true);
  assertEquals(listeners(), 0);
});

test("createSync({ stream: true }) reads an error to its end all the same", async () => {
  await using server = serve(() => new Response("no", { status: 500, ...TIFF }));
  const { ok, content } = await clientOf(server.url).unitJobs
    .createSync(JOB_REQUEST, { stream: true }).detailed();
  assertEquals([ok, new TextDecoder().decode(content)], [false, "no"]);
});

test("createSync({ stream: true }) ends the stream with the signal's reason, read or not", async () => {
  for (const reading of [true, false]) {
    const stalled = stalledBody("II*");
    await using server = serve(() => stalled.response);
    const abort = new AbortController();
    const listeners = listenerCount(abort.signal);
    const result = await clientOf(server.url).unitJobs.createSync(JOB_REQUEST, {
      stream: true,
      signal: abort.signal,
      timeout: 60_000,
    });
    const reader = streamOf(result).getReader();
    if (reading) await reader.read();
    const next = reading ? reader.read() : reader.closed;
    const rejected = next.then(() => undefined, (error: unknown) => error);
    reader.closed.catch(() => {});
    const reason = { why: "the cell was stopped" };
    abort.abort(reason);
    assertStrictEquals(await rejected, reason);
    assertEquals(listeners(), 0);
    await stalled.closed;
  }
});

test("createSync({ stream: true }) ends the stream when time is up, and says what to look at", async () => {
  for (const injected of [false, true]) {
    const stalled = stalledBody("II*");
    await using server = serve(() => stalled.response);
    const clock = manualClock();
    const client = clientOf(server.url).with({
      clock,
      ...(injected ? { fetch: () => Promise.resolve(stalled.response) } : {}),
    });
    const { signal } = new AbortController();
    const listeners = listenerCount(signal);
    const result = await client.unitJobs.createSync(JOB_REQUEST, {
      stream: true,
      timeout: 5000,
      signal,
    });
    const reader = streamOf(result).getReader();
    await reader.read();
    clock.advance(5000);
    reader.closed.catch(() => {});
    const error = await assertRejects(() => reader.read(), TimeoutError);
    assertEquals(error.outcome, "unknown");
    assert(error.message.includes("within 5 s"), error.message);
    assert(error.message.includes("the platform's own list of your jobs"), error.message);
    assertEquals([clock.waiting, listeners()], [0, 0]);
    await stalled.closed;
  }
});

test("createSync({ stream: true }) ends the stream with an error when the connection is lost", async () => {
  await using server = serveRaw([
    "HTTP/1.1 200 OK\r\nContent-Type: image/tiff\r\nContent-Length: 99\r\n\r\nII*",
  ]);
  const { signal } = new AbortController();
  const listeners = listenerCount(signal);
  const result = await clientOf(server.url).unitJobs.createSync(JOB_REQUEST, {
    stream: true,
    signal,
  });
  const error = await assertRejects(
    () => new Response(streamOf(result)).arrayBuffer(),
    ConnectionError,
  );
  assertEquals([error.outcome, listeners()], ["unknown", 0]);
});

test("createSync({ stream: true }) closes the connection when the stream is canceled", async () => {
  const stalled = stalledBody("II*");
  await using server = serve(() => stalled.response);
  const clock = manualClock();
  const { signal } = new AbortController();
  const listeners = listenerCount(signal);
  const result = await clientOf(server.url).with({ clock }).unitJobs.createSync(JOB_REQUEST, {
    stream: true,
    timeout: 5000,
    signal,
  });
  await streamOf(result).cancel();
  assertEquals([clock.waiting, listeners()], [0, 0]);
  await stalled.closed;
});

test("createSync() has no time limit but its own", async () => {
  await using server = serve(() => Response.json({}));
  const clock = manualClock();
  const client = clientOf(server.url).with({ clock, timeout: 1000 });
  await client.unitJobs.createSync(JOB_REQUEST);
  assertEquals(clock.waits, []);
  await client.unitJobs.createSync(JOB_REQUEST, { timeout: 7000 });
  assertEquals(clock.waits, [7000]);
});
