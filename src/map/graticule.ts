import { wrapLongitude } from "../geo/extent.ts";
import { createPen } from "./pen.ts";
import { toPixels, toPlace, type View } from "./view.ts";

/** The meridians and parallels of a map. */
export interface Graticule {
  /** The lines as the path of an SVG, in tenths of a pixel. */
  readonly lines: string;
  /** What stands beside the map, and on it where a parallel meets no edge. */
  readonly labels: readonly Label[];
}

/** A longitude or latitude to be written. */
export interface Label {
  /** Pixels from the map's left edge. */
  readonly x: number;
  /** Pixels from the map's upper edge. */
  readonly y: number;
  /** The degrees. */
  readonly text: string;
  /** The edge beside which it stands. */
  readonly side: "left" | "right" | "top" | "bottom" | "inside";
}

interface Line {
  readonly text: string;
  readonly isMeridian: boolean;
  readonly points: readonly (readonly [number, number])[];
}

/** How far two labels keep apart: along the lower edge, and along the left one. */
const APART = { meridians: 84, parallels: 52 };
/** Into how many pieces a line that may bend is cut. */
const PIECES = 96;

/** The meridians and parallels of a view, at steps that people count in. */
export function graticuleOf(view: View): Graticule {
  const lines = view.projection.kind === "azimuthal" ? bentLines(view) : straightLines(view);
  const pen = createPen();
  const labels: Label[] = [];
  for (const line of lines) {
    draw(line, view, pen);
    for (const label of labelsOf(line, view)) {
      if (!labels.some((other) => collides(label, other))) labels.push(label);
    }
  }
  return { lines: pen.end(), labels };
}

/** The least step in degrees, out of 1, 2 and 5 times a power of ten up to 10, 15, 30, 45 and 90, that is no less. */
export function niceStep(least: number): number {
  for (const step of [10, 15, 30, 45, 90]) {
    if (least > 5 && least <= step) return step;
  }
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10;
  return Number((factor * power).toPrecision(1));
}

/** A longitude or latitude as maps write it: `4.5°E`. */
export function formatCoordinate(
  degrees: number,
  axis: "longitude" | "latitude",
  digits: number,
): string {
  const value = axis === "longitude" ? wrapLongitude(degrees) : degrees;
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return "0°";
  if (axis === "longitude" && Number(text) === 180) return "180°";
  const [minus, plus] = axis === "longitude" ? ["W", "E"] : ["S", "N"];
  return `${text}°${value < 0 ? minus : plus}`;
}

function straightLines(view: View): Line[] {
  const { width, height } = view;
  const [west, north] = toPlace(view, 0, 0);
  const [east, south] = toPlace(view, width, height);
  const across = niceStep((east - west) * APART.meridians / width);
  const up = niceStep((north - south) * APART.parallels / height);
  const whole = view.projection.kind === "plate" ? 90 : 85;
  return [
    ...multiples(
      across,
      Math.max(west, view.projection.center[0] - 180),
      Math.min(east, view.projection.center[0] + 180),
    ).map((longitude): Line => {
      const [x] = toPixels(view, longitude, 0);
      return {
        isMeridian: true,
        text: formatCoordinate(longitude, "longitude", digitsOf(across)),
        points: [[x, height], [x, 0]],
      };
    }),
    ...multiples(up, Math.max(south, -whole), Math.min(north, whole)).map((latitude): Line => {
      const [, y] = toPixels(view, view.projection.center[0], latitude);
      return {
        isMeridian: false,
        text: formatCoordinate(latitude, "latitude", digitsOf(up)),
        points: [[0, y], [width, y]],
      };
    }),
  ];
}

