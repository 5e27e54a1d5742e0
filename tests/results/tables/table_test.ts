import { assertEquals, assertStringIncludes } from "@std/assert";
import { dateOf, dateText, tableOf, tableView } from "../../../src/results/tables/table.ts";
import { test } from "../../support/test.ts";

test("tableOf() has a value for each column, and says what they are", () => {
  const { columns, rows } = tableOf("x", [{ a: 1n, b: "x", c: new Date(0) }, {
    a: NaN,
    d: true,
    e: { type: "Point" },
  }]);
  assertEquals(columns.map(({ name, type }) => `${name} ${type}`), [
    "a number",
    "b text",
    "c date",
    "d boolean",
    "e geometry",
  ]);
  assertEquals(rows[1], { a: null, b: null, c: null, d: true, e: { type: "Point" } });
  assertEquals(tableOf("x", [{ a: 1 }, { a: "x" }, { b: null }]).columns.map(({ type }) => type), [
    "mixed",
    "empty",
  ]);
});

test("tableView() shows the first rows, and says how many there are", () => {
  const text = String(
    tableView(
      tableOf(
        "parcels.csv",
        Array.from({ length: 30 }, (_, index) => ({ index, day: new Date(0) })),
      ),
    ),
  );
  assertStringIncludes(text, "30 rows · 2 columns · the first 20 rows shown · parcels.csv");
  assertStringIncludes(text, "1970-01-01");
});

test("dateOf() reads ISO 8601, UTC where it has no offset, and days that there are", () => {
  assertEquals(dateOf("2026-06-01")?.toISOString(), "2026-06-01T00:00:00.000Z");
  assertEquals(dateOf("2026-06-01T12:00:00")?.toISOString(), "2026-06-01T12:00:00.000Z");
  assertEquals(dateOf("2026-06-01 12:00:00+02:00")?.toISOString(), "2026-06-01T10:00:00.000Z");
  assertEquals([dateOf("2026-13-01"), dateOf("1 June"), dateOf("2026")], [
    undefined,
    undefined,
    undefined,
  ]);
});

test("dateText() writes a day as a day", () => {
  assertEquals(
    [new Date("2026-06-01"), new Date("2026-06-01T12:00:00Z"), new Date(NaN)].map(dateText),
    ["2026-06-01", "2026-06-01T12:00:00Z", "an invalid date"],
  );
});
