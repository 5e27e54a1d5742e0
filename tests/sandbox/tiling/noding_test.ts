import { assertEquals, assertThrows } from "@std/assert";
import {
  contains,
  isCounterClockwise,
  outlineOf,
  type PlanePosition,
  signedArea,
  TopologyError,
} from "../../../src/sandbox/tiling/noding.ts";
import { test } from "../../support/test.ts";

const SQUARE: PlanePosition[] = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]];

test("outlineOf() has the inside to the left, whichever way the rings go", () => {
  const hole: PlanePosition[] = [[1, 1], [2, 1], [2, 2], [1, 1]];
  for (const rings of [[SQUARE, hole], [SQUARE.toReversed(), hole.toReversed()]]) {
    const { edges, lines } = outlineOf(rings);
    const sum = edges.reduce((sum, { from, to }) => sum + from[0] * to[1] - to[0] * from[1], 0);
    assertEquals([sum / 2, edges.length, lines], [16 - 0.5, 7, []]);
    assertEquals(contains(edges, [3, 3]), true);
    assertEquals(contains(edges, [1.75, 1.25]), false);
  }
});

test("outlineOf() keeps a spike outside as a line, and none inside", () => {
  const outside: PlanePosition[] = [[0, 0], [4, 0], [6, 1], [4, 0], [4, 4], [0, 4], [0, 0]];
  const { edges, lines } = outlineOf([outside]);
  assertEquals([edges.length, lines.map(({ from, to }) => [from, to])], [4, [[[4, 0], [6, 1]]]]);
  const inside: PlanePosition[] = [[0, 0], [4, 0], [2, 1], [4, 0], [4, 4], [0, 4], [0, 0]];
  assertEquals(outlineOf([inside]).lines, []);
});

test("outlineOf() makes a line of an edge that shell and hole share", () => {
  const hole: PlanePosition[] = [[0, 1], [0, 3], [2, 3], [2, 1], [0, 1]];
  const { edges, lines } = outlineOf([SQUARE, hole]);
  assertEquals([edges.length, lines.length], [8, 1]);
});

test("outlineOf() refuses rings that cross, and no others", () => {
  const bow: PlanePosition[] = [[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]];
  assertThrows(() => outlineOf([bow]), TopologyError, "conflict at 1 1");
  const eight: PlanePosition[] = [[0, 0], [4, 0], [2, 2], [4, 4], [0, 4], [2, 2], [0, 0]];
  assertEquals(outlineOf([eight]).edges.length, 6);
});

test("isCounterClockwise() is misled by a spike at the top, as the library is", () => {
  assertEquals([isCounterClockwise(SQUARE), signedArea(SQUARE)], [true, 32]);
  assertEquals(isCounterClockwise(SQUARE.toReversed()), false);
  const spike: PlanePosition[] = [[0, 0], [4, 0], [4, 4], [5, 6], [4, 4], [0, 4], [0, 0]];
  assertEquals([isCounterClockwise(spike), signedArea(spike)], [false, 32]);
  assertEquals(outlineOf([spike]).inverted, true);
  assertThrows(() => outlineOf([spike, [[1, 1], [2, 1], [2, 2], [1, 1]]]), TopologyError);
});
