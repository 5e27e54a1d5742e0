import { nearLongitude } from "../../geo/extent.ts";
import type { Point } from "../projection.ts";
import { EARTH_RADIUS, toPixels, toPlace, type View } from "../view.ts";
import type { FlatRing } from "./land.ts";

/** A country as far as the atlas knows it. */
export interface Country {
  /** What it is called. */
  readonly name: string;
  /** Its outlines in plane degrees. */
  readonly rings: readonly FlatRing[];
}

/** Where a view is, in words. */
export interface Place {
  /** The country, or that it is at sea. */
  readonly where: string;
  /** How far what is not in view is: `coast 14 km north-west`, `120 km off Norway`. */
  readonly nearest?: string;
}

/** Beyond so many metres from edge to edge a view holds too much to be at one place. */
const LARGEST = 3_000_000;
/** The outlines of countries are drawn for 1 : 110 million: what lies off them by less may well be within. */
const COARSE = 40_000;
const RADIANS = Math.PI / 180;
const WINDS = [
  "north",
  "north-east",
  "east",
  "south-east",
  "south",
  "south-west",
  "west",
  "north-west",
];

/**
 * Where the middle of a view is: the country, and how far the coast is when none is to be seen; at sea, how far the
 * nearest country. Nothing of a view that holds half a continent.
 */
export function placeOf(
  view: View,
  { coasts, countries, draws }: {
    readonly coasts: readonly FlatRing[];
    readonly countries: readonly Country[];
    /** Whether coasts are drawn at the scale of the view: one that is not drawn is not to be seen. */
    readonly draws: boolean;
  },
): Place | undefined {
  const middle = toPlace(view, view.width / 2, view.height / 2);
  const edge = toPlace(view, 0, view.height / 2);
  if (2 * metresBetween(middle, edge) > LARGEST || Math.abs(middle[1]) > 85) return undefined;
  const isLand = within(middle, coasts);
  const known = countries.find(({ rings }) => within(middle, rings));
  const [near, distance] = known === undefined ? nearestOf(middle, countries) : [known, 0];
  if (!isLand && (known === undefined || distance > COARSE)) {
    const inView = draws && showsCoast(view, coasts);
    if (inView || near === undefined) return { where: "At sea" };
    return { where: "Open sea", nearest: `${kilometres(distance)} off ${near.name}` };
  }
  const name = known?.name ?? (distance <= COARSE ? near?.name : undefined) ?? "On land";
  const shore = nearestPlace(middle, coasts);
  if (shore === undefined || (draws && showsCoast(view, coasts))) return { where: name };
  return {
    where: name,
    nearest: `coast ${kilometres(metresBetween(middle, shore))} ${windTo(middle, shore)}`,
  };
}

/** Into how many pieces an edge of the coast is cut to see whether it crosses a view. */
const PIECES = 12;

/** Whether a view shows any of the coast. */
function showsCoast(view: View, coasts: readonly FlatRing[]): boolean {
  const [west, north] = toPlace(view, 0, 0);
  const [east, south] = toPlace(view, view.width, view.height);
  // A view whose meridians bend reaches farther than its corners.
  const slack = Math.max(east - west, north - south);
  const middle = (west + east) / 2;
  return coasts.some(({ places, bounds }) => {
    if (bounds[3] < south - slack || bounds[1] > north + slack) return false;
    let before: Point | undefined;
    return places.some((place) => {
      const to: Point = [nearLongitude(place[0], middle), place[1]];
      const from = before ?? to;
      before = to;
      if (Math.max(from[0], to[0]) < west - slack || Math.min(from[0], to[0]) > east + slack) {
        return false;
      }
      return Array.from({ length: PIECES }, (_, piece) => (piece + 1) / PIECES).some((part) =>
        isInView(
          [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part],
          view,
        )
      );
    });
  });
}

function isInView(place: Point, view: View): boolean {
  const [x, y] = toPixels(view, nearLongitude(place[0], view.projection.center[0]), place[1]);
  return x >= 0 && x <= view.width && y >= 0 && y <= view.height;
}

/** Whether a place lies within rings, by the rule that every edge crossed changes sides. */
function within([longitude, latitude]: Point, rings: readonly FlatRing[]): boolean {
  let inside = false;
  for (const { places, bounds } of rings) {
    if (latitude < bounds[1] || latitude > bounds[3]) continue;
    const x = nearLongitude(longitude, (bounds[0] + bounds[2]) / 2);
    if (x < bounds[0] || x > bounds[2]) continue;
    let before = places.at(-1);
    for (const place of places) {
      if (before !== undefined && (before[1] > latitude) !== (place[1] > latitude)) {
        const at = before[0] +
          (place[0] - before[0]) * (latitude - before[1]) / (place[1] - before[1]);
        if (at > x) inside = !inside;
      }
      before = place;
    }
  }
  return inside;
}

function nearestOf(
  middle: Point,
  countries: readonly Country[],
): readonly [country: Country | undefined, metres: number] {
  let nearest: Country | undefined;
  let least = Infinity;
  for (const country of countries) {
    const place = nearestPlace(middle, country.rings);
    const metres = place === undefined ? Infinity : metresBetween(middle, place);
    if (metres < least) [nearest, least] = [country, metres];
  }
  return [nearest, least];
}

/** The place of rings that is nearest: on their edges, measured as on a plane that touches the globe at the middle. */
function nearestPlace([longitude, latitude]: Point, rings: readonly FlatRing[]): Point | undefined {
  const narrowing = Math.cos(latitude * RADIANS);
  let nearest: Point | undefined;
  let least = Infinity;
  for (const { places } of rings) {
    let [x0, y0] = [0, 0];
    for (const [index, place] of places.entries()) {
      const x1 = (nearLongitude(place[0], longitude) - longitude) * narrowing;
      const y1 = place[1] - latitude;
      const [dx, dy] = [x1 - x0, y1 - y0];
      const length = dx * dx + dy * dy;
      // An edge that is half the world long is none: it leaps over the antimeridian.
      const part = index === 0 || length === 0 || Math.abs(dx) > 90
        ? 1
        : Math.max(0, Math.min(1, -(x0 * dx + y0 * dy) / length));
      const [x, y] = [x1 - dx * (1 - part), y1 - dy * (1 - part)];
      const square = x * x + y * y;
      if (square < least) {
        least = square;
        nearest = [longitude + x / narrowing, latitude + y];
      }
      [x0, y0] = [x1, y1];
    }
  }
  return nearest;
}

function metresBetween(a: Point, b: Point): number {
  const across = Math.sin((nearLongitude(b[0], a[0]) - a[0]) * RADIANS / 2) ** 2;
  const up = Math.sin((b[1] - a[1]) * RADIANS / 2) ** 2;
  const square = up + Math.cos(a[1] * RADIANS) * Math.cos(b[1] * RADIANS) * across;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(square)));
}

function windTo(from: Point, to: Point): string {
  const x = (nearLongitude(to[0], from[0]) - from[0]) * Math.cos(from[1] * RADIANS);
  const angle = Math.atan2(x, to[1] - from[1]) / Math.PI * 4;
  return WINDS[(Math.round(angle) + 8) % 8] ?? "";
}

/** A distance in as many digits as the atlas can tell. */
function kilometres(metres: number): string {
  const whole = metres / 1_000;
  const step = whole < 20 ? 1 : whole < 100 ? 5 : whole < 1_000 ? 10 : 100;
  return `${Math.max(1, Math.round(whole / step) * step)} km`;
}
