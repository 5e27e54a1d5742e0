import { assert, assertEquals } from "@std/assert";
import { isPending, worthAWordAfter } from "../../src/live/report.ts";
import { manualClock } from "../support/clock.ts";
import { test } from "../support/test.ts";

test("isPending() tells a promise that takes its time from one that has settled", async () => {
  const clock = manualClock();
  assert(!await isPending(Promise.resolve(1), { clock, after: 1000 }));
  assert(!await isPending(Promise.reject(new Error("no")), { clock, after: 1000 }));
  const late = isPending(new Promise(() => {}), { clock, after: 1000 });
  clock.advance(1000);
  assert(await late);
  assertEquals(clock.waiting, 0);
});

test("worthAWordAfter() takes no notice of what took as long the last time", () => {
  assertEquals([0, 5_000, 8_000, 140_000].map(worthAWordAfter), [12_000, 12_000, 12_000, 210_000]);
});
