import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { deflateSync, gzipSync } from "node:zlib";
import { plainBody, readAnswer } from "../../../../src/results/download/transfer/range_answer.ts";
import { ResultsError } from "../../../../src/results/results_error.ts";
import { test } from "../../../support/test.ts";
import { noise } from "../../support/file_server.ts";

const of = (status: number, headers: Record<string, string> = {}, asked = 0) =>
  readAnswer({ status, headers: new Headers(headers) }, asked, Date.parse("2026-11-25T10:00:00Z"));
const plain = { encoded: false, etag: undefined, modified: undefined };

test("readAnswer() reads whole files and parts of them", () => {
  assertEquals(of(200, { "content-length": "10", etag: '"a"' }), {
    kind: "bytes",
    from: 0,
    total: 10,
    ...plain,
    etag: '"a"',
  });
  assertEquals(of(206, { "content-range": "bytes 5-9/10", etag: 'W/"a"' }, 5), {
    kind: "bytes",
    from: 5,
    total: 10,
    ...plain,
  });
  assertEquals(of(206, { "content-range": "bytes 5-9/*" }, 5), {
    kind: "bytes",
    from: 5,
    total: undefined,
    ...plain,
  });
  assertEquals(of(200, { "content-length": "10", "content-encoding": "gzip" }), {
    kind: "bytes",
    from: 0,
    total: undefined,
    ...plain,
    encoded: true,
  });
});

test("readAnswer() tells a part that is not what was asked for", () => {
  for (
    const headers of [
      {},
      { "content-range": "bytes 4-9/10" },
      { "content-range": "nonsense" },
      { "content-range": "bytes 5-9/10", "content-type": "multipart/byteranges; boundary=x" },
      { "content-range": "bytes 5-9/10", "content-encoding": "gzip" },
    ]
  ) assertEquals(of(206, headers, 5), { kind: "unusable" });
});

test("readAnswer() tells the end of a file, of an address, and of patience", () => {
  assertEquals(of(416, { "content-range": "bytes */10" }), { kind: "past-end", total: 10 });
  assertEquals(of(416), { kind: "past-end", total: undefined });
  assertEquals(of(410), { kind: "ended" });
  assertEquals(of(503, { "retry-after": "1.5" }), { kind: "passing", status: 503, pause: 1_500 });
  assertEquals(of(429, { "retry-after": "Wed, 25 Nov 2026 10:00:09 GMT" }), {
    kind: "passing",
    status: 429,
    pause: 9_000,
  });
  assertEquals(of(522), { kind: "passing", status: 522, pause: undefined });
  for (const status of [400, 401, 403, 404, 302, 501]) {
    assertEquals(of(status), { kind: "refused", status });
  }
});

const whole = noise(20_000);
const file = { name: "a.tif" };
const answer = (body: Uint8Array, encoding?: string) =>
  new Response(new Uint8Array(body), {
    headers: encoding === undefined ? {} : { "content-encoding": encoding },
  });
const read = async (response: Response, name = "a.tif") =>
  new Uint8Array(await new Response(plainBody(response, { name })).arrayBuffer());

test("plainBody() undoes packings, the last one first, and leaves what is plain", async () => {
  assertEquals(await read(answer(whole)), whole);
  assertEquals(await read(answer(whole, "identity")), whole);
  assertEquals(await read(answer(gzipSync(whole), "GZIP")), whole);
  assertEquals(await read(answer(deflateSync(whole), "deflate")), whole);
  assertEquals(await read(answer(gzipSync(deflateSync(whole)), "deflate, gzip")), whole);
  assertEquals(plainBody(new Response(null, { status: 204 }), file), null);
});

test("plainBody() leaves a file packed that is one, and fails with what ends early", async () => {
  const packed = new Uint8Array(gzipSync(whole));
  assertEquals(await read(answer(packed, "gzip"), "a.tar.gz"), packed);
  await assertRejects(() => read(answer(packed.slice(0, 9_000), "gzip")), TypeError);
});

test("plainBody() names what nobody can undo", () => {
  assertThrows(() => plainBody(answer(whole, "br"), file), ResultsError, "packed with br");
});
