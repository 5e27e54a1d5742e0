import { rangeOf } from "../../geo/box.ts";
import { poleWithin } from "../../geo/extent_of.ts";
import type { Footprint } from "../../geo/geometries_of.ts";
import { nearLongitude, unrollLongitudes } from "../../geo/longitudes.ts";
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
