import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { readBody, watchedBody } from "../../../src/http/attempt/body.ts";
import { serve } from "../../support/server.ts";
import { test } from "../../support/test.ts";
import { stalledBody } from "../bodies.ts";

const MANY = 100_000;

/** A body in parts that never ends; `closed` resolves when it is given up. */
function endlessBody(): { readonly response: Response; readonly closed: Promise<void> } {
  const closed = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => controller.enqueue(new Uint8Array(1000).fill(97)),
    cancel: () => closed.resolve(),
  });
  return { response: new Response(body), closed: closed.promise };
}

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

test("readBody() reads a body whole up to its limit, in one piece or in parts", async () => {
  await using server = serve(() => new Response("a".repeat(10)));
  for (const native of [true, false]) {
    for (const [limit, length] of [[11, 10], [10, 10], [9, 9], [0, 0]] as const) {
      const response = await fetch(server.url);
      const { content, cut } = await readBody(response, { limit, native, signal: undefined });
      assertEquals([content.length, cut], [length, limit < 10], `${native} ${limit}`);
      assertEquals(content.buffer.byteLength, length);
    }
  }
});

test("readBody() gives up a body that never ends", async () => {
  const { response, closed } = endlessBody();
  const read = await readBody(response, { limit: 2500, native: true, signal: undefined });
  assertEquals([read.content.length, read.cut], [2500, true]);
  await closed;
});

test("readBody() counts what comes out of a compressed body", async () => {
  const packed = await gzip("a".repeat(MANY));
  assert(packed.length < 1000);
  await using server = serve(() =>
    new Response(packed, { headers: { "Content-Encoding": "gzip" } })
  );
  const options = { native: true, signal: undefined };
  const whole = await readBody(await fetch(server.url), { ...options, limit: MANY });
  assertEquals([whole.content.length, whole.cut], [MANY, false]);
  const part = await readBody(await fetch(server.url), { ...options, limit: 1000 });
  assertEquals([part.content.length, part.cut], [1000, true]);
});

test("readBody() closes a body whose signal aborts, with the signal's reason", async () => {
  const { response, closed } = stalledBody("{");
  const abort = new AbortController();
  const reading = readBody(response, { limit: 100, native: false, signal: abort.signal });
  const reason = new Error("enough");
  abort.abort(reason);
  assertStrictEquals(await assertRejects(() => reading), reason);
  await closed;
});

test("readBody() reads nothing where there is no body", async () => {
  const { content, cut } = await readBody(new Response(null), {
    limit: 0,
    native: false,
    signal: undefined,
  });
  assertEquals([content.length, cut], [0, false]);
});

test("watchedBody() hands over the parts, and says once when it has ended", async () => {
  let ends = 0;
  const body = new Blob(["abc"]).stream();
  const stream = watchedBody(body, {
    signal: new AbortController().signal,
    onEnd: () => ends++,
    errorOf: (cause) => cause,
  });
  assertEquals(await new Response(stream).text(), "abc");
  assertEquals(ends, 1);
});

test("watchedBody() ends with its signal at once, in the words it is given", async () => {
  const { response, closed } = stalledBody("{");
  if (response.body === null) throw new Error("Nothing to watch");
  const abort = new AbortController();
  let ends = 0;
  const stream = watchedBody(response.body, {
    signal: abort.signal,
    onEnd: () => ends++,
    errorOf: (cause) => new Error(`cut off: ${cause}`),
  });
  const reading = new Response(stream).text();
  abort.abort("enough");
  await assertRejects(() => reading, Error, "cut off: enough");
  await closed;
  assertEquals(ends, 1);
});

test("readBody() gives up early on what cannot be JSON, and reads JSON to its limit", async () => {
  const limit = 3 * 1024 ** 2;
  const bodyOf = (start: string) => new Response(start + "a".repeat(2 * 1024 ** 2));
  const options = { limit, json: true, native: false, signal: undefined };
  for (const start of ["<html>", "\u0000", "hello "]) {
    const { content, cut } = await readBody(bodyOf(start), options);
    assertEquals([content.length, cut], [1024 ** 2, true], start);
  }
  for (const start of ['{"', "[", " \n\t7", "\ufeff{"]) {
    assertEquals((await readBody(bodyOf(start), options)).cut, false, start);
  }
  const spaces = new Response(" ".repeat(2 * 1024 ** 2));
  assertEquals((await readBody(spaces, options)).cut, true);
});

test("readBody() keeps no more of a body that is too long than is shown", async () => {
  const long = new Response("a".repeat(4 * 1024 ** 2));
  const read = await readBody(long, { limit: 3 * 1024 ** 2, native: false, signal: undefined });
  assertEquals([read.content.length, read.cut], [1024 ** 2, true]);
});
