import type { Transformation } from "../raster/crs/crs.ts";

/** The coordinates of the middles of cells, row by row. */
export interface CellPlaces {
  readonly columns: number;
  readonly rows: number;
  readonly longitudes: ArrayLike<number>;
  readonly latitudes: ArrayLike<number>;
}

/** In so many steps a place is looked for: each halves what is left by far more than the half. */
const STEPS = 12;

/** Nearer than this to its place, in cells, a place is found. */
const NEAR = 1e-4;

/**
 * The way from columns and rows to degrees of cells that lie as they like, each where two tables say: between the
 * middles of cells in proportion, and beyond the outermost ones straight on.
 */
export function betweenCells({ columns, rows, longitudes, latitudes }: CellPlaces): Transformation {
  const middle = longitudes[Math.floor(rows / 2) * columns + Math.floor(columns / 2)] ?? 0;
  // Beside each other they are beside each other, over the antimeridian too.
  const longitudeAt = (at: number) => {
    const longitude = longitudes[at] ?? NaN;
    return longitude - Math.round((longitude - middle) / 360) * 360;
  };
  const cell = (column: number, row: number) => {
    const left = Math.max(0, Math.min(columns - 2, Math.floor(column)));
    const top = Math.max(0, Math.min(rows - 2, Math.floor(row)));
    const corners = [0, 1, columns, columns + 1].map((step) => {
      const at = top * columns + left + step;
      return [longitudeAt(at), latitudes[at] ?? NaN] as const;
    });
    return { corners, u: column - left, v: row - top };
  };
  const toDegrees = (column: number, row: number): readonly [number, number] => {
    const { corners: [a, b, c, d], u, v } = cell(column, row);
    if (a === undefined || b === undefined || c === undefined || d === undefined) return [NaN, NaN];
    const part = (axis: 0 | 1) =>
      a[axis] * (1 - u) * (1 - v) + b[axis] * u * (1 - v) + c[axis] * (1 - u) * v +
      d[axis] * u * v;
    return [part(0), part(1)];
  };
  return {
    name: "the places of its cells",
    toDegrees,
    fromDegrees(longitude, latitude) {
      const near = longitude - Math.round((longitude - middle) / 360) * 360;
      let column = (columns - 1) / 2, row = (rows - 1) / 2;
      for (let step = 0; step < STEPS; step++) {
        const [x, y] = toDegrees(column, row);
        const [xc, yc] = toDegrees(column + 1, row), [xr, yr] = toDegrees(column, row + 1);
        const [a, b, c, d] = [xc - x, xr - x, yc - y, yr - y];
        const whole = a * d - b * c;
        const [dx, dy] = [near - x, latitude - y];
        const [dc, dr] = [(d * dx - b * dy) / whole, (a * dy - c * dx) / whole];
        if (!Number.isFinite(dc) || !Number.isFinite(dr)) return [NaN, NaN];
        // From far outside a step leads anywhere: the grid is gone along, not left.
        column = Math.max(-columns, Math.min(2 * columns, column + dc));
        row = Math.max(-rows, Math.min(2 * rows, row + dr));
        if (Math.hypot(dc, dr) < NEAR) return [column, row];
      }
      return [NaN, NaN];
    },
  };
}

/** Coordinates whose steps are not all alike, as columns or rows: between two in proportion, beyond straight on. */
export function alongAxis(values: readonly number[]): {
  valueAt(index: number): number;
  indexOf(value: number): number;
} {
  const last = values.length - 1;
  const rises = (values[last] ?? 0) >= (values[0] ?? 0);
  const step = (at: number) => (values[at + 1] ?? NaN) - (values[at] ?? NaN);
  return {
    valueAt(index) {
      const at = Math.max(0, Math.min(last - 1, Math.floor(index)));
      return (values[at] ?? NaN) + (index - at) * step(at);
    },
    indexOf(value) {
      let low = 0, high = last;
      while (high - low > 1) {
        const half = (low + high) >> 1;
        if ((values[half] ?? NaN) <= value === rises) low = half;
        else high = half;
      }
      return low + (value - (values[low] ?? NaN)) / step(low);
    },
  };
}

/** Whether the steps between coordinates are all alike, to within a hundredth. */
export function isEven(values: readonly number[]): boolean {
  if (values.length < 2) return true;
  const step = ((values.at(-1) ?? NaN) - (values[0] ?? NaN)) / (values.length - 1);
  return values.every((value, index) =>
    Math.abs(value - (values[0] ?? NaN) - index * step) <= Math.abs(step) / 100
  );
}
