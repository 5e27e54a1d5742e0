import { assertEquals } from "@std/assert";
import { timesOf } from "../../../src/results/cube/times.ts";
import { test } from "../../support/test.ts";

const days = (units: string, values: readonly number[], calendar?: string) =>
  timesOf({
    name: "t",
    dimensions: ["t"],
    shape: [values.length],
    attributes: { units, ...(calendar === undefined ? {} : { calendar }) },
    values: () => values,
  }, values.length).map((time) => time.toISOString().slice(0, 16));

const midnight = (...dates: string[]) => dates.map((date) => `${date}T00:00`);

test("timesOf() counts in the unit that is told, from the time that is told", () => {
  for (
    const [units, step] of [
      ["days since 2024-1-1", 1],
      ["Days Since 2024-01-01 00:00:00.0", 1],
      ["hours since 2024-01-01T00:00:00Z", 24],
      ["minutes since 2024-01-01 01:00 +01:00", 1_440],
      ["seconds since 2024-01-01 00:00:00 UTC", 86_400],
      ["milliseconds since 2024-01-01", 86_400_000],
      ["ms since 2024-01-01", 86_400_000],
      ["microseconds since 2024-01-01", 86_400_000_000],
    ] as const
  ) {
    assertEquals(days(units, [0, step]), midnight("2024-01-01", "2024-01-02"), units);
  }
  assertEquals(days("weeks since 2024-01-01", [1]), midnight("2024-01-08"));
  assertEquals(days("hours since 2024-01-01 12:00", [0.5]), ["2024-01-01T12:30"]);
});

test("timesOf() counts by the calendar that is told, as cftime does", () => {
  const since = "days since 2000-01-01";
  assertEquals(
    days(since, [0, 31, 59, 365, 1_460], "noleap"),
    midnight("2000-01-01", "2000-02-01", "2000-03-01", "2001-01-01", "2004-01-01"),
  );
  assertEquals(
    days(since, [0, 30, 60, 89, 360], "360_day"),
    midnight("2000-01-01", "2000-02-01", "2000-03-01", "2000-03-30", "2001-01-01"),
  );
  // 30 February is not a day of ours: it is the last one of that month.
  assertEquals(days(since, [59], "360_day"), midnight("2000-02-29"));
  assertEquals(days("days since 2001-01-01", [366], "all_leap"), midnight("2002-01-01"));
  assertEquals(
    days("hours since 1950-01-01", [648_672], "proleptic_gregorian"),
    midnight("2024-01-01"),
  );
  // The standard calendar is the Julian one before 1582: two days lie between the two in the year 1.
  assertEquals(days("days since 0001-01-01", [738_887]), midnight("2024-01-01"));
  assertEquals(
    days("days since 0001-01-01", [738_885], "proleptic_gregorian"),
    midnight("2024-01-01"),
  );
  assertEquals(days(since, [60], "julian"), midnight("2000-03-01"));
  assertEquals(days("days since 1582-10-04", [1]), midnight("1582-10-15"));
});

test("timesOf() has none where the unit, the calendar or the numbers are none", () => {
  for (const units of ["months since 2024-01-01", "day as %Y%m%d.%f", "", "days since yesterday"]) {
    assertEquals(days(units, [0, 1]), []);
  }
  assertEquals(days("days since 2024-01-01", [0], "lunar"), []);
  assertEquals(days("days since 2024-01-01 00:00 Mars", [0]), []);
  assertEquals(days("days since 2024-01-01", [NaN]), []);
});
