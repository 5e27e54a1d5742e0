import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { deflateSync, gzipSync } from "node:zlib";
import { plainBody } from "../../../../src/results/download/transfer/packed_body.ts";
import { ResultsError } from "../../../../src/results/results_error.ts";
import { test } from "../../../support/test.ts";
import { noise } from "../../support/file_server.ts";

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
