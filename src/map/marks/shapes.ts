import { rangeOf } from "../../geo/box.ts";
import { nearLongitude, poleWithin, unrollLongitudes } from "../../geo/extent.ts";
import type { Footprint } from "../../geo/geometries_of.ts";
import { walkLines } from "../../geo/walk.ts";
import type { Position } from "../../models/geojson/geojson.ts";
import type { Projection } from "../projection.ts";
import type { PlaneBox } from "../view.ts";

/** A line or ring on the plane: x and y in turns. */
export type PlaneLine = readonly number[];

/** A footprint on the plane. */
export interface Shape {
  /** The rings of its areas; what lies within an even number of them is outside. */
  readonly rings: readonly PlaneLine[];
  /** Its lines; a point is a line of one position. */
  readonly lines: readonly PlaneLine[];
  /** How far the job there is, where there is one. */
  readonly status: string | undefined;
  /** The number of the job there, where there is one. */
  readonly label?: string | undefined;
}

/** How far an edge goes before a projection that bends it needs a position in between, in degrees. */
const BEND = 2;

/** A footprint as a projection shows it. */
export function shapeOf(
  { geometry, status, label }: Footprint,
  projection: Projection,
): Shape {
  const rings: PlaneLine[] = [];
  const lines: PlaneLine[] = [];
  walkLines(geometry, (line, kind) => {
    const laid = layOut(line, projection, kind === "ring");
    (kind === "ring" ? rings : lines).push(laid);
  });
  return label === undefined ? { rings, lines, status } : { rings, lines, status, label };
}

/** How far shapes reach. */
export function planeBoxOf(shapes: readonly Shape[]): PlaneBox {
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { rings, lines } of shapes) {
    for (const line of lines.length === 0 ? rings : [...rings, ...lines]) {
      for (let index = 0; index < line.length; index += 2) {
        const x = line[index] ?? 0;
        const y = line[index + 1] ?? 0;
        if (x < left) left = x;
        if (x > right) right = x;
        if (y < bottom) bottom = y;
        if (y > top) top = y;
      }
    }
  }
  return { x: [left, right], y: [bottom, top] };
}

function layOut(line: readonly Position[], projection: Projection, isRing: boolean): PlaneLine {
  const [only] = line;
  if (line.length === 1 && only !== undefined) {
    return projection.project(nearLongitude(only[0], projection.center[0]), only[1]);
  }
  const longitudes = unrollLongitudes(line);
  const [west, east] = rangeOf(longitudes);
  const middle = (west + east) / 2;
  const shift = nearLongitude(middle, projection.center[0]) - middle;
  const places: [number, number][] = [];
  for (let index = 0; index < line.length; index++) {
    places.push([(longitudes[index] ?? 0) + shift, line[index]?.[1] ?? 0]);
  }
  const bends = projection.kind === "azimuthal";
  const first = places[0], last = places.at(-1);
  // Only a ring whose ends lie apart can run around a pole.
  if (isRing && !bends && first !== undefined && last !== undefined && first[0] !== last[0]) {
    const pole = poleWithin(line);
    if (pole !== undefined) places.push([last[0], pole], [first[0], pole], first);
  }
  const plane: number[] = [];
  for (const place of bends ? bend(places) : places) {
    const point = projection.project(place[0], place[1]);
    plane.push(point[0], point[1]);
  }
  return plane;
}

function bend(places: readonly (readonly [number, number])[]): [number, number][] {
  const bent: [number, number][] = [];
  let before = places[0];
  for (const place of places) {
    if (before === undefined) break;
    const [dx, dy] = [place[0] - before[0], place[1] - before[1]];
    const pieces = Math.ceil(Math.max(Math.abs(dx), Math.abs(dy)) / BEND);
    for (let piece = 1; piece < pieces; piece++) {
      bent.push([before[0] + dx * piece / pieces, before[1] + dy * piece / pieces]);
    }
    bent.push([place[0], place[1]]);
    before = place;
  }
  return bent;
}

/** A ring or line in pixels: x and y in turns. */
export type PixelLine = readonly number[];

