import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { alongAxis, betweenCells, isEven } from "../../../src/results/cube/curvilinear.ts";
import { test } from "../../support/test.ts";

const columns = 24, rows = 20;
const table = (value: (column: number, row: number) => number) =>
  Float64Array.from(
    { length: columns * rows },
    (_, at) => value(at % columns, Math.floor(at / columns)),
  );

test("betweenCells() finds the column and row of a place in a grid that bends", () => {
  for (const west of [3, 179.9]) {
    const { toDegrees, fromDegrees } = betweenCells({
      columns,
      rows,
      longitudes: table((column, row) => {
        const longitude = west + 0.01 * column + 0.004 * row + 0.00005 * column * row;
        return longitude > 180 ? longitude - 360 : longitude;
      }),
      latitudes: table((column, row) => 52 - 0.01 * row + 0.003 * column + 0.0001 * row ** 2),
    });
    for (const [column, row] of [[0, 0], [23, 19], [5.5, 7.25], [12, 3], [-0.5, 19.5]] as const) {
      const [longitude, latitude] = toDegrees(column, row);
      const [foundColumn, foundRow] = fromDegrees(longitude, latitude);
      assertAlmostEquals(foundColumn, column, 1e-3, `${west}: ${column}, ${row}`);
      assertAlmostEquals(foundRow, row, 1e-3, `${west}: ${column}, ${row}`);
    }
    // Far away there is nothing: neither is it found inside.
    const [column, row] = fromDegrees(-60, -30);
    assert(!(column >= 0 && column < columns && row >= 0 && row < rows));
  }
});

test("alongAxis() goes along coordinates whose steps differ, rising or falling", () => {
  for (const values of [[0, 1, 3, 7], [7, 3, 1, 0]]) {
    const { valueAt, indexOf } = alongAxis(values);
    for (const [index, value] of values.entries()) {
      assertEquals([valueAt(index), indexOf(value)], [value, index]);
    }
    assertEquals(indexOf(valueAt(1.5)), 1.5);
    assertEquals(indexOf(valueAt(-0.5)), -0.5);
    assertEquals(indexOf(valueAt(3.25)), 3.25);
  }
});

test("isEven() takes steps for alike that differ by rounding alone", () => {
  assertEquals(isEven([0, 0.1, 0.2, 0.30000000000000004]), true);
  assertEquals(isEven([0, 1, 3]), false);
  assertEquals(isEven([5]), true);
});
