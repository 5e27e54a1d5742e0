import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { systemClock } from "../../../src/core/waiting.ts";
import { manualClock, naiveTimestamp } from "../../../src/sandbox/service/clock.ts";
import { bell } from "../../support/bell.ts";
import { test } from "../../support/test.ts";

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

test("manualClock() wakes whoever has waited long enough, and nobody else", async () => {
  const clock = manualClock(0);
  const woken: string[] = [];
  const wait = async (name: string, milliseconds: number) => {
    await clock.sleep(milliseconds);
    woken.push(name);
  };
  const waits = [wait("long", 200), wait("short", 100), wait("none", 0)];
  assertEquals(clock.waiting, 3);
  clock.advance(0);
  clock.advance(99);
  await waits[2];
  assertEquals([woken, clock.waiting], [["none"], 2]);
  clock.advance(1);
  await waits[1];
  clock.advance(5000);
  await waits[0];
  assertEquals([woken, clock.waiting], [["none", "short", "long"], 0]);
});

test("a sleep ends with the signal's reason, on either clock", async () => {
  for (const clock of [manualClock(0), systemClock]) {
    const reason = new Error("Enough");
    await assertRejects(() => clock.sleep(60_000, AbortSignal.abort(reason)), Error, "Enough");
    const controller = new AbortController();
    const sleeping = assertRejects(() => clock.sleep(60_000, controller.signal), Error, "Enough");
    controller.abort(reason);
    await sleeping;
  }
});

test("manualClock() forgets who gave up waiting", async () => {
  const clock = manualClock(0);
  const controller = new AbortController();
  const sleeping = assertRejects(() => clock.sleep(10, controller.signal));
  controller.abort();
  await sleeping;
  assertEquals(clock.waiting, 0);
});

test("systemClock reads the machine's clock", () => {
  const before = Date.now();
  const now = systemClock.now();
  assertEquals(before <= now && now <= Date.now(), true);
});

test("systemClock sleeps in real time, however long it is asked to", async () => {
  using before = bell(13);
  await systemClock.sleep(15);
  assertEquals(before.rung, true);
  const controller = new AbortController();
  const century = systemClock.sleep(1e12, controller.signal);
  let over = false;
  const end = century.catch(() => {}).then(() => over = true);
  await systemClock.sleep(5);
  assertEquals(over, false);
  controller.abort();
  await end;
});

test("naiveTimestamp() has no offset and rounds to seconds, ahead of the clock too", () => {
  assertEquals(naiveTimestamp(Date.UTC(2026, 10, 23, 15, 38, 21)), "2026-11-23T15:38:21");
  assertEquals(naiveTimestamp(Date.UTC(2026, 10, 23, 15, 38, 21, 499)), "2026-11-23T15:38:21");
  assertEquals(naiveTimestamp(Date.UTC(2026, 10, 23, 15, 38, 21, 500)), "2026-11-23T15:38:22");
});
