import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { systemClock } from "../../src/core/clock.ts";
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
