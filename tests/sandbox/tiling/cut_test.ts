import { assertEquals } from "@std/assert";
import { cutAlong } from "../../../src/sandbox/tiling/cut.ts";
import { type Outline, outlineOf, type PlanePosition } from "../../../src/sandbox/tiling/noding.ts";
import { test } from "../../support/test.ts";

const SQUARE: PlanePosition[] = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]];

function areaOf({ edges }: Outline): number {
  return edges.reduce((sum, { from, to }) => sum + from[0] * to[1] - to[0] * from[1], 0) / 2;
}

test("cutAlong() closes both halves along the line", () => {
  const { low, high } = cutAlong(outlineOf([SQUARE]), { axis: 0, at: 1 });
  assertEquals([areaOf(low), areaOf(high), low.lines, high.lines], [4, 12, [], []]);
  const rows = cutAlong(high, { axis: 1, at: 3 });
  assertEquals([areaOf(rows.low), areaOf(rows.high)], [9, 3]);
});

test("cutAlong() gives the other half the line or point in which it is touched", () => {
  const beside = cutAlong(outlineOf([SQUARE]), { axis: 0, at: 4 }).high;
  assertEquals(beside.edges, []);
  assertEquals(beside.lines.map(({ from, to }) => [from, to]), [[[4, 0], [4, 4]]]);
  const tip: PlanePosition[] = [[0, 0], [4, 2], [0, 4], [0, 0]];
  const at = cutAlong(outlineOf([tip]), { axis: 0, at: 4 }).high;
  assertEquals(at.lines.map(({ from, to }) => [from, to]), [[[4, 2], [4, 2]]]);
});

test("cutAlong() gives a cut edge the height between its ends", () => {
  const ramp: PlanePosition[] = [[0, 0, 0], [4, 0, 8], [4, 4, 8], [0, 4, 0], [0, 0, 0]];
  const { low } = cutAlong(outlineOf([ramp]), { axis: 0, at: 1 });
  assertEquals(low.edges.flatMap(({ to: [x, , z] }) => x === 1 ? [z] : []), [2, 2]);
});
