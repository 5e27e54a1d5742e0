import { assertEquals } from "@std/assert";
import { formatDuration, roughDuration } from "../../src/core/duration.ts";
import { test } from "../support/test.ts";

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

test("formatDuration() takes two units at the most, and leaves out what is nothing", () => {
  const cases: [number, string][] = [
    [0, "0 s"],
    [999, "0 s"],
    [59_999, "59 s"],
    [MINUTE, "1 min"],
    [MINUTE + SECOND, "1 min 1 s"],
    [HOUR + SECOND, "1 h"],
    [2 * HOUR + 59 * MINUTE + 59 * SECOND, "2 h 59 min"],
    [DAY + MINUTE, "1 d"],
    [400 * DAY + 23 * HOUR, "400 d 23 h"],
  ];
  for (const [milliseconds, text] of cases) assertEquals(formatDuration(milliseconds), text);
});

test("formatDuration() takes a clock that went back, or none, for no time", () => {
  for (const milliseconds of [-1, -HOUR, NaN]) assertEquals(formatDuration(milliseconds), "0 s");
});

test("roughDuration() names one unit, and never less than a minute", () => {
  const cases: [number, string][] = [
    [0, "a minute"],
    [89 * SECOND, "a minute"],
    [90 * SECOND, "2 minutes"],
    [89 * MINUTE, "89 minutes"],
    [90 * MINUTE, "2 hours"],
    [47 * HOUR, "47 hours"],
    [48 * HOUR, "2 days"],
    [100 * DAY, "100 days"],
  ];
  for (const [milliseconds, text] of cases) assertEquals(roughDuration(milliseconds), text);
});
