import { assertEquals, assertNotStrictEquals, assertStrictEquals } from "@std/assert";
import { systemClock } from "../../../src/core/waiting.ts";
import { sharedDeadlines, timeLimit } from "../../../src/http/attempt/time_limit.ts";
import { manualClock } from "../../support/clock.ts";
import { test } from "../../support/test.ts";
import { listenerCount } from "../support/listeners.ts";

test("timeLimit() needs no signal where there is nothing to end an attempt", () => {
  assertEquals(timeLimit({ timeout: null, clock: systemClock }).signal, undefined);
});

test("timeLimit() aborts when the time has passed, by the clock that it is given", async () => {
  const clock = manualClock();
  const { signal, end } = timeLimit({ timeout: 1000, clock, deadlines: sharedDeadlines() });
  clock.advance(999);
  await Promise.resolve();
  assertEquals([signal?.aborted, clock.waiting], [false, 1]);
  clock.advance(1);
  await Promise.resolve();
  assertEquals([signal?.aborted, signal?.reason.name], [true, "TimeoutError"]);
  end();
  assertEquals(clock.waiting, 0);
});

test("timeLimit() aborts with the caller's signal, and leaves no timer and no listener", () => {
  const clock = manualClock();
  const abort = new AbortController();
  const listeners = listenerCount(abort.signal);
  const limits = [1000, null].map((timeout) => timeLimit({ timeout, clock, signal: abort.signal }));
  assertEquals([listeners(), clock.waiting], [2, 1]);
  const [first, second] = limits;
  first?.end();
  assertEquals([listeners(), clock.waiting], [1, 0]);
  abort.abort("enough");
  assertEquals([first?.signal?.aborted, second?.signal?.reason], [false, "enough"]);
});

test("timeLimit() takes a shared signal for the machine's own clock, and none for another", () => {
  const deadlines = sharedDeadlines();
  const shared = timeLimit({ timeout: 60_000, clock: systemClock, deadlines }).signal;
  assertStrictEquals(shared, deadlines(60_000));
  const own = timeLimit({ timeout: 60_000, clock: manualClock(), deadlines });
  assertNotStrictEquals(own.signal, shared);
  own.end();
});

test("sharedDeadlines() never ends a call before its time, and shares for a 64th of it alone", () => {
  let now = 0;
  const times: number[] = [];
  const deadlines = sharedDeadlines({
    now: () => now,
    timer(time) {
      times.push(now + time);
      return new AbortController().signal;
    },
  });
  const first = deadlines(6400);
  now = 100;
  assertStrictEquals(deadlines(6400), first);
  now = 101;
  const second = deadlines(6400);
  assertNotStrictEquals(second, first);
  assertNotStrictEquals(deadlines(3200), second);
  assertEquals(times, [6500, 6601, 3351]);
});

test("sharedDeadlines() takes a limit that no timer can hold for the longest that one can", () => {
  const times: number[] = [];
  const timer = (time: number) => {
    times.push(time);
    return new AbortController().signal;
  };
  for (const limit of [2 ** 40, Infinity]) sharedDeadlines({ timer })(limit);
  assertEquals(times, [2 ** 31 - 1, 2 ** 31 - 1]);
});

test("sharedDeadlines() aborts when the time has passed, with what fetch calls a TimeoutError", async () => {
  const signal = sharedDeadlines()(1);
  const aborted = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => aborted.resolve(), { once: true });
  // Its timer keeps no program alive, so something else has to.
  const alive = setInterval(() => {}, 1000);
  await aborted.promise;
  clearInterval(alive);
  assertEquals(signal.reason.name, "TimeoutError");
});
