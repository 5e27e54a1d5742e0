import { assert, assertEquals, assertRejects } from "@std/assert";
import { closable } from "../../src/live/closable.ts";
import { listenerCount } from "../http/support/listeners.ts";
import { test } from "../support/test.ts";

/** Counts to a number, then waits for the signal; notes when it is over. */
function counter(to: number, log: string[] = []) {
  return async function* (signal: AbortSignal): AsyncGenerator<number, void> {
    try {
      for (let number = 1; number <= to; number++) yield number;
      if (to === 2) return;
      await new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
    } finally {
      log.push("closed");
    }
  };
}

test("closable() hands on what there is to its end", async () => {
  const signal = new AbortController().signal;
  const listeners = listenerCount(signal);
  const numbers: number[] = [];
  const all = closable([signal], counter(2));
  assertEquals(listeners(), 1);
  for await (const number of all) numbers.push(number);
  assertEquals([numbers, listeners()], [[1, 2], 0]);
  assertEquals(await all.next(), { done: true, value: undefined });
});

test("closable() ends a pending wait without a value when it is left", async () => {
  const log: string[] = [];
  const all = closable([], counter(1, log));
  assertEquals(await all.next(), { done: false, value: 1 });
  const pending = all.next();
  assertEquals(await all.return?.(), { done: true, value: undefined });
  assertEquals(await pending, { done: true, value: undefined });
  assertEquals([log, await all.next()], [["closed"], { done: true, value: undefined }]);
});

test("closable() can be left before it begins, and twice", async () => {
  const log: string[] = [];
  const all = closable([], counter(1, log));
  await all.return?.();
  await all.return?.();
  assertEquals([await all.next(), log], [{ done: true, value: undefined }, []]);
});

test("closable() is disposed of by leaving it", async () => {
  const log: string[] = [];
  {
    await using all = closable([], counter(1, log));
    await all.next();
  }
  assertEquals(log, ["closed"]);
});

test("closable() ends with the reason of whichever signal aborts, and leaves no listener", async () => {
  for (const which of [0, 1]) {
    const controllers = [new AbortController(), new AbortController()];
    const signals = controllers.map(({ signal }) => signal);
    const counts = signals.map(listenerCount);
    const all = closable(signals, counter(1));
    await all.next();
    const reason = new Error("enough");
    const pending = assertRejects(() => all.next(), Error, "enough");
    controllers[which]?.abort(reason);
    assert(await pending === reason);
    assertEquals(counts.map((count) => count()), [0, 0]);
    assertEquals(await all.next(), { done: true, value: undefined });
  }
});

test("closable() passes an error on, and leaves no listener", async () => {
  const { signal } = new AbortController();
  const listeners = listenerCount(signal);
  const all = closable([signal], async function* (): AsyncGenerator<number, void> {
    yield await Promise.resolve(1);
    throw new Error("broken");
  });
  await all.next();
  await assertRejects(() => all.next(), Error, "broken");
  assertEquals(listeners(), 0);
});
