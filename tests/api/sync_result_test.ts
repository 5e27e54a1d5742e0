// How the result of a synchronous job is told apart; the wire under it is held by tests/http/stream_test.ts.
import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  AuthenticatedClient,
  HttpError,
  ResponseInvalidError,
  type SyncJobResult,
} from "../../mod.ts";
import { startSandbox } from "../../src/sandbox/mod.ts";
import { serve } from "../support/server.ts";
import { test } from "../support/test.ts";
import { AREA, JOB } from "../upscale/areas.ts";

/** The result of a job whose platform sends that body with that media type. */
async function resultOf(
  body: BodyInit,
  mediaType: string | undefined,
  stream?: boolean,
): Promise<SyncJobResult> {
  await using server = serve(() =>
    new Response(body, mediaType === undefined ? {} : { headers: { "Content-Type": mediaType } })
  );
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const result = await client.unitJobs.createSync(JOB, { stream });
  if (result.kind === "stream") await result.data.cancel();
  return result;
}

test("createSync() takes every JSON media type for JSON, and no other", async () => {
  const types: readonly (readonly [mediaType: string, kind: string])[] = [
    ["application/json", "json"],
    ["APPLICATION/JSON", "json"],
    ["application/json;charset=utf-8", "json"],
    ["application/geo+json", "json"],
    ["application/vnd.api+json ; version=1", "json"],
    ["text/json", "json"],
    ["application/jsonlines", "bytes"],
    ["application/x-ndjson-seq", "bytes"],
    ["text/plain; note=/json", "bytes"],
    ["application/octet-stream", "bytes"],
  ];
  for (const [mediaType, kind] of types) {
    const result = await resultOf("[1]", mediaType);
    assertEquals([result.kind, result.mediaType], [kind, mediaType]);
    const streamed = await resultOf("[1]", mediaType, true);
    assertEquals(streamed.kind, kind === "json" ? "json" : "stream", mediaType);
  }
});

test("createSync() takes any JSON value, and a byte order mark before it", async () => {
  for (const value of [null, 0, "text", true, [], {}]) {
    const result = await resultOf(JSON.stringify(value), "application/json");
    assertEquals(result, { kind: "json", mediaType: "application/json", data: value });
  }
  const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('{"a":1}')]);
  assertEquals((await resultOf(marked, "application/json")).data, { a: 1 });
});

test("createSync() takes __proto__ in a result for data", async () => {
  const { data } = await resultOf('{"__proto__":{"polluted":1},"a":1}', "application/json");
  assertEquals(Object.keys(Object(data)), ["__proto__", "a"]);
  assertEquals(Object(data).polluted, undefined);
  assertEquals(Object(Object(data).a).polluted, undefined);
});

test("createSync() refuses JSON that is no UTF-8", async () => {
  const latin = new Uint8Array([0x22, 0xe9, 0x22]);
  await assertRejects(() => resultOf(latin, "application/json"), ResponseInvalidError);
});

test("createSync() leaves a page of HTML to whoever asked for the result", async () => {
  const result = await resultOf("<html></html>", "text/html");
  assertEquals(result.kind, "bytes");
  assertEquals(
    new TextDecoder().decode(result.kind === "bytes" ? result.data : undefined),
    "<html></html>",
  );
});

test("createSync({ stream: true }) streams a body without a media type, whatever is in it", async () => {
  const body = new TextEncoder().encode('{"a":1}');
  const result = await resultOf(body, undefined, true);
  assertEquals([result.kind, result.mediaType], ["stream", null]);
});

test("createSync() brings a series and a picture home from the sandbox, whole or as a stream", async () => {
  await using sandbox = startSandbox();
  const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
  const parameters = { spatial_extent: AREA };
  const series = await client.unitJobs.createSync({ ...JOB, parameters });
  assertEquals([series.kind, series.mediaType], ["json", "application/json"]);
  const [[day, values] = []] = Object.entries(Object(series.data));
  assertEquals([day, Array.isArray(values)], ["2025-05-01T00:00:00Z", true]);

  const request = { ...JOB, parameters: { ...parameters, output_format: "GTiff" } };
  const whole = await client.unitJobs.createSync(request);
  if (whole.kind !== "bytes") throw new Error(`Not bytes: ${whole.kind}`);
  assertEquals(whole.mediaType, "image/tiff; application=geotiff; profile=cloud-optimized");
  assertEquals([...whole.data.subarray(0, 2)], [0x49, 0x49]);
  const streamed = await client.unitJobs.createSync(request, { stream: true });
  if (streamed.kind !== "stream") throw new Error(`Not a stream: ${streamed.kind}`);
  assertEquals(await new Response(streamed.data).bytes(), whole.data);
  assert(whole.data.length > 100);
});

test("createSync() runs once, and says whether anything can have been made when the service fails", async () => {
  await using sandbox = startSandbox();
  const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
  const error = await assertRejects(
    () => client.unitJobs.createSync({ ...JOB, label: "ogc_api_process" }),
    HttpError,
  );
  // The service's words prove that no platform was asked.
  assertEquals([error.status, error.outcome], [500, "refused"]);
  assertEquals(error.message.includes("may exist"), false);
  sandbox.faults.set("unitJobs.createSync", { status: 502 });
  const lost = await assertRejects(() => client.unitJobs.createSync(JOB), HttpError);
  assertEquals([lost.status, lost.outcome], [502, "unknown"]);
  assert(lost.message.includes("the platform's own list of your jobs"), lost.message);
  assertEquals(sandbox.requests.length, 2);
});
