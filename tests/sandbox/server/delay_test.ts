import { assertEquals } from "@std/assert";
import { delay } from "../../../src/sandbox/server/delay.ts";
import { test } from "../../support/test.ts";

test("delay() waits", async () => {
  const begin = performance.now();
  await delay(15, { signal: new AbortController().signal });
  assertEquals(performance.now() - begin >= 14, true);
});

test("delay() ends at once when it is aborted, before or meanwhile", async () => {
  await delay(60_000, { signal: AbortSignal.abort() });
  const controller = new AbortController();
  const waiting = delay(60_000, controller);
  controller.abort();
  await waiting;
  assertEquals(controller.signal.aborted, true);
});
