import { assertEquals } from "@std/assert";
import { orAborted, settle } from "../../src/core/waiting.ts";
import { test } from "../support/test.ts";
import { listenerCount } from "../http/support/listeners.ts";

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
