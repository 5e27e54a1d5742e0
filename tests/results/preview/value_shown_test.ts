import { assertEquals } from "@std/assert";
import {
  classesOf,
  MOST_CLASSES,
  nameIn,
  valueShown,
} from "../../../src/results/preview/value_shown.ts";
import type { CellValue } from "../../../src/results/tables/table.ts";
import { test } from "../../support/test.ts";

const of = (...rows: readonly Readonly<Record<string, CellValue>>[]) =>
  valueShown(rows.map((values) => ({ values })));

test("valueShown() goes over identifiers, places and years, however they are spelt", () => {
  for (
    const name of [
      "id",
      "OBJECTID",
      "osm_id",
      "parcelId",
      "fieldID",
      "gid",
      "feature_index",
      "Shape_Area",
      "lon",
      "code",
      "year",
    ]
  ) {
    assertEquals(of({ [name]: 1, ndvi: 0.5 }, { [name]: 2, ndvi: 0.7 }), "ndvi", name);
    assertEquals(of({ [name]: 1 }, { [name]: 2 }), undefined, name);
  }
  for (const name of ["value", "humid", "NDVI", "area", "count", "B04"]) {
    assertEquals(of({ [name]: 1, other: 0.5 }, { [name]: 2, other: 0.7 }), name);
  }
});

test("valueShown() prefers what differs, and looks beyond the first row", () => {
  assertEquals(of({ orbit: 8, ndvi: 0.5 }, { orbit: 8, ndvi: 0.7 }), "ndvi");
  assertEquals(of({ orbit: 8 }, { orbit: 8 }), "orbit");
  assertEquals(of({ name: "a" }, { name: "b", ndvi: 0.5 }), "ndvi");
  assertEquals(of({ name: "a", ndvi: NaN }), undefined);
  assertEquals(of(), undefined);
});

test("classesOf() has a colour for each word, the most frequent first, and for no more than can be told apart", () => {
  const grey = (part: number) => [part, part, part] as const;
  assertEquals(classesOf(["wheat", "maize", "wheat", null, undefined, ""], grey), [
    { value: 0, name: "wheat", colour: [0, 0, 0], share: 2 / 3 },
    { value: 1, name: "maize", colour: [1, 1, 1], share: 1 / 3 },
  ]);
  assertEquals(classesOf([true], grey)[0]?.colour, [0.5, 0.5, 0.5]);
  assertEquals(classesOf([1, null], grey), []);
  assertEquals(
    classesOf(Array.from({ length: 40 }, (_, at) => `crop ${at}`), grey).length,
    MOST_CLASSES,
  );
});

test("nameIn() calls words, truths and days, and nothing else", () => {
  const values = ["a", false, new Date("2026-06-01"), 5, null, {}, ""];
  assertEquals(values.map(nameIn), ["a", "false", "2026-06-01", ...Array(4).fill(undefined)]);
});
