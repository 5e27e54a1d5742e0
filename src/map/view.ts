import type { Point, Projection } from "./projection.ts";

/** The radius of the earth in metres. */
export const EARTH_RADIUS = 6_371_000;

/** The part of the world that a map shows, and how large. */
export interface View {
  /** How the round is drawn on the flat. */
  readonly projection: Projection;
  /** The width of the map in pixels. */
  readonly width: number;
  /** The height of the map in pixels. */
  readonly height: number;
  /** Pixels per radius of the earth. */
  readonly scale: number;
  /** Where the projection's origin lies, in pixels from the upper left corner. */
  readonly origin: Point;
}

/** What a view has to show, on the plane. */
export interface PlaneBox {
  /** The least and the greatest x. */
  readonly x: readonly [number, number];
  /** The least and the greatest y. */
  readonly y: readonly [number, number];
}

/** How large a map may be, in pixels. */
export interface Room {
  readonly width: number;
  /** Its height, as far as what it shows is higher than wide, or wider. */
  readonly height: readonly [least: number, most: number];
}

/** The room of a map by itself. */
export const WHOLE: Room = { width: 480, height: [240, 430] };
/** The room of one among other things. */
export const COMPACT: Room = { width: 380, height: [190, 202] };
/** No map shows less than this many metres from its lower to its upper edge. */
const LEAST_METRES = 100;

/** The view of an area, with something of what lies around it: more where it is only a few footprints. */
export function viewOf(
  box: PlaneBox,
  projection: Projection,
  amount: number,
  { width, height: [least, most] }: Room = WHOLE,
): View {
  const margin = amount <= 3 ? 0.45 : 0.07;
  const size = Math.max(box.x[1] - box.x[0], box.y[1] - box.y[0]);
  const pad = Math.max(margin * size, (leastSize(projection) - size) / 2);
  const limit = limitsOf(projection);
  let x = clamp([box.x[0] - pad, box.x[1] + pad], limit.x);
  let y = clamp([box.y[0] - pad, box.y[1] + pad], limit.y);
  const aspect = (x[1] - x[0]) / (y[1] - y[0]);
  const height = Math.round(Math.max(least, Math.min(most, width / aspect)));
  if (aspect > width / height) y = widen(y, (x[1] - x[0]) * height / width, limit.y);
  else x = widen(x, (y[1] - y[0]) * width / height, limit.x);
  const scale = width / (x[1] - x[0]);
  return { projection, width, height, scale, origin: [-x[0] * scale, y[1] * scale] };
}

/** Where a place comes to lie in a view, in pixels from the upper left corner. */
export function toPixels(
  { projection, scale, origin }: View,
  longitude: number,
  latitude: number,
): Point {
  const [x, y] = projection.project(longitude, latitude);
  return [origin[0] + scale * x, origin[1] - scale * y];
}

/** What place lies at a pixel. */
export function toPlace({ projection, scale, origin }: View, x: number, y: number): Point {
  return projection.invert((x - origin[0]) / scale, (origin[1] - y) / scale);
}

/** How many metres a pixel of the map's middle is. */
export function metresPerPixel(view: View): number {
  const { width, height } = view;
  const RADIANS = Math.PI / 180;
  const [west, south] = toPlace(view, width / 2 - 1, height / 2);
  const [east, north] = toPlace(view, width / 2 + 1, height / 2);
  const across = (east - west) * RADIANS * Math.cos(((south + north) / 2) * RADIANS);
  return Math.hypot(across, (north - south) * RADIANS) * EARTH_RADIUS / 2;
}

/** What no map shows less than, on the plane; Mercator's grows towards the poles. */
function leastSize({ kind, center }: Projection): number {
  const stretch = kind === "mercator" ? 1 / Math.cos(center[1] * Math.PI / 180) : 1;
  return stretch * LEAST_METRES / EARTH_RADIUS;
}

/** Beyond these a projection shows nothing, or the same again. */
function limitsOf({ kind, raw }: Projection): PlaneBox {
  if (kind === "azimuthal") return { x: [-2, 2], y: [-2, 2] };
  const [right, top] = raw(Math.PI, Math.PI / 2);
  return { x: [-right, right], y: [-top, top] };
}

function clamp(
  [least, most]: readonly [number, number],
  [low, high]: readonly [number, number],
): [number, number] {
  return [Math.max(least, low), Math.min(most, high)];
}

/** A range made as wide as is wanted, moved within the limits as far as it fits there. */
function widen(
  [least, most]: readonly [number, number],
  wanted: number,
  [low, high]: readonly [number, number],
): [number, number] {
  const start = (least + most - wanted) / 2;
  if (wanted > high - low) return [start, start + wanted];
  const moved = Math.max(low, Math.min(high - wanted, start));
  return [moved, moved + wanted];
}
