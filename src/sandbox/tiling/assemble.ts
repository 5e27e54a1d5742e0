import type { Geometry, Polygon, Position } from "../../models/geojson/geojson.ts";
import {
  contains,
  type Edge,
  equal,
  keyOf,
  type Outline,
  type PlanePosition,
  signedArea,
  TopologyError,
} from "./noding.ts";

/** A square by its corners. */
export interface Square {
  /** The west side. */
  readonly west: number;
  /** The south side. */
  readonly south: number;
  /** The east side. */
  readonly east: number;
  /** The north side. */
  readonly north: number;
}

/** What it takes to make a geometry of an outline. */
export interface AssembleOptions {
  /** The square that the outline was cut to. */
  readonly square: Square;
  /** Turns a position on the plane into one of the geometry. */
  readonly project: (position: PlanePosition) => Position;
}

/**
 * The geometry that an outline encloses, as the service's own library puts it: one polygon or several
 * (shells clockwise, holes counter-clockwise), and lines and points where there is no more.
 *
 * @returns nothing where the outline is empty.
 * @throws {TopologyError} if what it encloses is no polygon.
 */
export function assemble(outline: Outline, options: AssembleOptions): Geometry | undefined {
  const { project, square } = options;
  const polygons = polygonsOf(facesOf(outline.edges)).map((rings) =>
    rings.map((ring) => positionsOf(ring, square).map(project))
  );
  const loose = looseOf(outline);
  const lines = loose.flatMap(({ from, to }) =>
    equal(from, to) ? [] : [[project(from), project(to)]]
  );
  const points = loose.flatMap(({ from, to }) => equal(from, to) ? [project(from)] : []);
  return united([
    ...polygons.map((coordinates): Geometry => ({ type: "Polygon", coordinates })),
    ...lines.map((coordinates): Geometry => ({ type: "LineString", coordinates })),
    ...points.map((coordinates): Geometry => ({ type: "Point", coordinates })),
  ], { polygons, lines, points });
}

/** One geometry of several: what they are, if they are of one kind, and else a collection. */
function united(
  parts: readonly Geometry[],
  { polygons, lines, points }: {
    readonly polygons: readonly Polygon["coordinates"][];
    readonly lines: readonly (readonly Position[])[];
    readonly points: readonly Position[];
  },
): Geometry | undefined {
  if (parts.length < 2) return parts[0];
  switch (parts.length) {
    case polygons.length:
      return { type: "MultiPolygon", coordinates: polygons };
    case lines.length:
      return { type: "MultiLineString", coordinates: lines };
    case points.length:
      return { type: "MultiPoint", coordinates: points };
    default:
      return { type: "GeometryCollection", geometries: parts };
  }
}

/** The lines and points of an outline, each once; a point that lies on anything else is none. */
function looseOf({ edges, lines }: Outline): Edge[] {
  const paths = new Map<string, Edge>();
  for (const line of lines) {
    if (!equal(line.from, line.to)) {
      paths.set([keyOf(line.from), keyOf(line.to)].sort().join(" "), line);
    }
  }
  const all = [...edges, ...paths.values()];
  const taken = new Set(all.flatMap(({ from, to }) => [keyOf(from), keyOf(to)]));
  const straight = all.filter(({ from, to }) => from[0] === to[0] || from[1] === to[1]);
  const points = lines.filter(({ from, to }) => {
    if (!equal(from, to) || taken.has(keyOf(from))) return false;
    taken.add(keyOf(from));
    return !straight.some((edge) => isAlong(edge, from));
  });
  return [...paths.values(), ...points];
}

/** Whether a position is on an edge that is level or upright. */
function isAlong({ from, to }: Edge, [x, y]: PlanePosition): boolean {
  const within = (a: number, b: number, at: number) => Math.min(a, b) <= at && at <= Math.max(a, b);
  return within(from[0], to[0], x) && within(from[1], to[1], y);
}

/** A ring of edges, one beginning where the last ends. */
type Ring = readonly Edge[];

/** The outlines of an area's connected parts: round each, the inside to the left. */
function facesOf(edges: readonly Edge[]): Ring[] {
  const leaving = new Map<string, Edge[]>();
  for (const edge of edges) {
    const key = keyOf(edge.from);
    const known = leaving.get(key);
    if (known === undefined) leaving.set(key, [edge]);
    else known.push(edge);
  }
  const used = new Set<Edge>();
  const faces: Ring[] = [];
  for (const first of edges) {
    if (used.has(first)) continue;
    const face = [first];
    used.add(first);
    for (let last = first;;) {
      const open = (leaving.get(keyOf(last.to)) ?? []).filter((edge) =>
        edge === first || !used.has(edge)
      );
      const next = open.length < 2 ? open[0] : sharpest(last, open);
      if (next === undefined || next === first) break;
      face.push(next);
      used.add(next);
      last = next;
    }
    faces.push(face);
  }
  return faces;
}

