import { assert, assertEquals } from "@std/assert";
import { abortError, shortStack } from "../../src/core/stack.ts";
import { test } from "../support/test.ts";

const SRC = new URL("../../src/", import.meta.url);

const STACK = [
  "ServerError: Cannot get unit job 1: no",
  "  What to do: look at it",
  `    at errorOf (${SRC}api/failures/read_failure.ts:1:1)`,
  "    at Array.map (<anonymous>)",
  "    at async Promise.all (index 0)",
  "    at node:internal/process:1:1",
  "    at ext:core/01_core.js:1:1",
  "    at async mine (file:///home/ada/job.ts:4:3)",
  "    at async file:///home/ada/job.ts:9:1",
];

test("shortStack() keeps the message, and the first line that is the caller's own", () => {
  assertEquals(shortStack(STACK.join("\n"), 10).split("\n"), [
    STACK[0],
    STACK[1],
    "    at async mine (file:///home/ada/job.ts:4:3)",
  ]);
});

test("shortStack() takes the line of a notebook's cell for the caller's own", () => {
  const stack = [STACK[0], STACK[2], "    at <anonymous>:3:7"];
  assertEquals(shortStack(stack.join("\n"), 10).split("\n"), [STACK[0], "    at <anonymous>:3:7"]);
});

test("shortStack() keeps the message alone where nobody's own line is known", () => {
  assertEquals(shortStack(STACK.slice(0, 4).join("\n"), undefined), STACK.slice(0, 2).join("\n"));
  assertEquals(
    shortStack("Error: at home\nat last, no frame", 10),
    "Error: at home\nat last, no frame",
  );
});

test("shortStack() reads the frames of other engines", () => {
  const stack = ["Error: x", `errorOf@${SRC}a.ts:1:1`, "mine@file:///home/ada/job.ts:4:3"];
  assertEquals(shortStack(stack.join("\n"), 10), "Error: x\nmine@file:///home/ada/job.ts:4:3");
});

test("shortStack() keeps all for whoever asks the runtime for more than it gives by itself", () => {
  assertEquals(shortStack(STACK.join("\n"), 50), STACK.join("\n"));
});

test("abortError() is what aborts give, with the stack of the caller alone", () => {
  const error = abortError("Stopped downloading");
  assert(error instanceof DOMException);
  assertEquals([error.name, error.message], ["AbortError", "Stopped downloading"]);
  const [first, ...frames] = (error.stack ?? "").split("\n");
  assertEquals(first, "AbortError: Stopped downloading");
  assertEquals(frames.length, 1);
  assert(frames[0]?.includes("stack_test.ts"), frames[0]);
});
