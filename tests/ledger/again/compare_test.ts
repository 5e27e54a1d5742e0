import { assertEquals, assertStringIncludes } from "@std/assert";
import { compare } from "../../../src/ledger/again/compare.ts";
import { test } from "../../support/test.ts";
import { requestOf } from "../support.ts";

const jobOf = (id: number, place: number) => ({
  ...requestOf(place, "Field"),
  id,
  status: "created",
});

test("compare() names each difference by its path, and shows them as a table", () => {
  const comparison = compare(jobOf(1, 4), jobOf(2, 5));
  assertEquals(comparison.differences.map(({ path }) => path), [
    "parameters.spatial_extent.west",
    "parameters.spatial_extent.east",
  ]);
  const text = String(comparison);
  for (const part of ["Job 1 and Job 2 differ", "parameters.spatial_extent.west", "5.5"]) {
    assertStringIncludes(text, part);
  }
});

test("compare() finds nothing where values are written otherwise", () => {
  const one = jobOf(1, 4);
  const extent = { north: 42, south: 41, east: 4.5, west: 4 };
  const other = { ...one, id: 2, parameters: { spatial_extent: extent } };
  assertEquals(compare(one, other).differences, []);
  assertStringIncludes(String(compare(one, other)), "Job 1 and Job 2 are alike");
});

test("compare() tells what one has and the other has not, and lists of other lengths as a whole", () => {
  const one = { ...jobOf(1, 4), parameters: { bands: ["B04"], scale: 1, more: [{ a: 1 }] } };
  const other = { ...jobOf(2, 4), parameters: { bands: ["B04", "B08"], more: [{ a: 2 }] } };
  assertEquals(compare(one, other).differences, [
    { path: "parameters.bands", one: ["B04"], other: ["B04", "B08"] },
    { path: "parameters.scale", one: 1, other: undefined },
    { path: "parameters.more[0].a", one: 1, other: 2 },
  ]);
});
