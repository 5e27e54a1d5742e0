import { assertEquals } from "@std/assert";
import { outlineOf, type PlanePosition } from "../../../src/sandbox/tiling/noding.ts";
import { asLibraryHas } from "../../../src/sandbox/tiling/oddities.ts";
import { test } from "../../support/test.ts";

const BOX: PlanePosition[] = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]];
const NOTHING = { edges: [], lines: [] };

test("asLibraryHas() leaves what is in order as it is", () => {
  const square = { west: 0, south: 0, east: 4, north: 4 };
  const area = outlineOf([BOX]);
  assertEquals(asLibraryHas(area, area, square), area);
});

test("asLibraryHas() counts a square in two equal holes as inside, in one as outside", () => {
  const hole: PlanePosition[] = [[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]];
  const square = { west: 1.5, south: 1.5, east: 2, north: 2 };
  const inside = asLibraryHas(NOTHING, outlineOf([BOX, hole, hole]), square);
  assertEquals(inside.edges.length, 4);
  assertEquals(asLibraryHas(NOTHING, outlineOf([BOX, hole]), square).edges, []);
});

test("asLibraryHas() turns a square with a spike at the top inside out", () => {
  const spike: PlanePosition[] = [[0, 0], [4, 0], [4, 4], [5, 6], [4, 4], [0, 4], [0, 0]];
  const area = outlineOf([spike]);
  const { edges } = asLibraryHas(area, area, { west: 0, south: 0, east: 6, north: 6 });
  const sum = edges.reduce((sum, { from, to }) => sum + from[0] * to[1] - to[0] * from[1], 0);
  assertEquals(sum / 2, 36 - 16);
});
