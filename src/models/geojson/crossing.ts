import type { Position } from "./geojson.ts";

/** A piece of a ring from one position to the next. */
export interface Segment {
  /** Which ring it is a piece of. */
  readonly ring: number;
  /** Where it begins, as the ring runs. */
  readonly from: Position;
  /** Where it ends. */
  readonly to: Position;
}

/** How many steps are taken before others get their turn. */
const TURN = 5_000;

/**
 * The first two pieces of rings that properly cross, found by a sweep from west to east (Shamos and Hoey): the work
 * grows with the number of pieces and not with its square, however they lie. Rings that only touch do not cross. It
 * yields now and then, so that whoever runs it can let other work have its turn.
 */
export function* findCrossing(
  rings: readonly (readonly Position[])[],
): Generator<void, readonly [Segment, Segment] | undefined> {
  const pieces = rings.flatMap(piecesOf);
  const events = pieces.flatMap((piece): Event[] => [
    { at: piece.low, piece, begins: true },
    { at: piece.high, piece, begins: false },
  ]);
  yield;
  // A piece ends before another begins at the same place: those that only meet there never stand side by side.
  events.sort((a, b) => compare(a.at, b.at) || Number(a.begins) - Number(b.begins));
  yield;
  const status = new Status();
  let steps = 0;
  for (const { piece, begins } of events) {
    if (++steps % TURN === 0) yield;
    const found = begins ? status.insert(piece) : status.remove(piece);
    if (found !== undefined) return [found[0].segment, found[1].segment];
  }
  return undefined;
}

/** A segment from its western end to its eastern one; from south to north where it runs along a meridian. */
interface Piece {
  readonly segment: Segment;
  readonly low: Position;
  readonly high: Position;
}

interface Event {
  readonly at: Position;
  readonly piece: Piece;
  readonly begins: boolean;
}

function piecesOf(positions: readonly Position[], ring: number): Piece[] {
  const pieces: Piece[] = [];
  let from = positions[0];
  for (let index = 1; index < positions.length; index++) {
    const to = positions[index];
    if (from === undefined || to === undefined) break;
    const order = compare(from, to);
    const segment = { ring, from, to };
    // What begins where it ends crosses nothing.
    if (order !== 0) {
      pieces.push(order < 0 ? { segment, low: from, high: to } : { segment, low: to, high: from });
    }
    from = to;
  }
  return pieces;
}

function compare(a: Position, b: Position): number {
  return a[0] - b[0] || a[1] - b[1];
}

/** On which side of a line a position lies: positive to the left, which is above. */
function side(from: Position, to: Position, position: Position): number {
  return (to[0] - from[0]) * (position[1] - from[1]) - (to[1] - from[1]) * (position[0] - from[0]);
}

function cross(a: Piece, b: Piece): boolean {
  return side(a.low, a.high, b.low) * side(a.low, a.high, b.high) < 0 &&
    side(b.low, b.high, a.low) * side(b.low, b.high, a.high) < 0;
}

interface Node {
  readonly piece: Piece;
  readonly priority: number;
  parent: Node | undefined;
  below: Node | undefined;
  above: Node | undefined;
}

type Pair = readonly [Piece, Piece] | undefined;

/** The pieces that the sweep line meets, from south to north: a treap, whose nodes can be removed without a search. */
class Status {
  #root: Node | undefined;
  readonly #nodes = new Map<Piece, Node>();
  #seed = 1;

  /** Puts a piece in its place; if it crosses a neighbour, both. */
  insert(piece: Piece): Pair {
    const node: Node = {
      piece,
      priority: this.#next(),
      parent: undefined,
      below: undefined,
      above: undefined,
    };
    this.#nodes.set(piece, node);
    let at = this.#root;
    let under: Node | undefined, over: Node | undefined;
    while (at !== undefined) {
      node.parent = at;
      if (isAbove(at.piece, piece)) {
        under = at;
        at = at.above;
      } else {
        over = at;
        at = at.below;
      }
    }
    const { parent } = node;
    if (parent === undefined) this.#root = node;
    else if (parent === under) parent.above = node;
    else parent.below = node;
    while (node.parent !== undefined && node.parent.priority < node.priority) {
      this.#rotateUp(node);
    }
    return crossing(under, node) ?? crossing(over, node);
  }

  /** Takes a piece out; if the neighbours that it leaves cross, both. */
  remove(piece: Piece): Pair {
    const node = this.#nodes.get(piece);
    if (node === undefined) return undefined;
    this.#nodes.delete(piece);
    const under = neighbour(node, "below", "above");
    const over = neighbour(node, "above", "below");
    for (;;) {
      const { below, above } = node;
      const child = below === undefined || (above !== undefined && above.priority > below.priority)
        ? above
        : below;
      if (child === undefined) break;
      this.#rotateUp(child);
    }
    this.#replace(node, undefined);
    return under === undefined ? undefined : crossing(over, under);
  }

  #rotateUp(node: Node): void {
    const parent = node.parent;
    if (parent === undefined) return;
    this.#replace(parent, node);
    if (parent.below === node) {
      parent.below = node.above;
      if (node.above !== undefined) node.above.parent = parent;
      node.above = parent;
    } else {
      parent.above = node.below;
      if (node.below !== undefined) node.below.parent = parent;
      node.below = parent;
    }
    parent.parent = node;
  }

  #replace(node: Node, other: Node | undefined): void {
    const { parent } = node;
    if (parent === undefined) this.#root = other;
    else if (parent.below === node) parent.below = other;
    else parent.above = other;
    if (other !== undefined) other.parent = parent;
  }

  /** Chance is not wanted here, only numbers without order (xorshift). */
  #next(): number {
    this.#seed ^= this.#seed << 13;
    this.#seed ^= this.#seed >>> 17;
    this.#seed ^= this.#seed << 5;
    return this.#seed;
  }
}

/** Whether a piece that begins lies above another, or, where it begins on it, goes on above it. */
function isAbove(other: Piece, piece: Piece): boolean {
  return (side(other.low, other.high, piece.low) || side(other.low, other.high, piece.high)) >= 0;
}

function crossing(a: Node | undefined, b: Node): Pair {
  return a !== undefined && cross(a.piece, b.piece) ? [a.piece, b.piece] : undefined;
}

/** The next piece in one direction: the nearest one that way below the node, or else above it in the tree. */
function neighbour(node: Node, way: "below" | "above", back: "below" | "above"): Node | undefined {
  let at = node[way];
  if (at !== undefined) {
    while (at[back] !== undefined) at = at[back];
    return at;
  }
  at = node;
  while (at.parent !== undefined && at.parent[way] === at) at = at.parent;
  return at.parent;
}
