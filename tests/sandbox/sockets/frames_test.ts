import { assertEquals } from "@std/assert";
import { messageCounter } from "../../../src/sandbox/sockets/frames.ts";
import { test } from "../../support/test.ts";

const HEAD = "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n";
const TEXT = 0x81;
const PONG = 0x8a;

function frame(first: number, length: number): number[] {
  const size = length < 126
    ? [length]
    : length < 65_536
    ? [126, length >> 8, length & 0xff]
    : [127, 0, 0, 0, 0, 0, length >> 16, (length >> 8) & 0xff, length & 0xff];
  return [first, ...size, ...new Array<number>(length).fill(0x81)];
}

function bytes(...parts: (string | number[])[]): Uint8Array {
  return new Uint8Array(
    parts.flatMap((part) => typeof part === "string" ? [...new TextEncoder().encode(part)] : part),
  );
}

/** Where the count is full, with the bytes in pieces of that size; nothing if it never is. */
function endOf(stream: Uint8Array, count: number, piece: number): number | undefined {
  const find = messageCounter(count);
  for (let start = 0; start < stream.length; start += piece) {
    const end = find(stream.subarray(start, start + piece));
    if (end !== undefined) return start + end;
  }
  return undefined;
}

test("messageCounter() finds the end of a message of any length, in pieces of any size", () => {
  for (const length of [0, 1, 125, 126, 65_535, 65_536, 70_000]) {
    const first = bytes(HEAD, frame(TEXT, length));
    const both = bytes(HEAD, frame(TEXT, length), frame(TEXT, 3));
    for (const piece of [1, 7, 16_384, both.length]) {
      assertEquals(endOf(both, 0, piece), HEAD.length);
      assertEquals(endOf(both, 1, piece), first.length, `${length} in pieces of ${piece}`);
      assertEquals(endOf(both, 2, piece), both.length);
      assertEquals(endOf(both, 3, piece), undefined);
    }
  }
});

test("messageCounter() counts no control frame, and a message in parts once", () => {
  const parts = [frame(PONG, 4), frame(0x01, 5), frame(PONG, 0), frame(0x80, 6)];
  const stream = bytes(HEAD, ...parts, frame(PONG, 2));
  assertEquals(endOf(stream, 1, stream.length), bytes(HEAD, ...parts).length);
  assertEquals(endOf(stream, 2, stream.length), undefined);
});

test("messageCounter() is not misled by line ends in the head", () => {
  const head = "HTTP/1.1 101 X\r\na: b\r\r\n\n\r\n\r\n";
  assertEquals(endOf(bytes(head, frame(TEXT, 2)), 0, 1), head.length);
});
