// How the result of a synchronous job is told apart; the wire under it is held by tests/http/stream_test.ts.

import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  AuthenticatedClient,
  HttpError,
  ResponseInvalidError,
  type SyncJobResult,
} from "../../mod.ts";
import { parseJson } from "../../src/api/answer.ts";
import { startSandbox } from "../../src/sandbox/mod.ts";
import { CALLS } from "../http/calls.ts";
import { JOB_REQUEST, jobSummary, wholeJob } from "../support/requests.ts";
import { serve } from "../support/server.ts";
import { test } from "../support/test.ts";
import { AREA, JOB } from "../upscale/areas.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("parseJson() reads JSON, with a byte order mark or a replacement character too", () => {
  assertEquals(parseJson(bytes('{"title":"é😀"}')), { value: { title: "é😀" } });
  assertEquals(parseJson(bytes("\ufeff[1]")), { value: [1] });
  assertEquals(parseJson(bytes('"\ufffd"')), { value: "\ufffd" });
  assertEquals(parseJson(bytes("null")), { value: null });
});

test("parseJson() finds nothing in what is cut off, empty, another text or no UTF-8", () => {
  for (
    const content of [
      bytes('{"a":'),
      bytes(""),
      bytes("<html>"),
      new Uint8Array([0x22, 0xff, 0x22]),
    ]
  ) {
    assertEquals(parseJson(content), undefined);
  }
});

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

/** What `unitJobs.get()`, or `create()`, makes of an answer that says success. */
async function errorOf(
  answer: () => Response,
  what: "get" | "create" = "get",
): Promise<ResponseInvalidError> {
  await using server = serve(answer);
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const error = await assertRejects(
    () => what === "get" ? client.unitJobs.get(42) : client.unitJobs.create(JOB_REQUEST),
    ResponseInvalidError,
  );
  assertEquals(server.seen.length, 1);
  return error;
}

const JSON_TYPE = { headers: { "Content-Type": "application/json" } };

test("invalidResponse() tells of a page with 200", async () => {
  const page = "<html><title>Sign in</title></html>";
  const error = await errorOf(() =>
    new Response(page, { headers: { "Content-Type": "text/html; charset=utf-8" } })
  );
  assertEquals(
    [error.status, error.mediaType, error.excerpt, error.issues, error.outcome],
    [200, "text/html; charset=utf-8", page, [], undefined],
  );
  assertEquals(error.message.split("\n  "), [
    "Cannot get unit job 42: the service answered 200 with a body that cannot be read as JSON " +
    "(text/html; charset=utf-8, 35 bytes)",
    `It begins: ${page}`,
    "What to do: a proxy or a sign-in page answered instead of the service: check the base URL",
    `Request id: ${error.requestId}`,
  ]);
  assertEquals(
    error.hint,
    "a proxy or a sign-in page answered instead of the service: check the base URL",
  );
});

test("invalidResponse() tells of an empty body and of a 204", async () => {
  for (
    const answer of [() => new Response(null, JSON_TYPE), () => new Response(null, { status: 204 })]
  ) {
    const error = await errorOf(answer);
    assert(error.message.includes("with an empty body\n  What to do: "), error.message);
    assertEquals([error.excerpt, error.content.length], ["", 0]);
  }
});

test("invalidResponse() tells of cut-off JSON and of invalid UTF-8", async () => {
  const job = JSON.stringify(wholeJob());
  const bytes = new TextEncoder().encode(job);
  bytes[bytes.length - 10] = 0xff;
  for (const body of [job.slice(0, -5), bytes]) {
    const error = await errorOf(() => new Response(body, JSON_TYPE));
    assert(error.message.includes("cannot be read as JSON (application/json, "), error.message);
    assert(error.message.includes(`\n  It begins: ${job.slice(0, 50)}`), error.message);
    assertEquals(error.issues, []);
    assertEquals(
      error.content,
      typeof body === "string" ? new TextEncoder().encode(body) : body,
    );
  }
});

test("invalidResponse() names wrong types with their paths", async () => {
  const error = await errorOf(() =>
    Response.json({ ...wholeJob(), id: "42", service: { endpoint: 5, application: "x" } })
  );
  assertEquals(error.issues, [
    { path: "id", message: 'expected an integer, got the string "42"' },
    { path: "service.endpoint", message: "expected a string, got the number 5" },
  ]);
  assert(error.message.startsWith(
    "Cannot get unit job 42: the service answered 200 with a body that breaks the contract:\n" +
      '  id: expected an integer, got the string "42"\n' +
      "  service.endpoint: expected a string, got the number 5\n" +
      "  What to do: ",
  ));
  assertEquals(error.requestId?.length, 36);
});

test("invalidResponse() tells of JSON of another kind", async () => {
  for (const body of ["null", "[]", '"text"', "5"]) {
    const error = await errorOf(() => new Response(body, JSON_TYPE));
    assertEquals([error.issues.length, error.issues[0]?.path], [1, ""]);
  }
});

test("invalidResponse() says of a call that creates that the job very likely exists", async () => {
  const answers = [
    () => new Response("<html>", { status: 201, headers: { "Content-Type": "text/html" } }),
    () => new Response(null, { status: 201 }),
    () => Response.json({ ...jobSummary(), id: null }, { status: 201 }),
  ];
  for (const answer of answers) {
    const error = await errorOf(answer, "create");
    assertEquals(error.outcome, "unknown");
    assert(error.hint?.endsWith("the job very likely exists"), error.hint);
    assert(error.hint?.includes("look for its title in client.jobsStatus.get()"), error.hint);
  }
});

test("invalidResponse() makes no big message of a big answer", async () => {
  const big = "x".repeat(1_000_000);
  const endpoint = "x".repeat(10_000);
  const service = { endpoint: { [endpoint]: 1 }, application: [endpoint] };
  for (const body of [big, JSON.stringify({ id: big, title: 5, service })]) {
    const error = await errorOf(() =>
      new Response(body, { headers: { "Content-Type": `text/${"y".repeat(3000)}` } })
    );
    assert(error.message.length < 2000, String(error.message.length));
    assertEquals([error.excerpt.length, error.content.length], [400, body.length]);
    assert((error.mediaType?.length ?? 0) <= 100);
  }
});

test("invalidResponse() keeps the whole answer, and a console does not print it", async () => {
  const error = await errorOf(() => new Response("{no", JSON_TYPE));
  assertEquals(new TextDecoder().decode(error.content), "{no");
  assertEquals(Object.keys(error).includes("content"), false);
});

test("invalidResponse() serves every call", async () => {
  await using server = serve(() => new Response("{", JSON_TYPE));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  for (const { name, effect, make } of CALLS) {
    const error = await assertRejects(() => make(client), ResponseInvalidError);
    assertEquals(error.outcome, effect === "create" ? "unknown" : undefined, name);
    const detailed = await assertRejects(() => make(client).detailed(), ResponseInvalidError);
    assertEquals(detailed.status, 200);
  }
});

test("delete() takes a 204 without a body for done", async () => {
  await using server = serve(() => new Response(null, { status: 204 }));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const { ok, status, parsed } = await client.unitJobs.delete(42).detailed();
  assertEquals([ok, status, parsed], [true, 204, null]);
});

test("health() takes a page with 503 for a failure", async () => {
  await using server = serve(() => new Response("<title>Down</title>", { status: 503 }));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const { ok, status } = await client.health().detailed();
  assertEquals([ok, status], [false, 503]);
});
