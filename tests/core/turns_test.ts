import { assert, assertEquals } from "@std/assert";
import { finish, finishInTurns } from "../../src/core/turns.ts";
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

test("finishInTurns() gives others their turns while it works", async () => {
  let turns = 0;
  const other = setInterval(() => turns++, 1);
  assertEquals(await finishInTurns(counting(20, 5)), 20);
  clearInterval(other);
  assert(turns >= 3, `${turns} turns`);
});

test("finishInTurns() does little work at once", async () => {
  assertEquals(await finishInTurns(counting(0)), 0);
});
