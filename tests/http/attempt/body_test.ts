import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { piecesOf, readBody, watchedBody } from "../../../src/http/attempt/body.ts";
import { noise, serveFile } from "../../results/support/file_server.ts";
import { serve } from "../../support/server.ts";
import { test } from "../../support/test.ts";
import { stalledBody } from "../support/bodies.ts";

const size = 65_536;

async function collect(reader: ReturnType<typeof piecesOf>): Promise<Uint8Array<ArrayBuffer>[]> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let next = await reader.read(); next !== undefined; next = await reader.read()) {
    pieces.push(next.slice());
  }
  return pieces;
}

test("piecesOf() reads what came over a socket into one buffer", async () => {
  const content = noise(1_000_003);
  await using server = serveFile(content);
  const { body } = await fetch(server.url);
  const reader = piecesOf(body ?? new ReadableStream(), { size });
  const first = await reader.read() ?? new Uint8Array();
  const begin = first.slice();
  assert(begin.length > 0 && begin.length <= size);
  const next = await reader.read() ?? new Uint8Array();
  // The buffer of the first went to the next.
  assertEquals(first.length, 0);
  const whole = await new Blob([begin, next.slice(), ...await collect(reader)]).arrayBuffer();
  assertEquals(new Uint8Array(whole), content);
});

test("piecesOf() reads a body that is not one of bytes piece by piece", async () => {
  const body = ReadableStream.from([new Uint8Array([1, 2]), new Uint8Array([3])]);
  const [first, second, ...rest] = await collect(piecesOf(body, { size }));
  assertEquals([[...first ?? []], [...second ?? []], rest.length], [[1, 2], [3], 0]);
});

test("piecesOf() lets go of a body that nobody reads on", async () => {
  let why: unknown = "nothing";
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    cancel: (reason) => {
      why = reason;
    },
  });
  await piecesOf(body, { size }).cancel("enough");
  assertEquals(why, "enough");
});

test("piecesOf() keeps no memory of its own where it may not: each piece lasts", async () => {
  const content = noise(300_000);
  await using server = serveFile(content);
  const { body } = await fetch(server.url);
  const reader = piecesOf(body ?? new ReadableStream(), { size, reuse: false });
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let next = await reader.read(); next !== undefined; next = await reader.read()) {
    pieces.push(next);
  }
  assert(pieces.length > 1);
  assertEquals(new Uint8Array(await new Blob(pieces).arrayBuffer()), content);
});

const MANY = 100_000;

type Part = Uint8Array<ArrayBuffer>;

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

test("readBody() reads no more than it may of what does not say how long it is", async () => {
  const json = `"${"a".repeat(MANY)}"`;
  const packed = await gzip(json);
  await using server = serve(({ path }) => {
    if (path === "/packed") {
      return new Response(packed, { headers: { "Content-Encoding": "gzip" } });
    }
    return new Response(path === "/chunks" ? new Blob([json]).stream() : json);
  });
  for (const native of [true, false]) {
    for (const [path, cut] of [["/packed", true], ["/chunks", true], ["/whole", false]] as const) {
      const options = { json: true, native, signal: undefined, limit: 2 * MANY };
      const read = await readBody(await fetch(server.url + path), {
        ...options,
        unannounced: MANY / 2,
      });
      assertEquals([read.cut, read.content.length], [cut, cut ? MANY / 2 : MANY + 2], path);
      const whole = await readBody(await fetch(server.url + path), options);
      assertEquals([whole.cut, new TextDecoder().decode(whole.content)], [false, json], path);
    }
  }
});

test("readBody() takes the word of a length only as far as the body keeps it", async () => {
  const bodyOf = (length: number) =>
    new Response("[" + "a".repeat(MANY - 1), { headers: { "Content-Length": String(length) } });
  const options = { limit: 2 * MANY, unannounced: 1000, native: false, signal: undefined };
  assertEquals((await readBody(bodyOf(MANY), options)).cut, false);
  assertEquals((await readBody(bodyOf(MANY - 1), options)).cut, true);
});

test("readBody() puts parts of every size together in their order", async () => {
  const bytes = Uint8Array.from({ length: 3 * 65_536 + 7 }, (_, index) => index * index % 251);
  for (const size of [1000, 65_535, 65_536, 65_537, 150_000]) {
    for (const native of [true, false]) {
      let at = 0;
      const source = {
        pull(controller: ReadableByteStreamController | ReadableStreamDefaultController<Part>) {
          if (at < bytes.length) return controller.enqueue(bytes.slice(at, at += size));
          controller.close();
          if ("byobRequest" in controller) controller.byobRequest?.respond(0);
        },
      };
      const body: ReadableStream<Part> = native
        ? new ReadableStream({ ...source, type: "bytes" })
        : new ReadableStream(source);
      const options = { limit: bytes.length, native, signal: undefined };
      const { content, cut } = await readBody(new Response(body), options);
      assertEquals([cut, content], [false, bytes], `${size} ${native}`);
    }
  }
});

test("readBody() reads a stream of bytes that somebody made, and that cannot fill memory", async () => {
  const body = new ReadableStream({
    type: "bytes",
    start(controller) {
      controller.enqueue(new Uint8Array([1, 2, 3]));
      controller.close();
    },
    pull: (controller) => controller.close(),
  });
  const options = { limit: 10, native: false, signal: undefined };
  assertEquals((await readBody(new Response(body), options)).content, new Uint8Array([1, 2, 3]));
});
