import { assert, assertEquals } from "@std/assert";
import { finish, inTurns } from "../../src/core/waiting.ts";
import { test } from "../support/test.ts";

function* counting(to: number, busy = 0): Generator<void, number> {
  for (let step = 0; step < to; step++) {
    const until = performance.now() + busy;
    while (performance.now() < until);
    yield;
  }
  return to;
}

test("finish() does work to its end at once", () => {
  assertEquals(finish(counting(5)), 5);
});

test("inTurns() gives others their turns while it works", async () => {
  let turns = 0;
  const other = setInterval(() => turns++, 1);
  assertEquals(await inTurns(counting(20, 5)), 20);
  clearInterval(other);
  assert(turns >= 3, `${turns} turns`);
});

test("inTurns() does little work at once", async () => {
  assertEquals(await inTurns(counting(0)), 0);
});
