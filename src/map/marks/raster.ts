import type { PlaneLine, Shape } from "./shapes.ts";
import type { View } from "../view.ts";

/** What a merged map is drawn from: square cells, each of the class of the last shape that covers it. */
export interface Raster {
  /** The side of a cell in pixels. */
  readonly cell: number;
  /** The cells of each class as the path of an SVG, in cells. */
  readonly paths: ReadonlyMap<string, string>;
}

/** The sizes of cells to try, from fine to coarse. */
const CELLS = [2, 3, 4];

/**
 * Merges shapes into the cells of a raster and those into rectangles. Ten thousand tiles are a few pixels each: what
 * touches and is alike becomes one, and what is drawn has an upper bound, whatever the shapes.
 *
 * @param shapes in the order in which they are painted, each with its class.
 * @param room the most characters that the paths should take.
 */
export function rasterOf(
  shapes: readonly (readonly [shape: Shape, name: string])[],
  view: View,
  room: number,
): Raster {
  let raster: Raster = { cell: 1, paths: new Map() };
  for (const cell of CELLS) {
    raster = { cell, paths: merge(paint(shapes, view, cell)) };
    let length = 0;
    for (const path of raster.paths.values()) length += path.length;
    if (length <= room) break;
  }
  return raster;
}

/** Cells row by row from the upper left; 0 is none, else the class's place in the list, from 1. */
interface Grid {
  readonly width: number;
  readonly height: number;
  readonly cells: Uint8Array;
  readonly names: readonly string[];
}

function paint(
  shapes: readonly (readonly [shape: Shape, name: string])[],
  { width, height, scale, origin }: View,
  cell: number,
): Grid {
  const names: string[] = [];
  const columns = Math.ceil(width / cell);
  const rows = Math.ceil(height / cell);
  const cells = new Uint8Array(columns * rows);
  const toCells = (line: PlaneLine) => {
    const placed: number[] = [];
    for (let index = 0; index < line.length; index += 2) {
      placed.push(
        (origin[0] + scale * (line[index] ?? 0)) / cell,
        (origin[1] - scale * (line[index + 1] ?? 0)) / cell,
      );
    }
    return placed;
  };
  const set = (x: number, y: number, value: number) => {
    if (x >= 0 && x < columns && y >= 0 && y < rows) cells[y * columns + x] = value;
  };
  for (const [{ rings, lines }, name] of shapes) {
    let value = names.indexOf(name) + 1;
    if (value === 0) value = names.push(name);
    const areas = rings.map(toCells);
    const filled = fill(areas, { width: columns, height: rows, cells, value });
    const [x, y] = filled ? [] : middleOf(areas[0] ?? []);
    if (x !== undefined && y !== undefined) set(Math.floor(x), Math.floor(y), value);
    for (const line of lines) trace(toCells(line), (x, y) => set(x, y, value));
  }
  return { width: columns, height: rows, cells, names };
}

/** Sets every cell whose middle lies within the rings; tells whether there was one. */
function fill(
  rings: readonly (readonly number[])[],
  { width, height, cells, value }: Pick<Grid, "width" | "height" | "cells"> & { value: number },
): boolean {
  let [top, bottom] = [Infinity, -Infinity];
  for (const ring of rings) {
    for (let index = 1; index < ring.length; index += 2) {
      const y = ring[index] ?? 0;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  let filled = false;
  const crossings: number[] = [];
  const end = Math.min(height - 1, Math.floor(bottom));
  for (let row = Math.max(0, Math.floor(top)); row <= end; row++) {
    crossings.length = 0;
    for (const ring of rings) addCrossings(ring, row + 0.5, crossings);
    if (crossings.length > 2) crossings.sort((a, b) => a - b);
    for (let index = 0; index + 1 < crossings.length; index += 2) {
      const [a = 0, b = 0] = [crossings[index], crossings[index + 1]];
      const from = Math.max(0, Math.ceil(Math.min(a, b) - 0.5));
      const to = Math.min(width, Math.ceil(Math.max(a, b) - 0.5));
      if (from >= to) continue;
      cells.fill(value, row * width + from, row * width + to);
      filled = true;
    }
  }
  return filled;
}

function addCrossings(ring: readonly number[], y: number, crossings: number[]): void {
  let x0 = ring[ring.length - 2] ?? 0;
  let y0 = ring[ring.length - 1] ?? 0;
  for (let index = 0; index < ring.length; index += 2) {
    const x1 = ring[index] ?? 0;
    const y1 = ring[index + 1] ?? 0;
    if ((y0 <= y) !== (y1 <= y)) crossings.push(x0 + (y - y0) / (y1 - y0) * (x1 - x0));
    x0 = x1;
    y0 = y1;
  }
}

function trace(line: readonly number[], set: (x: number, y: number) => void): void {
  let [x0 = 0, y0 = 0] = line;
  for (let index = 0; index < line.length; index += 2) {
    const [x1 = 0, y1 = 0] = [line[index], line[index + 1]];
    const steps = Math.max(1, Math.ceil(2 * Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))));
    for (let step = 0; step <= steps; step++) {
      set(
        Math.floor(x0 + (x1 - x0) * step / steps),
        Math.floor(y0 + (y1 - y0) * step / steps),
      );
    }
    [x0, y0] = [x1, y1];
  }
}

function middleOf(ring: readonly number[]): [x: number | undefined, y: number | undefined] {
  const [x, y] = ring;
  if (x === undefined || y === undefined) return [undefined, undefined];
  let [left, top, right, bottom] = [x, y, x, y];
  for (let index = 2; index < ring.length; index += 2) {
    left = Math.min(left, ring[index] ?? left);
    right = Math.max(right, ring[index] ?? right);
    top = Math.min(top, ring[index + 1] ?? top);
    bottom = Math.max(bottom, ring[index + 1] ?? bottom);
  }
  return [(left + right) / 2, (top + bottom) / 2];
}

/** Cells that are alike as rectangles: a run of a row, and as many rows below as have the same run. */
function merge({ width, height, cells, names }: Grid): Map<string, string> {
  const paths = names.map(() => ({ x: 0, y: 0, parts: [] as string[] }));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = cells[y * width + x] ?? 0;
      const path = paths[value - 1];
      if (path === undefined) continue;
      let end = x + 1;
      while (end < width && cells[y * width + end] === value) end++;
      let bottom = y + 1;
      while (bottom < height && isRun(cells, bottom * width + x, end - x, value)) bottom++;
      for (let row = y; row < bottom; row++) cells.fill(0, row * width + x, row * width + end);
      const [right, down] = [end - x, bottom - y];
      path.parts.push(
        `m${x - path.x}${y < path.y ? "" : " "}${y - path.y}h${right}v${down}h-${right}z`,
      );
      [path.x, path.y] = [x, y];
      x = end - 1;
    }
  }
  return new Map(paths.map(({ parts }, index) => [names[index] ?? "", parts.join("")]));
}

function isRun(cells: Uint8Array, start: number, length: number, value: number): boolean {
  for (let index = start; index < start + length; index++) {
    if (cells[index] !== value) return false;
  }
  return true;
}
