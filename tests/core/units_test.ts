import { assertEquals } from "@std/assert";
import {
  count,
  formatBytes,
  formatDay,
  formatDegrees,
  formatDuration,
  formatInstant,
  roughDuration,
} from "../../src/core/units.ts";
import { test } from "../support/test.ts";

test("formatInstant() and formatDay() speak UTC", () => {
  assertEquals(formatInstant(new Date("2026-11-23T23:59:59.999+02:00")), "2026-11-23 21:59:59 UTC");
  assertEquals(formatInstant(new Date(NaN)), "an invalid date");
  assertEquals(formatDay(new Date("2025-05-01T00:00:00Z")), "2025-05-01");
  assertEquals(formatDay(new Date("2025-05-01T00:00:01Z")), "2025-05-01 00:00:01 UTC");
});

test("formatBytes() never says 1000 of a unit", () => {
  const sizes = { 0: "0 B", 999: "999 B", 1_000: "1.0 kB", 1_234: "1.2 kB", 999_499: "999 kB" };
  for (const [size, text] of Object.entries(sizes)) assertEquals(formatBytes(Number(size)), text);
  assertEquals(formatBytes(999_999), "1.0 MB");
  assertEquals(formatBytes(2.1e9), "2.1 GB");
  assertEquals(formatBytes(1e21), "1000000 PB");
});

test("formatDegrees() drops what is below a metre", () => {
  assertEquals([12, 0.1 + 0.2, -179.999999].map(formatDegrees), ["12", "0.3", "-180"]);
});

test("count() has a plural", () => {
  assertEquals([count(1, "job"), count(0, "job"), count(2, "geometry", "geometries")], [
    "1 job",
    "0 jobs",
    "2 geometries",
  ]);
});

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
