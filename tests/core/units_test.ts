import { assertEquals } from "@std/assert";
import {
  count,
  formatBytes,
  formatDay,
  formatDegrees,
  formatInstant,
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
