import { assertEquals } from "@std/assert";
import type { Geometry, Position } from "../../../src/models/geojson/geojson.ts";
import { assemble } from "../../../src/sandbox/tiling/assemble.ts";
import { cutAlong } from "../../../src/sandbox/tiling/cut.ts";
import { outlineOf, type PlanePosition } from "../../../src/sandbox/tiling/noding.ts";
import { test } from "../../support/test.ts";

const asIs = ([x, y, z]: PlanePosition): Position => z === undefined ? [x, y] : [x, y, z];

/** What is in the square from 0 to a size, and to the north and east without end. */
function cut(rings: PlanePosition[][], { x, y, size }: { x: number; y: number; size: number }) {
  const square = { west: x, south: y, east: x + size, north: y + size };
  const column = cutAlong(cutAlong(outlineOf(rings), { axis: 0, at: x }).high, {
    axis: 0,
    at: x + size,
  }).low;
  const row = cutAlong(cutAlong(column, { axis: 1, at: y }).high, { axis: 1, at: y + size }).low;
  return assemble(row, { square, project: asIs });
}

function ringsOf(geometry: Geometry | undefined): number[] {
  if (geometry?.type === "Polygon") return [geometry.coordinates.length];
  return geometry?.type === "MultiPolygon" ? geometry.coordinates.map(({ length }) => length) : [];
}

test("assemble() makes as many polygons as there are pieces", () => {
  const comb: PlanePosition[] = [
    [0, 0],
    [5, 0],
    [5, 4],
    [4, 4],
    [4, 1],
    [1, 1],
    [1, 4],
    [0, 4],
    [0, 0],
  ];
  assertEquals(cut([comb], { x: 0, y: 2, size: 5 })?.type, "MultiPolygon");
  assertEquals(cut([comb], { x: 2, y: 2, size: 1 }), undefined);
});

test("assemble() finds points and lines where a square only touches", () => {
  const square: PlanePosition[] = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]];
  assertEquals(cut([square], { x: 2, y: 2, size: 1 }), { type: "Point", coordinates: [2, 2] });
  assertEquals(cut([square], { x: 2, y: 0, size: 1 })?.type, "LineString");
  const spikes: PlanePosition[] = [[0, 0], [2, 1], [0, 2], [2, 3], [0, 4], [-1, 2], [0, 0]];
  assertEquals(cut([spikes], { x: 2, y: 0, size: 4 }), {
    type: "MultiPoint",
    coordinates: [[2, 1], [2, 3]],
  });
});

test("assemble() keeps holes, those that touch their shell too, with the polygon around them", () => {
  const shell: PlanePosition[] = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]];
  const hole: PlanePosition[] = [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]];
  assertEquals(ringsOf(cut([shell, hole], { x: 0, y: 0, size: 3 })), [2]);
  const touching: PlanePosition[] = [[0, 2], [2, 3], [2, 1], [0, 2]];
  assertEquals(ringsOf(cut([shell, touching], { x: 0, y: 0, size: 4 })), [2]);
});

test("assemble() parts what touches itself in a point", () => {
  const eight: PlanePosition[] = [[0, 0], [4, 0], [2, 2], [4, 4], [0, 4], [2, 2], [0, 0]];
  assertEquals(ringsOf(cut([eight], { x: 0, y: 0, size: 4 })), [1, 1]);
});

test("assemble() gives corners of its own a height between those around them", () => {
  const ramp: PlanePosition[] = [[0, 0, 1], [4, 0, 1], [4, 4, 3], [0, 4, 3], [0, 0, 1]];
  const piece = cut([ramp], { x: 1, y: 1, size: 1 });
  const heights = piece?.type === "Polygon" ? piece.coordinates.flat().map(([, , z]) => z) : [];
  assertEquals(heights, [1.5, 2, 2, 1.5, 1.5]);
});
