import type { Point } from "../../map/projection.ts";

/** How the pixels of a picture find those of a raster. */
export interface WarpOptions {
  /** The columns of the picture. */
  readonly width: number;
  /** The rows of the picture. */
  readonly height: number;
  /** The place in the middle of a pixel of the picture, or at any part of one. */
  readonly placeAt: (x: number, y: number) => Point;
  /** The column and row of the raster at a place. */
  readonly toPixel: (longitude: number, latitude: number) => readonly [number, number];
  /** The columns of the raster. */
  readonly columns: number;
  /** The rows of the raster. */
  readonly rows: number;
}

/** The distance of the points at which coordinates are reckoned exactly, in pixels of the picture. */
const CELL = 16;

/** How far from the truth a pixel may be found, in pixels of the raster. */
const TOLERANCE = 0.05;

/**
 * For each pixel of a picture the index of the raster's pixel that lies there, -1 where none does. Coordinates are
 * reckoned at the corners of cells and between them where that is exact enough, else for each pixel.
 */
export function warp(options: WarpOptions): Int32Array {
  const { width, height, placeAt, toPixel, columns, rows } = options;
  const exact = (x: number, y: number) => toPixel(...placeAt(x, y));
  const across = Math.ceil(width / CELL) + 1, down = Math.ceil(height / CELL) + 1;
  const corners: (readonly [number, number])[] = [];
  for (let j = 0; j < down; j++) {
    for (let i = 0; i < across; i++) corners.push(exact(i * CELL, j * CELL));
  }
  const found = new Int32Array(width * height).fill(-1);
  const put = (x: number, y: number, column: number, row: number) => {
    if (column >= 0 && column < columns && row >= 0 && row < rows) {
      found[y * width + x] = Math.floor(row) * columns + Math.floor(column);
    }
  };
  for (let j = 0; j < down - 1; j++) {
    for (let i = 0; i < across - 1; i++) {
      const at = j * across + i;
      const cell = [corners[at], corners[at + 1], corners[at + across], corners[at + across + 1]];
      const between = interpolation(cell);
      const middle = exact((i + 0.5) * CELL, (j + 0.5) * CELL);
      const guess = between?.(0.5, 0.5);
      // What is off by less than a tenth of a pixel of the picture is not seen either.
      const isFine = guess !== undefined &&
        Math.abs(guess[0] - middle[0]) < TOLERANCE && Math.abs(guess[1] - middle[1]) < TOLERANCE;
      for (let y = j * CELL; y < Math.min(height, (j + 1) * CELL); y++) {
        for (let x = i * CELL; x < Math.min(width, (i + 1) * CELL); x++) {
          const [column, row] = isFine && between !== undefined
            ? between((x + 0.5) / CELL - i, (y + 0.5) / CELL - j)
            : exact(x + 0.5, y + 0.5);
          put(x, y, column, row);
        }
      }
    }
  }
  return found;
}

/** A value between four corners; nothing where a corner has none. */
function interpolation(
  [a, b, c, d]: readonly (readonly [number, number] | undefined)[],
): ((u: number, v: number) => readonly [number, number]) | undefined {
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  if (![a, b, c, d].every(([x, y]) => Number.isFinite(x) && Number.isFinite(y))) return undefined;
  const at = (part: 0 | 1, u: number, v: number) =>
    a[part] * (1 - u) * (1 - v) + b[part] * u * (1 - v) + c[part] * (1 - u) * v + d[part] * u * v;
  return (u, v) => [at(0, u, v), at(1, u, v)];
}
