import { assert, assertEquals } from "@std/assert";
import { displayWidth } from "../../../src/core/width.ts";
import { code, type Column, command, muted } from "../../../src/display/render/document.ts";
import {
  commonStart,
  fitCells,
  fitColumns,
  fitLine,
  textOf,
} from "../../../src/display/render/fit.ts";
import { test } from "../../support/test.ts";

test("fitLine() keeps a line that fits", () => {
  assertEquals(fitLine("abc", 3), { pieces: [{ text: "abc" }], whole: undefined });
  assertEquals(textOf(fitLine(["a", muted(" b"), "  ", code("c ")], 6)), "a b  c");
});

test("fitLine() shortens a line and keeps the whole of it", () => {
  const fitted = fitLine(["one ", code("two"), " three"], 9);
  assertEquals(textOf(fitted), "one two…");
  assertEquals(fitted.pieces[1], code("two"));
  assertEquals(fitted.whole, "one two three");
});

test("fitLine() takes from the middle of what is widest, and from a call last of all", () => {
  assertEquals(
    textOf(fitLine(["Job 42", "  ", "A title that goes on and on to its end"], 26)),
    "Job 42  A title th…its end",
  );
  assertEquals(
    textOf(fitLine([command("await client.unitJobs.get(42)"), " asks the service again"], 42)),
    "await client.unitJobs.get(42) asks t…again",
  );
});

test("fitCells() shortens in the middle, and still tells cells apart", () => {
  const shown = (cells: readonly string[], width: number) => fitCells(cells, width).map(textOf);
  const start = "WORLDCEREAL_2021-10-01_2022-09-30_32631_";
  assertEquals(
    shown([`${start}A.tif`, `${start}B.tif`, "b"], 20),
    [
      "WORLDCEREAL…31_A.tif",
      "WORLDCEREAL…31_B.tif",
      "b",
    ],
  );
  // They differ in the middle alone.
  const around = (text: string) => `${start}${text}${"_and_a_long_end".repeat(2)}`;
  assertEquals(new Set(shown(["A", "B", "C"].map(around), 24)).size, 3);
  // Equal cells stay equal.
  assertEquals(new Set(shown(["x".repeat(50), "x".repeat(50)], 20)).size, 1);
  for (const width of [12, 20, 33]) {
    for (const text of shown(["A", "B", "C"].map(around), width)) {
      assertEquals([...text].length <= width, true, text);
    }
  }
});

test("commonStart() is what all begin with", () => {
  assertEquals(commonStart(["abc", "abd", "ab"]), "ab");
  assertEquals(commonStart(["abc"]), "");
  assertEquals(commonStart([]), "");
  assertEquals(commonStart(["a", "b"]), "");
});

test("fitLine() says that there is more when the next piece has no room at all", () => {
  assertEquals(textOf(fitLine(["abc", "def"], 3)), "ab…");
});

test("fitLine() bounds the whole to 500 characters", () => {
  const { whole = "" } = fitLine("🌾".repeat(5_000), 20);
  assertEquals([...whole].length, 500);
  assertEquals(whole.endsWith("…"), true);
});

test("fitLine() tells the whole where a piece says less by itself", () => {
  assertEquals(
    fitLine({ text: "ndvi", whole: "https://x.test/ndvi.json" }, 20).whole,
    "https://x.test/ndvi.json",
  );
});

test("fitCells() cuts no character in two", () => {
  const cells = ["a", "b", "c"].map((end) =>
    `2147${"👩‍👩‍👧‍👦".repeat(3)}${"x".repeat(40)}👩${end}👩${"y".repeat(60)}`
  );
  for (let width = 12; width < 60; width++) {
    for (const { pieces } of fitCells(cells, width)) {
      for (const { text } of pieces) {
        assert(text.isWellFormed(), text);
        assert(displayWidth(text) <= width, `${width}: ${text}`);
      }
    }
  }
});

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
