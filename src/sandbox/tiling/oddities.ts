import type { Square } from "./assemble.ts";
import {
  type Area,
  contains,
  type Edge,
  equal,
  middleOf,
  type Outline,
  type PlanePosition,
} from "./noding.ts";

/**
 * What the service's library makes of a square of a polygon that is not valid, where that is not what is
 * there. It looks at the edges in the square alone, so a polygon with a spike at its top, which it takes
 * for one that goes the other way round, is cut inside out there; and where there is no edge, it counts
 * how often a ray crosses the rings, so that a square in two equal holes is inside.
 */
export function asLibraryHas(cut: Outline, area: Area, square: Square): Outline {
  if (!area.doubled && !area.inverted) return cut;
  const { west, south, east, north } = square;
  const isGiven = ({ order }: Edge) => order < Infinity;
  if (!cut.edges.some(isGiven)) {
    const inside = contains(area.given, [(west + east) / 2, (south + north) / 2]) ||
      area.inverted && cut.lines.some(isGiven);
    return inside ? { edges: sidesOf(square, []), lines: [] } : { edges: [], lines: cut.lines };
  }
  if (!area.inverted) return cut;
  // What lies inside is outside to the library, and so are the spikes there.
  const lines = cut.lines.filter((line) => isGiven(line) && contains(area.edges, middleOf(line)));
  return { edges: rest(cut.edges, square), lines };
}

/** The outline of what is left of a square without an area in it. */
function rest(edges: readonly Edge[], square: Square): Edge[] {
  const { west, south, east, north } = square;
  const isOnSide = ({ from, to }: Edge) =>
    from[0] === to[0] && (from[0] === west || from[0] === east) ||
    from[1] === to[1] && (from[1] === south || from[1] === north);
  const covered = edges.filter(isOnSide);
  const free = sidesOf(square, edges.flatMap(({ from, to }) => [from, to])).filter((side) =>
    !covered.some(({ from, to }) => equal(from, side.from) && equal(to, side.to))
  );
  const inner = edges.filter((edge) => !isOnSide(edge)).map(({ from, to, order, forward }) => ({
    from: to,
    to: from,
    order,
    forward: !forward,
  }));
  return [...inner, ...free];
}

/** The sides of a square, counter-clockwise, broken at the positions that are on them. */
function sidesOf(
  { west, south, east, north }: Square,
  positions: readonly PlanePosition[],
): Edge[] {
  const upwards = (axis: 0 | 1, at: number) => {
    const other = axis === 0 ? 1 : 0;
    return positions.filter((position) => position[axis] === at)
      .sort((a, b) => a[other] - b[other]);
  };
  const stops: PlanePosition[] = [
    [west, south],
    ...upwards(1, south),
    [east, south],
    ...upwards(0, east),
    [east, north],
    ...upwards(1, north).reverse(),
    [west, north],
    ...upwards(0, west).reverse(),
    [west, south],
  ];
  return stops.slice(1).flatMap((to, index) => {
    const from = stops[index] ?? to;
    return equal(from, to) ? [] : [{ from, to, order: Infinity, forward: true }];
  });
}
