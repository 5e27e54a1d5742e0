import { assert, assertEquals } from "@std/assert";
import { piecesOf } from "../../../src/http/attempt/pieces.ts";
import { noise, serveFile } from "../../results/support/file_server.ts";
import { test } from "../../support/test.ts";

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
