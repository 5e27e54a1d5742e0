import { assertEquals } from "@std/assert";
import { readAnswer } from "../../../../src/results/download/transfer/range_answer.ts";
import { test } from "../../../support/test.ts";

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
