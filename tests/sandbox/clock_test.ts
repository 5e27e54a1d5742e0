import { assertEquals, assertThrows } from "@std/assert";
import { manualClock, naiveTimestamp, systemClock } from "../../src/sandbox/clock.ts";
import { test } from "../support/test.ts";

test("manualClock() stands still until it is advanced", () => {
  const clock = manualClock(1000);
  assertEquals(clock.now(), 1000);
  clock.advance(0);
  clock.advance(250);
  assertEquals(clock.now(), 1250);
});

test("manualClock() begins at a date or a timestamp", () => {
  assertEquals(manualClock(new Date(5)).now(), 5);
  assertEquals(manualClock("1970-01-01T00:00:01Z").now(), 1000);
});

test("manualClock() refuses what is no time and going back", () => {
  assertThrows(() => manualClock("yesterday"), RangeError, 'at "yesterday"');
  assertThrows(() => manualClock(0).advance(-1), RangeError, "time goes forward");
  assertThrows(() => manualClock(0).advance(NaN), RangeError, "by NaN ms");
});

test("systemClock reads the machine's clock", () => {
  const before = Date.now();
  const now = systemClock.now();
  assertEquals(before <= now && now <= Date.now(), true);
});

test("naiveTimestamp() has no offset and rounds to seconds, ahead of the clock too", () => {
  assertEquals(naiveTimestamp(Date.UTC(2026, 10, 23, 15, 38, 21)), "2026-11-23T15:38:21");
  assertEquals(naiveTimestamp(Date.UTC(2026, 10, 23, 15, 38, 21, 499)), "2026-11-23T15:38:21");
  assertEquals(naiveTimestamp(Date.UTC(2026, 10, 23, 15, 38, 21, 500)), "2026-11-23T15:38:22");
});
