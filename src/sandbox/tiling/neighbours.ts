import { boundsOf } from "../../geo/box.ts";
/** A straight piece of anything on a plane. */
interface Segment {
  readonly from: readonly [x: number, y: number, z?: number];
  readonly to: readonly [x: number, y: number, z?: number];
}

/** How many edges there are for each cell of the grid. */
const EDGES_A_CELL = 2;

/**
 * How many pairs are looked at. Only a polygon of very many, very thin teeth has more, and is then taken
 * to be as it should.
 */
const MAX_PAIRS = 5_000_000;

/** Calls back with every two edges that are close to each other; with some of them more than once. */
export function neighbours<Edge extends Segment>(
  edges: readonly Edge[],
  onPair: (a: Edge, b: Edge) => void,
): void {
  let left = MAX_PAIRS;
  for (const cell of cellsOf(edges)) {
    for (const [at, a] of cell.entries()) {
      for (let other = 0; other < at; other++) {
        if (left-- === 0) return;
        const b = cell[other];
        if (b !== undefined && !areApart(a, b)) onPair(a, b);
      }
    }
  }
}

/** The edges by the cells of a grid that they pass through. */
function cellsOf<Edge extends Segment>(edges: readonly Edge[]): Iterable<readonly Edge[]> {
  const [west, south, east, north] = boundsOf(edges.map(({ from }) => from));
  const count = Math.max(1, Math.floor(Math.sqrt(edges.length / EDGES_A_CELL)));
  const columnOf = (x: number) => Math.floor((x - west) / (east - west || 1) * count);
  const rowOf = (y: number) => Math.floor((y - south) / (north - south || 1) * count);
  const cells = new Map<number, Edge[]>();
  for (const edge of edges) {
    const [[x1, y1], [x2, y2]] = edge.from[0] <= edge.to[0]
      ? [edge.from, edge.to]
      : [edge.to, edge.from];
    const [first, last] = [columnOf(x1), columnOf(x2)];
    const heightAt = (column: number) =>
      y1 + (west + column * (east - west) / count - x1) / (x2 - x1) * (y2 - y1);
    for (let column = first; column <= last; column++) {
      const a = column === first ? y1 : heightAt(column);
      const b = column === last ? y2 : heightAt(column + 1);
      // Rounding may put a crossing of two cells' border on its other side: one row more, to be safe.
      const top = Math.min(rowOf(Math.max(a, b)) + 1, rowOf(Math.max(y1, y2)));
      const bottom = Math.max(rowOf(Math.min(a, b)) - 1, rowOf(Math.min(y1, y2)));
      for (let row = bottom; row <= top; row++) {
        const key = column * (count + 1) + row;
        const cell = cells.get(key);
        if (cell === undefined) cells.set(key, [edge]);
        else cell.push(edge);
      }
    }
  }
  return cells.values();
}

function areApart({ from: a, to: b }: Segment, { from: c, to: d }: Segment): boolean {
  return Math.max(a[0], b[0]) < Math.min(c[0], d[0]) ||
    Math.max(c[0], d[0]) < Math.min(a[0], b[0]) ||
    Math.max(a[1], b[1]) < Math.min(c[1], d[1]) || Math.max(c[1], d[1]) < Math.min(a[1], b[1]);
}