/** How far something reaches, in pixels. */
export interface PixelBox {
  /** The left edge. */
  readonly left: number;
  /** The upper edge. */
  readonly top: number;
  /** The right edge. */
  readonly right: number;
  /** The lower edge. */
  readonly bottom: number;
}

/** How far lines reach together. */
export function boxAround(lines: readonly PixelLine[]): PixelBox {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const line of lines) {
    for (let index = 0; index < line.length; index += 2) {
      const [x = 0, y = 0] = [line[index], line[index + 1]];
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  return { left, top, right, bottom };
}

/**
 * Cuts rings into so many upright strips of the same width: jobs over the same place share it, and each can be seen.
 */
export function stripsOf(rings: readonly PixelLine[], amount: number): PixelLine[][] {
  const { left, right } = boxAround(rings);
  const width = (right - left) / amount;
  return Array.from(
    { length: amount },
    (_, index) =>
      rings.map((ring) => cut(cut(ring, left + index * width, 1), left + (index + 1) * width, -1))
        .filter((ring) => ring.length >= 6),
  );
}

/** What of a ring lies right of an upright line, or left of it (Sutherland and Hodgman). */
function cut(ring: PixelLine, edge: number, side: 1 | -1): PixelLine {
  const kept: number[] = [];
  let x0 = ring.at(-2) ?? 0;
  let y0 = ring.at(-1) ?? 0;
  for (let index = 0; index < ring.length; index += 2) {
    const [x1 = 0, y1 = 0] = [ring[index], ring[index + 1]];
    const [was, is] = [(x0 - edge) * side, (x1 - edge) * side];
    if ((was >= 0) !== (is >= 0)) kept.push(edge, y0 + (y1 - y0) * was / (was - is));
    if (is >= 0) kept.push(x1, y1);
    [x0, y0] = [x1, y1];
  }
  return kept;
}

/** An area: its outer ring first, and how far it reaches. */
export interface PixelArea {
  readonly rings: readonly PixelLine[];
  /** How far it reaches. */
  readonly box: PixelBox;
}

/** How far from its edge towards its middle a place of an area is looked at: neighbours share an edge, or nearly. */
const INWARD = 0.12;
/** So many places of an edge are looked at, at the most. */
const MOST_PLACES = 16;

/** Whether two areas share more than an edge. */
export function overlap(a: PixelArea, b: PixelArea): boolean {
  const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
  const up = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
  if (across < 1 || up < 1) return false;
  return placesIn(a).some((place) => within(place, b)) ||
    placesIn(b).some((place) => within(place, a));
}

/** Places that lie in an area, as far as it is no crescent. */
function placesIn({ rings: [ring = []], box }: PixelArea): (readonly [number, number])[] {
  const middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2] as const;
  const places: (readonly [number, number])[] = [middle];
  const step = 2 * Math.max(1, Math.ceil(ring.length / 2 / MOST_PLACES));
  for (let index = 0; index < ring.length; index += step) {
    const [x = 0, y = 0] = [ring[index], ring[index + 1]];
    places.push([x + (middle[0] - x) * INWARD, y + (middle[1] - y) * INWARD]);
  }
  return places;
}

/** Whether a place lies within an area, by the rule that every edge crossed changes sides. */
function within([x, y]: readonly [number, number], { rings }: PixelArea): boolean {
  let inside = false;
  for (const ring of rings) {
    let x0 = ring.at(-2) ?? 0;
    let y0 = ring.at(-1) ?? 0;
    for (let index = 0; index < ring.length; index += 2) {
      const [x1 = 0, y1 = 0] = [ring[index], ring[index + 1]];
      if ((y0 > y) !== (y1 > y) && x0 + (x1 - x0) * (y - y0) / (y1 - y0) > x) inside = !inside;
      [x0, y0] = [x1, y1];
    }
  }
  return inside;
}

/** The area of a reach, in square pixels. */
export function areaOf({ left, top, right, bottom }: PixelBox): number {
  return (right - left) * (bottom - top);
}
