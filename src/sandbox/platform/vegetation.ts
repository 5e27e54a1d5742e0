import type { Box } from "./area.ts";

/** One cell of a grid over an area. */
export interface Cell {
  /** The row, from north to south. */
  readonly row: number;
  /** The column, from west to east. */
  readonly column: number;
  /** Where it is. */
  readonly box: Box;
  /** The index at its centre. */
  readonly value: number;
}

/**
 * A vegetation index at a place: a smooth field between -0.2 and 0.95 with something like woods,
 * fields and water. It is made up, and the same for the same place every time.
 */
export function vegetationIndex(longitude: number, latitude: number): number {
  const value = 0.42 + 0.26 * Math.sin(longitude * 7.3 + 1) * Math.cos(latitude * 5.1) +
    0.17 * Math.sin((longitude + latitude) * 23) + 0.08 * Math.cos(longitude * 61 - latitude * 47);
  return Math.round(Math.min(0.95, Math.max(-0.2, value)) * 10_000) / 10_000;
}

/** The cells of a square grid over an area, row by row from the north-west corner. */
export function cellsOf([west, south, east, north]: Box, size: number): Cell[] {
  const width = (east - west) / size;
  const height = (north - south) / size;
  return Array.from({ length: size * size }, (_, index) => {
    const row = Math.floor(index / size);
    const column = index % size;
    const left = west + column * width;
    const top = north - row * height;
    return {
      row,
      column,
      box: [left, top - height, left + width, top],
      value: vegetationIndex(left + width / 2, top - height / 2),
    };
  });
}
