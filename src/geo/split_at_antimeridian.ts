import type { Polygon, Position } from "../models/geojson/geojson.ts";
import { boundsOf } from "./box.ts";
import { poleWithin, unrollLongitudes, wrapLongitude } from "./extent.ts";

type Ring = readonly Position[];

/**
 * A polygon as the parts of it between -180° and 180°, cut where it runs over the antimeridian (RFC 7946, section
 * 3.1.9). One that does not comes back as it is, and so does one that runs around a pole, which no cut
 * makes plane.
 *
 * @example
 * ```ts
 * import { bboxToPolygon } from "./box.ts";
 * import { splitAtAntimeridian } from "./split_at_antimeridian.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const parts = splitAtAntimeridian(bboxToPolygon([179, 0, -179, 1]));
 * assertEquals(parts.map(({ coordinates }) => coordinates[0]?.map(([longitude]) => longitude)), [
 *   [180, 179, 179, 180, 180],
 *   [-180, -179, -179, -180, -180],
 * ]);
 * ```
 */
export function splitAtAntimeridian(polygon: Polygon): readonly Polygon[] {
  const [outer] = polygon.coordinates;
  if (outer === undefined || polygon.coordinates.some(poleWithin)) return [polygon];
  const first = unroll(outer);
  const [start, , end] = boundsOf(first);
  // A step over the antimeridian can also lead to the very same positions, such as from -180 to 180.
  if (start >= -180 && end <= 180) return [polygon];
  const rings = [first, ...polygon.coordinates.slice(1).map((ring) => place(unroll(ring), start))];

  const parts: Polygon[] = [];
  const lowest = start - wrapLongitude(start) - 180;
  for (let west = lowest; west < end; west += 360) {
    const within = keep(keep(rings, west, 1), west + 360, -1);
    const shift = west + 180;
    parts.push(
      ...assemble(within).map((coordinates): Polygon => ({
        type: "Polygon",
        coordinates: coordinates.map((ring) => ring.map((position) => move(position, -shift))),
      })),
    );
  }
  return parts;
}

function unroll(ring: Ring): Ring {
  const longitudes = unrollLongitudes(ring);
  return ring.map((position, index) =>
    move(position, (longitudes[index] ?? position[0]) - position[0])
  );
}

/** A hole where the ring around it is. */
function place(hole: Ring, start: number): Ring {
  const [west] = boundsOf(hole);
  const shift = 360 * Math.ceil((start - west) / 360);
  return hole.map((position) => move(position, shift));
}

function move(position: Position, shift: number): Position {
  const [longitude, latitude, height] = position;
  return height === undefined
    ? [longitude + shift, latitude]
    : [longitude + shift, latitude, height];
}

/**
 * The rings of what lies on one side of a meridian. Each ring falls into chains that begin and end on the
 * meridian; along it the inside lies between the first and the second end, the third and the
 * fourth, and so on, which tells how the chains go on.
 */
function keep(rings: readonly Ring[], meridian: number, side: 1 | -1): Ring[] {
  const whole: Ring[] = [];
  const chains: Position[][] = [];
  for (const ring of rings) {
    if (ring.every(([longitude]) => (longitude - meridian) * side >= 0)) whole.push(ring);
    else chains.push(...chainsOf(ring, meridian, side));
  }
  const ends = chains.flatMap((chain, index) =>
    [chain[0], chain.at(-1)].map((position, at) => ({
      index,
      last: at === 1,
      latitude: position?.[1] ?? 0,
    }))
  ).sort((a, b) => a.latitude - b.latitude);

  const left = new Set(chains.keys());
  const closed: Ring[] = [];
  for (const begin of left) {
    const ring: Position[] = [];
    let next = begin;
    while (left.delete(next)) {
      ring.push(...chains[next] ?? []);
      const at = ends.findIndex(({ index, last }) => index === next && last);
      next = ends[at % 2 === 0 ? at + 1 : at - 1]?.index ?? begin;
    }
    const [first] = ring;
    if (first !== undefined) closed.push([...ring, first]);
  }
  return [...closed, ...whole];
}

function chainsOf(ring: Ring, meridian: number, side: 1 | -1): Position[][] {
  const isIn = (position: Position) => (position[0] - meridian) * side > 0;
  const open = ring.slice(0, -1);
  const offset = open.findIndex((position) => !isIn(position));
  const chains: Position[][] = [];
  let chain: Position[] | undefined;
  let before = open[offset];
  for (let step = 1; step <= open.length && before !== undefined; step++) {
    const position = open[(offset + step) % open.length];
    if (position === undefined) break;
    if (isIn(position)) {
      chain ??= [crossing(before, position, meridian)];
      chain.push(position);
    } else if (chain !== undefined) {
      chains.push([...chain, crossing(before, position, meridian)]);
      chain = undefined;
    }
    before = position;
  }
  return chains;
}

function crossing(from: Position, to: Position, meridian: number): Position {
  const part = (meridian - from[0]) / (to[0] - from[0]);
  const latitude = from[1] + part * (to[1] - from[1]);
  const [a, b] = [from[2], to[2]];
  return a === undefined || b === undefined
    ? [meridian, latitude]
    : [meridian, latitude, a + part * (b - a)];
}

/** Rings as polygons: each hole with the ring that it lies in. Holes turn the other way. */
function assemble(rings: readonly Ring[]): Ring[][] {
  const [first] = rings;
  if (first === undefined) return [];
  const turn = Math.sign(areaOf(first));
  const polygons = rings.filter((ring) => Math.sign(areaOf(ring)) === turn).map((ring) => [ring]);
  for (const hole of rings.filter((ring) => Math.sign(areaOf(ring)) !== turn)) {
    const [position] = hole;
    const owner = polygons.find(([outer = []]) => position && isInside(position, outer));
    (owner ?? polygons[0])?.push(hole);
  }
  return polygons;
}

function areaOf(ring: Ring): number {
  let sum = 0;
  let before = ring.at(-1);
  for (const position of ring) {
    if (before !== undefined) sum += before[0] * position[1] - position[0] * before[1];
    before = position;
  }
  return sum / 2;
}

function isInside([x, y]: Position, ring: Ring): boolean {
  let inside = false;
  let before = ring.at(-1);
  for (const position of ring) {
    if (
      before !== undefined && (position[1] > y) !== (before[1] > y) &&
      x < position[0] + (y - position[1]) / (before[1] - position[1]) * (before[0] - position[0])
    ) inside = !inside;
    before = position;
  }
  return inside;
}
