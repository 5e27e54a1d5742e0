import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { rangeClient } from "../../../src/results/raster/ranges.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { serve } from "../../support/server.ts";
import { test } from "../../support/test.ts";

const options = { fetch, maxBytes: 1_000, signal: undefined };
const part = (length: number) => () =>
  new Response(new Uint8Array(length), {
    status: 206,
    headers: { "content-range": "bytes 0-9/10" },
  });

test("rangeClient() reads pieces and counts them", async () => {
  await using server = serve(part(10));
  const client = rangeClient(`${server.url}/a?signature=s3cret`, options);
  const { status, getHeader, getData } = await client.request({ headers: { Range: "bytes=0-9" } });
  assertEquals([status, getHeader("content-range"), (await getData()).byteLength], [
    206,
    "bytes 0-9/10",
    10,
  ]);
  assertEquals([client.requests, client.bytes, client.failure], [1, 10, undefined]);
  assertEquals(client.url.includes("s3cret"), false);
  assertEquals(server.seen[0]?.headers.get("range"), "bytes=0-9");
});

test("rangeClient() reads no more than its budget, and remembers why", async () => {
  await using server = serve(part(2_000));
  const client = rangeClient(server.url, options);
  const error = await assertRejects(
    () => client.request(),
    ResultsError,
    "more than 1.0 kB in 1 request",
  );
  assertEquals(client.failure, error);
});

test("rangeClient() says what its host does instead, without the address", async () => {
  for (
    const [status, words, reason] of [
      [200, "sends files as a whole only", "unsupported"],
      [410, "may have ended", "expired"],
      [403, "may have ended", "expired"],
      [500, "answers 500", "refused"],
    ] as const
  ) {
    await using server = serve(() => new Response("x", { status }));
    const error = await assertRejects(
      () => rangeClient(`${server.url}/a?sig=s3cret`, options).request(),
      ResultsError,
    );
    assertStringIncludes(error.message, words);
    assertEquals(error.reason, reason);
    assert(!Deno.inspect(error).includes("s3cret"));
  }
});

test("rangeClient() ends with the signal's reason", async () => {
  const reason = new Error("enough");
  const client = rangeClient("https://a.test", { ...options, signal: AbortSignal.abort(reason) });
  assertEquals(await assertRejects(() => client.request()), reason);
});
