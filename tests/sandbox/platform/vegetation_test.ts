import { assert, assertEquals } from "@std/assert";
import { cellsOf, vegetationIndex } from "../../../src/sandbox/platform/vegetation.ts";
import { test } from "../../support/test.ts";

test("vegetationIndex() is the same for a place every time, and differs from place to place", () => {
  assertEquals(vegetationIndex(12.5, 41.5), vegetationIndex(12.5, 41.5));
  const values = cellsOf([12, 41, 13, 42], 16).map(({ value }) => value);
  assert(new Set(values).size > 100);
  assert(values.every((value) => value >= -0.2 && value <= 0.95));
});

test("cellsOf() covers the area row by row from the north-west", () => {
  const cells = cellsOf([10, 40, 12, 44], 2);
  assertEquals(cells.map(({ row, column, box }) => [row, column, ...box]), [
    [0, 0, 10, 42, 11, 44],
    [0, 1, 11, 42, 12, 44],
    [1, 0, 10, 40, 11, 42],
    [1, 1, 11, 40, 12, 42],
  ]);
  assertEquals(cells[0]?.value, vegetationIndex(10.5, 43));
});
