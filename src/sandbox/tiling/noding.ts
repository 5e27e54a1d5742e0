import { orient2d } from "robust-predicates";
import { neighbours } from "./neighbours.ts";

/** A position on a plane; the third number, if any, is its height. */
export type PlanePosition = readonly [x: number, y: number, z?: number];

/** A polygon that cannot be cut, in the words of the geometry library that the service uses. */
export class TopologyError extends Error {
  override name = "TopologyError";
}

/** A straight piece of an outline. */
export interface Edge {
  /** Where it begins. */
  readonly from: PlanePosition;
  /** Where it ends. */
  readonly to: PlanePosition;
  /** Which piece of the polygon, as it was given, it is of; infinite for what a cut added. */
  readonly order: number;
  /** Whether it goes the way that the polygon was given. */
  readonly forward: boolean;
}

/** An area: its outline with the inside to the left, and lines where it has shrunk to one. */
export interface Outline {
  /** The outline: at every position as many edges end as begin. */
  readonly edges: readonly Edge[];
  /** Lines, and points as lines without length, that belong to the area and are no part of its outline. */
  readonly lines: readonly Edge[];
}

/** A polygon, ready to be cut. */
export interface Area extends Outline {
  /** Every edge that was given, those that lie on each other too. */
  readonly given: readonly Edge[];
  /** Whether edges lie on each other that go the same way, as those of two equal holes do. */
  readonly doubled: boolean;
  /** Whether the library takes the inside for the outside; see {@linkcode isCounterClockwise}. */
  readonly inverted: boolean;
}

/**
 * The outline of a polygon. Edges that lie on each other are one, or, if they go opposite ways, none (a
 * spike, a hole along the shell): what such a pair leaves outside of the area is kept as a line.
 *
 * @throws {TopologyError} if the polygon crosses itself.
 */
export function outlineOf(rings: readonly (readonly PlanePosition[])[]): Area {
  const given: Edge[] = [];
  let inverted = false;
  for (const [index, ring] of rings.entries()) {
    const positive = signedArea(ring) > 0;
    const insideLeft = positive === (index === 0);
    for (const [at, from] of ring.entries()) {
      const to = ring[at + 1];
      const order = given.length;
      if (to === undefined || equal(from, to)) continue;
      given.push(
        insideLeft
          ? { from, to, order, forward: true }
          : { from: to, to: from, order, forward: false },
      );
    }
    if (isCounterClockwise(ring) === positive) continue;
    const [[x, y] = [0, 0]] = ring;
    if (rings.length > 1) throw conflictAt(x, y);
    inverted = true;
  }
  const { single, pairs, doubled } = united(given);
  const breaks = breaksOf(single, pairs);
  const pieces = [...single, ...pairs].flatMap((edge) => broken(edge, breaks.get(edge)));
  const rest = united([
    ...pieces,
    ...pairs.flatMap((edge) => broken(edge, breaks.get(edge)).map(turned)),
  ]);
  return {
    edges: rest.single,
    lines: rest.pairs.filter((edge) => inverted || !contains(rest.single, middleOf(edge))),
    given,
    doubled: doubled || rest.doubled,
    inverted,
  };
}

/**
 * Which way round the library thinks a ring goes: it looks at the highest position alone, and takes a
 * spike there for clockwise. A polygon with such a spike is cut inside out.
 */
export function isCounterClockwise(ring: readonly PlanePosition[]): boolean {
  const positions = ring.slice(0, -1);
  const at = (index: number) => positions[index % positions.length] ?? [NaN, NaN];
  let top: number | undefined;
  for (let index = 1; index <= positions.length; index++) {
    const [y, highest] = [at(index)[1], at(top ?? 0)[1]];
    if (y > at(index - 1)[1] && y >= highest) top = index;
  }
  if (top === undefined) return false;
  let below = top + 1;
  while (below < top + positions.length && at(below)[1] === at(top)[1]) below++;
  const [before, first, last, after] = [at(top - 1), at(top), at(below - 1), at(below)];
  if (!equal(first, last)) return last[0] < first[0];
  return !equal(before, after) &&
    orient2d(before[0], before[1], first[0], first[1], after[0], after[1]) < 0;
}

