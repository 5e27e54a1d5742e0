import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { finish, inTurns, orAborted, settle, systemClock } from "../../src/core/waiting.ts";
import { listenerCount } from "../http/support/listeners.ts";
import { bell } from "../support/bell.ts";
import { test } from "../support/test.ts";

test("systemClock.now() tells the time of the machine", () => {
  const before = Date.now();
  const now = systemClock.now();
  assert(before <= now && now <= Date.now());
});

test("systemClock.sleep() waits, and leaves no listener behind", async () => {
  const abort = new AbortController();
  const listeners = listenerCount(abort.signal);
  using before = bell(18);
  const sleeping = systemClock.sleep(20, abort.signal);
  assertEquals(listeners(), 1);
  await sleeping;
  assert(before.rung);
  assertEquals(listeners(), 0);
});

test("systemClock.sleep() rejects with the signal's reason as soon as it aborts", async () => {
  const abort = new AbortController();
  const reason = new Error("enough");
  const sleeping = systemClock.sleep(600_000, abort.signal);
  abort.abort(reason);
  assertStrictEquals(await assertRejects(() => sleeping), reason);
  assertStrictEquals(
    await assertRejects(() => systemClock.sleep(600_000, abort.signal)),
    reason,
  );
});

test("systemClock.sleep() does not take a very long wait for none", async () => {
  const abort = new AbortController();
  let over = false;
  const sleeping = systemClock.sleep(2 ** 40, abort.signal).then(() => over = true, () => {});
  await systemClock.sleep(5);
  assertEquals(over, false);
  abort.abort();
  await sleeping;
});

test("systemClock.sleep() takes a wait below nothing for none", async () => {
  await systemClock.sleep(-5);
});

test("orAborted() hands on what the promise brings, and leaves no listener", async () => {
  const { signal } = new AbortController();
  const listeners = listenerCount(signal);
  assertEquals(await orAborted(Promise.resolve("late"), signal), "late");
  assertEquals(await orAborted("at once", undefined), "at once");
  const error: unknown = await orAborted(Promise.reject(new Error("own")), signal).catch((e) => e);
  assertEquals([error instanceof Error && error.message, listeners()], ["own", 0]);
});

test("orAborted() rejects with the signal's reason, and lets the promise reject unheard", async () => {
  const controller = new AbortController();
  const listeners = listenerCount(controller.signal);
  const { promise, reject } = Promise.withResolvers<void>();
  const waiting = orAborted(promise, controller.signal).catch((reason) => reason);
  controller.abort("enough");
  assertEquals(await waiting, "enough");
  assertEquals(await orAborted(promise, controller.signal).catch((reason) => reason), "enough");
  reject(new Error("nobody hears this"));
  await promise.catch(() => {});
  assertEquals(listeners(), 0);
});

test("settle() never rejects", async () => {
  assertEquals(await settle(Promise.resolve(1)), { ok: true, value: 1 });
  assertEquals(await settle(Promise.reject("no")), { ok: false, error: "no" });
});

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
