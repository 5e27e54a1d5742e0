import { assertEquals } from "@std/assert";
import { stopwatch } from "../../src/live/outage.ts";
import { test } from "../support/test.ts";

test("stopwatch() counts from look to look, a gap in which nobody looked in part", () => {
  const elapsed = stopwatch(60_000);
  assertEquals([1_000_000, 1_010_000, 1_050_000].map((now) => elapsed(now)), [0, 10_000, 50_000]);
  assertEquals(elapsed(9_000_000), 110_000);
});

test("stopwatch() counts how long a look itself went on", () => {
  const elapsed = stopwatch(60_000);
  elapsed(0);
  assertEquals(elapsed(300_000, 240_000), 300_000);
  assertEquals(elapsed(1_000_000, 240_000), 600_000);
});
