import { assert, assertEquals } from "@std/assert";
import { fitColumns } from "../../../../src/display/render/formats/columns.ts";
import type { Column } from "../../../../src/display/render/document.ts";
import { textOf } from "../../../../src/display/render/fit.ts";
import { test } from "../../../support/test.ts";

const COLUMNS: readonly Column[] = [
  { title: "Id", max: 10, align: "right" },
  { title: "Title", max: 60, yields: true },
  { title: "Host", max: 40, folds: 2 },
  { title: "Type", max: 20, folds: 1 },
];
const ROWS = [
  ["1", "A title of some forty characters, the end", "processes.example.test", "GeoTIFF"],
  ["22", "Another title", "data.example.test", "netCDF"],
];

/** The headings that are left, and the widths of the columns. */
function fit(room: number): [titles: string[], widths: number[]] {
  const fitted = fitColumns(COLUMNS, ROWS, { room, gap: 2 });
  return [fitted.map(({ head }) => textOf(head)), fitted.map(({ width }) => width)];
}

test("fitColumns() is as wide as the cells need", () => {
  assertEquals(fit(100), [["Id", "Title", "Host", "Type"], [2, 41, 22, 7]]);
});

test("fitColumns() shortens first what yields, then leaves out what matters least", () => {
  assertEquals(fit(60), [["Id", "Title", "Host", "Type"], [2, 23, 22, 7]]);
  assertEquals(fit(53), [["Id", "Title", "Host", "Type"], [2, 16, 22, 7]]);
  assertEquals(fit(52), [["Id", "Title", "Type"], [2, 39, 7]]);
  assertEquals(fit(28), [["Id", "Title"], [2, 24]]);
});

test("fitColumns() keeps to its room, down to a few characters a column", () => {
  for (let room = 20; room < 120; room++) {
    const fitted = fitColumns(COLUMNS, ROWS, { room, gap: 2 });
    const widths = fitted.map(({ width }) => width);
    assert(widths.reduce((sum, width) => sum + width + 2, -2) <= room);
    for (const { cells, width } of fitted) {
      for (const cell of cells) assert(textOf(cell).length <= width);
    }
  }
});

test("fitColumns() of no rows has headings", () => {
  const fitted = fitColumns(COLUMNS, [], { room: 80, gap: 2 });
  assertEquals(fitted.map(({ width }) => width), [2, 5, 4, 4]);
});
