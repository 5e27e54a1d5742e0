import { assertEquals, assertRejects } from "@std/assert";
import { byteReader, type MessagesEnd, readMessages } from "../../../src/live/stream/frames.ts";
import { LONGEST_MESSAGE } from "../../../src/live/stream/socket_events.ts";
import { frameOf } from "../../support/raw_socket.ts";
import { test } from "../../support/test.ts";

/** Numbers of chance that are the same in each run. */
function chance(seed: number): (below: number) => number {
  return (below) => {
    seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor(seed / 2 ** 32 * below);
  };
}

/** Reads bytes that come in pieces of the sizes that are given, then the connection ends. */
function reading(bytes: Uint8Array, sizeOf: () => number = () => bytes.length) {
  let at = 0;
  return byteReader((into) => {
    if (at === bytes.length) return Promise.resolve(null);
    const piece = bytes.subarray(at, at + Math.min(into.length, Math.max(1, sizeOf())));
    into.set(piece);
    at += piece.length;
    return Promise.resolve(piece.length);
  });
}

function joined(frames: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(frames.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const frame of frames) {
    all.set(frame, at);
    at += frame.length;
  }
  return all;
}

const CLOSE = frameOf(new Uint8Array([3, 232]), { opcode: 8 });

/** What comes of frames: messages, pings, and how they ended. */
async function read(...frames: readonly Uint8Array[]) {
  const messages: string[] = [], pings: string[] = [];
  const end = await readMessages(reading(joined(frames)), {
    message: (text) => void messages.push(text),
    ping: (payload) => void pings.push(new TextDecoder().decode(payload)),
  });
  return { messages, pings, end };
}

test("readMessages() gives messages of every size whole, wherever they are cut", async () => {
  const next = chance(7);
  const borders = [0, 1, 125, 126, 127, 65_535, 65_536, 65_537, 70_000];
  for (let round = 0; round < 60; round++) {
    const texts: string[] = [], frames: Uint8Array[] = [];
    for (let index = 0; index < 5; index++) {
      const size = next(2) === 0 ? borders[next(borders.length)] ?? 0 : next(70_001);
      const letters = ["a", "ä", "语", "🛰"];
      let text = "";
      while (text.length < size) text += (letters[next(4)] ?? "").repeat(1 + next(size));
      text = text.slice(0, size).replace(/[\ud800-\udbff]$/, "");
      const bytes = new TextEncoder().encode(text);
      texts.push(text);
      // In up to four parts, with pings between them.
      const cuts = Array.from({ length: next(4) }, () => next(bytes.length + 1)).sort((a, b) =>
        a - b
      );
      const ends = [...cuts, bytes.length];
      ends.forEach((end, part) => {
        const payload = bytes.subarray(part === 0 ? 0 : ends[part - 1], end);
        const final = part === ends.length - 1;
        frames.push(frameOf(payload, { opcode: part === 0 ? 1 : 0, final }));
        if (next(3) === 0) frames.push(frameOf("?", { opcode: 9 }));
      });
    }
    const messages: string[] = [];
    const longest = [1, 7, 1_000, 200_000][round % 4] ?? 1;
    const reader = reading(joined([...frames, CLOSE]), () => 1 + next(longest));
    const end = await readMessages(reader, {
      message: (text) => void messages.push(text),
      ping() {},
    });
    assertEquals(messages.map(({ length }) => length), texts.map(({ length }) => length));
    assertEquals(messages.every((text, index) => text === texts[index]), true, `round ${round}`);
    assertEquals(end, { code: 1000, reason: "" });
  }
});

test("readMessages() tells a ping between the parts of a message, and no pong", async () => {
  const { messages, pings } = await read(
    frameOf("one ", { final: false }),
    frameOf("life", { opcode: 9 }),
    frameOf("", { opcode: 10 }),
    frameOf("two", { opcode: 0 }),
    frameOf(new Uint8Array([255, 254]), { opcode: 2 }),
    CLOSE,
  );
  assertEquals([messages, pings], [["one two", ""], ["life"]]);
});

