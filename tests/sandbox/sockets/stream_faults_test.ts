import { assertEquals, assertThrows } from "@std/assert";
import {
  applyStreamFault,
  checkStreamFault,
  type FaultyStep,
  spoilsHandshake,
  type StreamFault,
} from "../../../src/sandbox/sockets/stream_faults.ts";
import type { Step } from "../../../src/sandbox/sockets/conversation.ts";
import { test } from "../../support/test.ts";

const STEPS: readonly Step[] = [
  { kind: "send", text: "one" },
  { kind: "send", text: "two" },
  { kind: "pause", milliseconds: 5 },
  { kind: "send", text: "three" },
];

/** What becomes of the steps, each as one word. */
async function under(fault: StreamFault): Promise<string[]> {
  async function* steps(): AsyncGenerator<Step> {
    for (const step of STEPS) yield await Promise.resolve(step);
  }
  const words: string[] = [];
  for await (const step of applyStreamFault(fault, steps())) words.push(word(step));
  return words;
}

function word(step: FaultyStep): string {
  switch (step.kind) {
    case "send":
      return step.text;
    case "close":
      return `${step.code} ${step.reason}`;
    case "delay":
      return `delay ${step.milliseconds}`;
    default:
      return step.kind;
  }
}

test("applyStreamFault() ends a stream right after some messages, not after the pause", async () => {
  assertEquals(await under({ kind: "drop" }), ["silence"]);
  assertEquals(await under({ kind: "drop", after: 2 }), ["one", "two", "silence"]);
  assertEquals(await under({ kind: "silence", after: 1 }), ["one", "silence"]);
  assertEquals(await under({ kind: "close", after: 1 }), ["one", "1011 INTERNAL_ERROR"]);
  const close = { kind: "close", after: 3, code: 1012, reason: "Service Restart" } as const;
  assertEquals(await under(close), ["one", "two", "pause", "three", "1012 Service Restart"]);
  assertEquals(await under({ kind: "drop", after: 9 }), ["one", "two", "pause", "three"]);
});

test("applyStreamFault() puts one message in place of another and goes on", async () => {
  const faults: [StreamFault, string][] = [
    [{ kind: "garbage" }, '{"type":"status","data":<<<<<<< HEAD'],
    [{ kind: "wrong-type" }, '"of another type than the contract says"'],
    [{ kind: "unknown-type" }, '{"type":"heartbeat","data":null,"message":"Still here"}'],
    [{ body: "no JSON" }, "no JSON"],
    [{ kind: "garbage", body: { type: "status", data: 3 } }, '{"type":"status","data":3}'],
    [{ body: null }, "null"],
  ];
  for (const [fault, text] of faults) {
    assertEquals(await under({ ...fault, after: 1 }), ["one", text, "pause", "three"]);
  }
  assertEquals((await under({ kind: "garbage" })).slice(1), ["two", "pause", "three"]);
});

test("applyStreamFault() keeps each message back, and can do so before another fault", async () => {
  assertEquals(await under({ latency: 7 }), [
    ...["delay 7", "one", "delay 7", "two", "pause", "delay 7", "three"],
  ]);
  assertEquals(await under({ latency: 7, kind: "drop", after: 1 }), ["delay 7", "one", "silence"]);
});

test("spoilsHandshake() says whether a stream opens at all", () => {
  const spoiling: StreamFault[] = [{ kind: "refuse" }, { kind: "hang" }, { status: 502 }];
  for (const fault of spoiling) assertEquals(spoilsHandshake(fault), true);
  const others: StreamFault[] = [
    {},
    { latency: 5 },
    { kind: "drop" },
    { body: "x", status: 502 },
    { kind: "close", status: 502 },
  ];
  for (const fault of others) assertEquals(spoilsHandshake(fault), false);
});

test("checkStreamFault() refuses what no WebSocket could do", () => {
  checkStreamFault({ kind: "close", code: 4999, reason: "x".repeat(123), after: 2 });
  for (const after of [-1, 1.5, NaN]) {
    assertThrows(() => checkStreamFault({ after }), RangeError, `after ${after} messages`);
  }
  for (const code of [0, 999, 1004, 1005, 1006, 5000, 1011.5]) {
    assertThrows(() => checkStreamFault({ code }), RangeError, `close code ${code}:`);
  }
  assertThrows(() => checkStreamFault({ reason: "ü".repeat(62) }), RangeError, "123 bytes");
});