/** Twice the area of a ring, positive if it goes counter-clockwise. */
export function signedArea(ring: readonly PlanePosition[]): number {
  const [origin = [0, 0]] = ring;
  let sum = 0;
  for (const [at, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[at + 1] ?? origin;
    sum += (x - origin[0]) * (nextY - origin[1]) - (nextX - origin[0]) * (y - origin[1]);
  }
  return sum;
}

/** Whether two positions are the same on the plane. */
export function equal(a: PlanePosition, b: PlanePosition): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** A position as a key. */
export function keyOf([x, y]: PlanePosition): string {
  return `${x},${y}`;
}

/**
 * The positions at which edges have to be broken because others end there, or, for the edges of pairs
 * that amount to none, because others cross them.
 */
function breaksOf(
  single: readonly Edge[],
  pairs: readonly Edge[],
): ReadonlyMap<Edge, readonly PlanePosition[]> {
  const paired = new Set(pairs);
  const breaks = new Map<Edge, PlanePosition[]>();
  const note = (edge: Edge, position: PlanePosition) => {
    if (!isInside(edge, position)) return;
    const known = breaks.get(edge);
    if (known === undefined) breaks.set(edge, [position]);
    else known.push(position);
  };
  neighbours([...single, ...pairs], (a, b) => {
    const [first, second] = [sideOf(a, b.from), sideOf(a, b.to)];
    const [third, fourth] = [sideOf(b, a.from), sideOf(b, a.to)];
    if (first * second < 0 && third * fourth < 0) {
      const crossing = crossingOf(a, b);
      if (!paired.has(a) && !paired.has(b)) throw conflictAt(...crossing);
      for (const edge of [a, b]) if (paired.has(edge)) note(edge, crossing);
    }
    if (first === 0) note(a, b.from);
    if (second === 0) note(a, b.to);
    if (third === 0) note(b, a.from);
    if (fourth === 0) note(b, a.to);
  });
  return breaks;
}

/** On which side of an edge a position is: the sign, exactly; 0 on its line. */
function sideOf({ from, to }: Edge, [x, y]: PlanePosition): number {
  return Math.sign(orient2d(from[0], from[1], to[0], to[1], x, y));
}

/** Whether a position on an edge's line is on the edge, its ends left out. */
function isInside({ from, to }: Edge, position: PlanePosition): boolean {
  const axis = from[0] === to[0] ? 1 : 0;
  const [a, b, at] = [from[axis], to[axis], position[axis]];
  return Math.min(a, b) < at && at < Math.max(a, b);
}

function crossingOf(
  { from: [x1, y1], to: [x2, y2] }: Edge,
  { from: [x3, y3], to: [x4, y4] }: Edge,
): [x: number, y: number] {
  const share = ((x3 - x1) * (y4 - y3) - (y3 - y1) * (x4 - x3)) /
    ((x2 - x1) * (y4 - y3) - (y2 - y1) * (x4 - x3));
  return [x1 + share * (x2 - x1), y1 + share * (y2 - y1)];
}

function conflictAt(x: number, y: number): TopologyError {
  return new TopologyError(
    `TopologyException: side location conflict at ${x} ${y}. This can occur if the input geometry is invalid.`,
  );
}

/** Edges that lie on each other as one, or as a pair that goes both ways. */
function united(given: readonly Edge[]) {
  const pieces = new Map<string, { readonly edge: Edge; sum: number }>();
  let doubled = false;
  for (const edge of given) {
    const there = pieces.get(`${keyOf(edge.from)} ${keyOf(edge.to)}`);
    const back = pieces.get(`${keyOf(edge.to)} ${keyOf(edge.from)}`);
    if (there !== undefined) there.sum++;
    else if (back !== undefined) back.sum--;
    else pieces.set(`${keyOf(edge.from)} ${keyOf(edge.to)}`, { edge, sum: 1 });
  }
  const [single, pairs]: [Edge[], Edge[]] = [[], []];
  for (const { edge, sum } of pieces.values()) {
    if (sum === 0) pairs.push(edge);
    else single.push(sum > 0 ? edge : turned(edge));
    if (Math.abs(sum) > 1) doubled = true;
  }
  return { single, pairs, doubled };
}

/** An edge the other way round. */
export function turned({ from, to, order, forward }: Edge): Edge {
  return { from: to, to: from, order, forward: !forward };
}

function broken(edge: Edge, breaks: readonly PlanePosition[] = []): Edge[] {
  if (breaks.length === 0) return [edge];
  const { from, to } = edge;
  const axis = from[0] === to[0] ? 1 : 0;
  const direction = Math.sign(to[axis] - from[axis]);
  const stops = [...breaks].sort((a, b) => (a[axis] - b[axis]) * direction);
  const all = [from, ...stops, to].filter((stop, at, { [at - 1]: last }) =>
    last === undefined || !equal(stop, last)
  );
  return all.slice(1).map((stop, at) => ({ ...edge, from: all[at] ?? from, to: stop }));
}

/** The middle of an edge. */
export function middleOf({ from, to }: Edge): PlanePosition {
  return [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
}

/** Whether a position is inside an outline. */
export function contains(edges: readonly Edge[], [x, y]: PlanePosition): boolean {
  let inside = false;
  for (const { from: [x1, y1], to: [x2, y2] } of edges) {
    if ((y1 > y) !== (y2 > y) && x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)) inside = !inside;
  }
  return inside;
}