test("readMessages() takes nothing that breaks the rules, and says which", async () => {
  const ends: (readonly [number, string | undefined])[] = [];
  for (
    const frames of [
      [frameOf("a", { masked: true })],
      [frameOf("a", { reserved: 0x40 })],
      [frameOf("a", { opcode: 3 })],
      [frameOf("a", { opcode: 11 })],
      [frameOf("a", { opcode: 9, final: false })],
      [frameOf("a".repeat(126), { opcode: 9 })],
      [frameOf("a", { opcode: 0 })],
      [frameOf("a", { final: false }), frameOf("b")],
      [frameOf(new Uint8Array([0xc3, 0x28]))],
      [frameOf(new Uint8Array([3]), { opcode: 8 })],
      [frameOf(new Uint8Array([3, 237]), { opcode: 8 })],
      [frameOf(new Uint8Array([3, 232, 255]), { opcode: 8 })],
    ]
  ) {
    const { end, messages } = await read(...frames);
    assertEquals(messages, []);
    ends.push([end.code, end.problem?.replace("the service breaks the rules of WebSockets: ", "")]);
  }
  assertEquals(ends, [
    [1002, "a frame is masked"],
    [1002, "a frame is of an extension that was not asked for"],
    [1002, "a frame is of the unknown kind 3"],
    [1002, "a frame is of the unknown kind 11"],
    [1002, "a control frame is cut in parts"],
    [1002, "a control frame is too long"],
    [1002, "a part comes without a beginning"],
    [1002, "a message begins within another"],
    [1007, "a text that is none"],
    [1002, "a close has a code that none may have"],
    [1002, "a close has a code that none may have"],
    [1007, "the words of a close are no text"],
  ]);
});

test("readMessages() gives a close's code and words, or says that it has none", async () => {
  const words = new Uint8Array([3, 243, ...new TextEncoder().encode("TASK_NOT_FOUND")]);
  const ends: MessagesEnd[] = [];
  for (const payload of [words, new Uint8Array()]) {
    ends.push((await read(frameOf(payload, { opcode: 8 }))).end);
  }
  assertEquals(ends, [{ code: 1011, reason: "TASK_NOT_FOUND" }, { code: 1005, reason: "" }]);
});

test("readMessages() refuses what is too long by its header, and by the sum of its parts", async () => {
  // Nothing of it comes: whoever waited for it would find the end of the connection.
  const byHeader = await read(frameOf("", { length: LONGEST_MESSAGE + 1 }));
  const huge = await read(frameOf("", { length: 2 ** 40 }));
  const bySum = await read(
    frameOf("abc", { final: false }),
    frameOf("", { opcode: 0, length: LONGEST_MESSAGE - 2 }),
  );
  for (const { end } of [byHeader, huge, bySum]) assertEquals(end.code, 1009);
  assertEquals(
    huge.end.problem,
    "the service sent a message of 1.1 TB through the WebSocket, which takes 8.0 MB at the most",
  );
});

test("readMessages() takes a message that is as long as it may be", async () => {
  const { messages } = await read(frameOf("a".repeat(LONGEST_MESSAGE)), CLOSE);
  assertEquals(messages.map(({ length }) => length), [LONGEST_MESSAGE]);
});

test("readMessages() rejects where a connection ends within a frame", async () => {
  for (const frame of [frameOf("abc", { length: 9 }), new Uint8Array([129])]) {
    await assertRejects(() => read(frame), Error, "the connection has ended");
  }
});

test("byteReader() reads a head to its empty line, and none that is too long", async () => {
  const bytes = new TextEncoder().encode("a: b\r\nc: d\r\n\r\nrest");
  const reader = reading(bytes, () => 3);
  assertEquals(await reader.head(10), "a: b\r\nc: d");
  assertEquals(new TextDecoder().decode(await reader.take(4)), "rest");
  assertEquals(await reading(bytes, () => 3).head(9), undefined);
});
