import { type Edge, type Outline, type PlanePosition, turned } from "./noding.ts";

/** A line to cut along: `x = at` or `y = at`. */
export interface CutLine {
  /** Which coordinate is the same all along it: 0 for x, 1 for y. */
  readonly axis: 0 | 1;
  readonly at: number;
}

/** The two sides of a cut: the one with the smaller coordinates, and the other. */
export interface Halves {
  /** West or south of the line. */
  readonly low: Outline;
  /** East or north of it. */
  readonly high: Outline;
}

/**
 * Cuts an area along a line. Each half is an outline again, closed along the line; where it has no more
 * than a line or a point of the area on the line, it gets that as one of its `lines`.
 *
 * It cannot fail: what closes a half follows from how many of its edges arrive at the line and leave it,
 * wherever rounding has put them.
 */
export function cutAlong({ edges, lines }: Outline, line: CutLine): Halves {
  const { low, high, on } = sorted(edges, line);
  const loose = sorted(lines, line);
  const seam = seamOf([...low, ...high, ...on], line);
  const [lowDepths, highDepths] = [depthsOf(low, seam), depthsOf(high, seam)];
  const pieces = piecesOf(seam, on);
  const half = (own: readonly Edge[], far: readonly Edge[], looseFar: readonly Edge[]): Outline => {
    const [depths, others] = own === low ? [lowDepths, highDepths] : [highDepths, lowDepths];
    return {
      edges: [...own, ...closingOf(pieces, depths)],
      lines: [
        ...own === low ? loose.low : loose.high,
        ...loose.on,
        ...touchesOf(looseFar, line),
        ...pieces.filter((_, at) => depths[at] === 0 && others[at] !== 0),
        ...pointsOf(seam, { own, far, covered: (at) => depths[at] || others[at] }),
      ],
    };
  };
  return { low: half(low, high, loose.high), high: half(high, low, loose.low) };
}

/** Edges by the side of a line that they are on; those that cross it are cut in two. */
function sorted(edges: readonly Edge[], line: CutLine) {
  const sides: { low: Edge[]; high: Edge[]; on: Edge[] } = { low: [], high: [], on: [] };
  for (const edge of edges) {
    const [from, to] = [sideOf(edge.from, line), sideOf(edge.to, line)];
    if (from * to < 0) {
      const middle = crossing(edge, line);
      (from < 0 ? sides.low : sides.high).push({ ...edge, to: middle });
      (to < 0 ? sides.low : sides.high).push({ ...edge, from: middle });
    } else {
      const side = from || to;
      (side < 0 ? sides.low : side > 0 ? sides.high : sides.on).push(edge);
    }
  }
  return sides;
}

function sideOf(position: PlanePosition, { axis, at }: CutLine): number {
  return Math.sign(position[axis] - at);
}

/** Where an edge crosses a line; never beyond its ends, and exactly on the line. */
function crossing({ from, to }: Edge, { axis, at }: CutLine): PlanePosition {
  const share = (at - from[axis]) / (to[axis] - from[axis]);
  const other = axis === 0 ? 1 : 0;
  const [a, b] = [from[other], to[other]];
  const along = Math.min(Math.max(a + share * (b - a), Math.min(a, b)), Math.max(a, b));
  const [x, y] = axis === 0 ? [at, along] : [along, at];
  const [low, high] = [from[2], to[2]];
  return low === undefined || high === undefined ? [x, y] : [x, y, low + share * (high - low)];
}

/** All that ends on a line, in order. */
interface Seam {
  readonly line: CutLine;
  /** The positions. */
  readonly stops: readonly PlanePosition[];
  /** The number of each, by the coordinate that differs. */
  readonly numbers: ReadonlyMap<number, number>;
}

function seamOf(edges: readonly Edge[], line: CutLine): Seam {
  const other = line.axis === 0 ? 1 : 0;
  const found = new Map<number, PlanePosition>();
  for (const { from, to } of edges) {
    for (const position of [from, to]) {
      if (sideOf(position, line) === 0 && !found.has(position[other])) {
        found.set(position[other], position);
      }
    }
  }
  const stops = [...found.values()].sort((a, b) => a[other] - b[other]);
  return { line, stops, numbers: new Map(stops.map((stop, number) => [stop[other], number])) };
}

/** The number of a position among the stops of a seam; none if it is not on the line. */
function numberOf(position: PlanePosition, { line, numbers }: Seam): number | undefined {
  return sideOf(position, line) === 0 ? numbers.get(position[line.axis === 0 ? 1 : 0]) : undefined;
}

/**
 * How many edges it takes between each stop and the next so that at every stop as many edges begin as
 * end: positive the way the stops are numbered, negative the other way.
 */
function depthsOf(edges: readonly Edge[], seam: Seam): number[] {
  const depths = new Array<number>(seam.stops.length).fill(0);
  for (const { from, to } of edges) {
    const [begins, ends] = [numberOf(from, seam), numberOf(to, seam)];
    if (begins !== undefined) depths[begins] = (depths[begins] ?? 0) - 1;
    if (ends !== undefined) depths[ends] = (depths[ends] ?? 0) + 1;
  }
  let depth = 0;
  return depths.map((change) => depth += change);
}

/** The seam from each stop to the next. Where an edge lies on it, the piece is of that edge. */
function piecesOf(seam: Seam, on: readonly Edge[]): Edge[] {
  const { stops } = seam;
  const pieces = stops.slice(1).map((to, index): Edge => ({
    from: stops[index] ?? to,
    to,
    order: Infinity,
    forward: true,
  }));
  for (const { from, to, order, forward } of on) {
    const [begin = 0, end = 0] = [numberOf(from, seam), numberOf(to, seam)];
    for (let at = Math.min(begin, end); at < Math.max(begin, end); at++) {
      const piece = pieces[at];
      if (piece !== undefined) pieces[at] = { ...piece, order, forward: forward === begin < end };
    }
  }
  return pieces;
}

function closingOf(pieces: readonly Edge[], depths: readonly number[]): Edge[] {
  return pieces.flatMap((piece, at) => {
    const depth = depths[at] ?? 0;
    const edge = depth < 0 ? turned(piece) : piece;
    return Array.from({ length: Math.abs(depth) }, () => edge);
  });
}

/** The points in which loose lines of the other side touch a line. */
function touchesOf(lines: readonly Edge[], line: CutLine): Edge[] {
  return lines.flatMap(({ from, to }) =>
    [from, to].filter((end) => sideOf(end, line) === 0).map(pointAt)
  );
}

/** The stops at which the other side does no more than touch. */
function pointsOf(
  seam: Seam,
  { own, far, covered }: {
    readonly own: readonly Edge[];
    readonly far: readonly Edge[];
    readonly covered: (piece: number) => number | undefined;
  },
): Edge[] {
  const reached = (edges: readonly Edge[]) =>
    new Set(edges.flatMap(({ from, to }) => [numberOf(from, seam), numberOf(to, seam)]));
  const [mine, others] = [reached(own), reached(far)];
  return seam.stops
    .filter((_, at) => !mine.has(at) && others.has(at) && !covered(at - 1) && !covered(at))
    .map(pointAt);
}

/** A line without length. */
function pointAt(position: PlanePosition): Edge {
  return { from: position, to: position, order: Infinity, forward: true };
}