/** Of the ways on from an edge's end, the one that keeps closest to the inside: the leftmost. */
function sharpest({ from, to }: Edge, open: readonly Edge[]): Edge | undefined {
  const back = Math.atan2(from[1] - to[1], from[0] - to[0]);
  const turn = (edge: Edge) => {
    const angle = back - Math.atan2(edge.to[1] - edge.from[1], edge.to[0] - edge.from[0]);
    return angle > 0 ? angle : angle + 2 * Math.PI;
  };
  return open.reduce<Edge | undefined>(
    (best, edge) => best === undefined || turn(edge) < turn(best) ? edge : best,
    undefined,
  );
}

/** The polygons of an area, each its shell and then its holes. */
function polygonsOf(faces: readonly Ring[]): Ring[][] {
  const polygons: Ring[][] = [];
  const holes: Ring[] = [];
  for (const face of faces) {
    const rings = loopsOf(face);
    const shells = rings.filter((ring) => areaOf(ring) > 0);
    const [shell] = shells;
    const inner = rings.filter((ring) => areaOf(ring) < 0);
    if (shell === undefined) holes.push(...inner);
    else polygons.push([shell, ...inner], ...shells.slice(1).map((other) => [other]));
  }
  for (const hole of holes) {
    const around = polygons.filter(([shell = []]) => isAround(shell, hole));
    const home = around.sort(([a = []], [b = []]) => areaOf(a) - areaOf(b))[0];
    if (home === undefined) {
      throw new TopologyError(
        "TopologyException: unable to assign free hole to a shell. This can occur if the input geometry is invalid.",
      );
    }
    home.push(hole);
  }
  const rank = (rings: readonly Ring[]) => Math.min(...rings.map(firstOrder));
  return polygons.sort((a, b) => rank(a) - rank(b) || 0);
}

/** A face as rings that touch nowhere: it is parted where it comes by a position again. */
function loopsOf(face: Ring): Ring[] {
  const loops: Ring[] = [];
  const path: Edge[] = [];
  const at = new Map<string, number>();
  for (const edge of face) {
    at.set(keyOf(edge.from), path.length);
    path.push(edge);
    const begin = at.get(keyOf(edge.to));
    if (begin === undefined) continue;
    const loop = path.splice(begin);
    for (const { from } of loop) at.delete(keyOf(from));
    loops.push(loop);
  }
  return loops;
}

function areaOf(ring: Ring): number {
  return signedArea(ring.map(({ from }) => from));
}

/** Whether a shell is around a hole: one corner of the hole, or else the next, is not on it. */
function isAround(shell: Ring, hole: Ring): boolean {
  const corners = new Set(shell.map(({ from }) => keyOf(from)));
  const free = hole.find(({ from }) => !corners.has(keyOf(from)));
  return contains(shell, (free ?? hole[0])?.from ?? [NaN, NaN]);
}

function firstOrder(ring: Ring): number {
  return ring.reduce((least, { order }) => Math.min(least, order), Infinity);
}

/**
 * The positions of a ring, the inside to the right. It begins where the library begins: at the second
 * position of the earliest chain of the polygon's edges in it.
 */
function positionsOf(ring: Ring, square: Square): PlanePosition[] {
  const round = ring.map((edge) => edge).reverse();
  const positions = round.map(({ to }) => to);
  const begin = beginOf(round, square);
  const turned = [...positions.slice(begin), ...positions.slice(0, begin)];
  const [first] = turned;
  return first === undefined ? [] : [...turned, first];
}

/** Where to begin a ring whose edges are walked backwards. */
function beginOf(round: Ring, { west, south, east, north }: Square): number {
  const least = firstOrder(round);
  if (least === Infinity) {
    const corner = round.findIndex(({ to: [x, y] }) => x === west && y === south);
    return Math.max(corner, 0);
  }
  let at = round.findIndex(({ order }) => order === least);
  const isNode = ([x, y]: PlanePosition) => x === west || x === east || y === south || y === north;
  if (round[at]?.forward === true) {
    for (let steps = 1; steps < round.length; steps++) {
      const [edge, before] = [round[at], round.at(at - 1)];
      if (edge === undefined || before?.order !== edge.order + 1 || isNode(edge.to)) break;
      at = at === 0 ? round.length - 1 : at - 1;
    }
  }
  return (at + 1) % round.length;
}
