import { assertEquals, assertThrows } from "@std/assert";
import type { Position } from "../../../src/models/geojson.ts";
import { cutter, type PlanePosition, TopologyError } from "../../../src/sandbox/tiling/overlay.ts";
import { test } from "../../support/test.ts";

const asIs = ([x, y, z]: PlanePosition): Position => z === undefined ? [x, y] : [x, y, z];

test("cutter() cuts a polygon into more than one piece", async () => {
  const comb: PlanePosition[] = [[0, 0], [5, 0], [5, 4], [4, 4], [4, 1], [1, 1], [1, 4], [0, 4], [
    0,
    0,
  ]];
  const { cut } = await cutter([comb]);
  const piece = cut({ x: 0, y: 2, size: 5 }, asIs);
  assertEquals(piece?.type, "MultiPolygon");
  assertEquals(cut({ x: 2, y: 2, size: 1 }, asIs), undefined);
});

test("cutter() finds points and lines where a square only touches", async () => {
  const { cut } = await cutter([[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]);
  assertEquals(cut({ x: 2, y: 2, size: 1 }, asIs), { type: "Point", coordinates: [2, 2] });
  assertEquals(cut({ x: 2, y: 0, size: 1 }, asIs)?.type, "LineString");
  const spikes: PlanePosition[] = [[0, 0], [2, 1], [0, 2], [2, 3], [0, 4], [-1, 2], [0, 0]];
  const touching = (await cutter([spikes])).cut({ x: 2, y: 0, size: 4 }, asIs);
  assertEquals(touching, { type: "MultiPoint", coordinates: [[2, 1], [2, 3]] });
});

test("cutter() keeps holes", async () => {
  const hole: PlanePosition[] = [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]];
  const { cut } = await cutter([[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]], hole]);
  const piece = cut({ x: 0, y: 0, size: 3 }, asIs);
  assertEquals(piece?.type === "Polygon" && piece.coordinates.length, 2);
});

test("cutter() refuses a polygon that crosses itself", async () => {
  const { cut } = await cutter([[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]);
  assertThrows(() => cut({ x: 0, y: 0, size: 1 }, asIs), TopologyError, "conflict at 1 1");
});

test("cutter() gives corners of its own the mean height", async () => {
  const { cut } = await cutter([[[0, 0, 1], [4, 0, 1], [4, 4, 3], [0, 4, 3], [0, 0, 1]]]);
  const piece = cut({ x: 1, y: 1, size: 1 }, asIs);
  const heights = piece?.type === "Polygon" ? piece.coordinates.flat().map(([, , z]) => z) : [];
  assertEquals(heights.length, 5);
  assertEquals(heights.every((height) => height !== undefined && height > 0 && height < 4), true);
});