function bentLines(view: View): Line[] {
  const { width, height, scale, projection: { center } } = view;
  const [, north] = [0, Math.hypot(width, height) / 2 / scale];
  const radius = 2 * Math.asin(Math.min(1, north / 2)) * 180 / Math.PI;
  const [, latitude] = toPlace(view, width / 2, height / 2);
  const least = Math.max(-90, latitude - radius);
  const most = Math.min(90, latitude + radius);
  const holdsPole = least === -90 || most === 90;
  const narrowest = Math.cos(Math.max(Math.abs(least), Math.abs(most)) * Math.PI / 180);
  const reach = holdsPole ? 180 : Math.min(180, radius / narrowest);
  const up = niceStep(2 * radius * APART.parallels / Math.hypot(width, height));
  const farthest = Math.cos(latitude * Math.PI / 180);
  const across = Math.abs(latitude) + radius / 3 >= 90 ? 30 : Math.min(
    30,
    niceStep(2 * radius / Math.max(0.02, farthest) * APART.meridians / Math.hypot(width, height)),
  );
  const meridians = multiples(across, center[0] - reach, center[0] + reach - 1e-9)
    .map((longitude): Line => ({
      isMeridian: true,
      text: formatCoordinate(longitude, "longitude", digitsOf(across)),
      points: along(least, most, (latitude) => toPixels(view, longitude, latitude)),
    }));
  const parallels = multiples(up, least, most).filter((latitude) => Math.abs(latitude) < 90)
    .map((latitude): Line => ({
      isMeridian: false,
      text: formatCoordinate(latitude, "latitude", digitsOf(up)),
      points: along(
        center[0] - reach,
        center[0] + reach,
        (longitude) => toPixels(view, longitude, latitude),
      ),
    }));
  return [...meridians, ...parallels];
}

function along(
  from: number,
  to: number,
  place: (value: number) => readonly [number, number],
): (readonly [number, number])[] {
  return Array.from(
    { length: PIECES + 1 },
    (_, index) => place(from + (to - from) * index / PIECES),
  );
}

function multiples(step: number, from: number, to: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from(
    { length: Math.max(0, last - first + 1) },
    (_, index) => (first + index) * step,
  );
}

function digitsOf(step: number): number {
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
}

/** Draws what lies within the map, and little more: the picture cuts off the rest. */
function draw({ points }: Line, { width, height }: View, pen: ReturnType<typeof createPen>): void {
  const isNear = ([x, y]: readonly [number, number]) =>
    x > -width && x < 2 * width && y > -height && y < 2 * height;
  let drawing = false;
  for (const [index, point] of points.entries()) {
    const next = points[index + 1];
    if (!isNear(point) && (next === undefined || !isNear(next)) && !drawing) continue;
    if (drawing) pen.lineTo(...point);
    else pen.moveTo(...point);
    drawing = isNear(point);
  }
}

/** Where a line leaves the map: meridians below, or else where they can; parallels at the left. */
function labelsOf(line: Line, { width, height }: View): Label[] {
  const labels: Label[] = [];
  let before = line.points[0];
  for (const point of line.points) {
    if (before === undefined) break;
    const [[x0, y0], [x1, y1]] = [before, point];
    const cross = (a: number, b: number, edge: number) => (a - edge) * (b - edge) <= 0 && a !== b;
    const at = (a: number, b: number, edge: number, c: number, d: number) =>
      c + (d - c) * (edge - a) / (b - a);
    const add = (side: Label["side"], x: number, y: number) => {
      const slack = 0.5;
      if (x >= -slack && x <= width + slack && y >= -slack && y <= height + slack) {
        labels.push({ x, y, text: line.text, side });
      }
    };
    if (cross(y0, y1, height)) add("bottom", at(y0, y1, height, x0, x1), height);
    if (cross(y0, y1, 0)) add("top", at(y0, y1, 0, x0, x1), 0);
    if (cross(x0, x1, 0)) add("left", 0, at(x0, x1, 0, y0, y1));
    if (cross(x0, x1, width)) add("right", width, at(x0, x1, width, y0, y1));
    before = point;
  }
  const order = line.isMeridian ? ["bottom", "left", "right", "top"] : ["left", "right"];
  for (const side of order) {
    const label = labels.find((label) => label.side === side);
    if (label !== undefined) return [label];
  }
  return line.isMeridian ? [] : insideLabel(line, width, height);
}

/** A parallel that meets no side edge is named where it crosses the middle. */
function insideLabel({ points, text }: Line, width: number, height: number): Label[] {
  // A little aside of the middle, where a meridian runs.
  const middle = points[PIECES * 7 / 16];
  if (middle === undefined) return [];
  const [x, y] = middle;
  const isInside = x > 20 && x < width - 20 && y > 12 && y < height - 12;
  return isInside ? [{ x, y, text, side: "inside" }] : [];
}

function collides(a: Label, b: Label): boolean {
  return a.side === b.side &&
    Math.abs(a.x - b.x) < (a.side === "bottom" || a.side === "top" ? 50 : 40) &&
    Math.abs(a.y - b.y) < 14;
}
