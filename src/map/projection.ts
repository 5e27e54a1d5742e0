import { type GeoExtent, nearLongitude } from "../geo/extent.ts";

/** A point on a plane. */
export type Point = readonly [x: number, y: number];

/** A way to draw the round on the flat: x to the east, y to the north, in radii of the earth. */
export interface Projection {
  /**
   * - `mercator`: small areas and those about the equator; tiles of the service's grids are squares;
   * - `azimuthal`: large areas towards a pole, equal in area;
   * - `plate`: what spans both hemispheres up to the poles; a degree is the same length everywhere.
   */
  readonly kind: "mercator" | "azimuthal" | "plate";
  /** Longitude and latitude in the middle. */
  readonly center: Point;
  /** Where a place comes to lie; longitudes run on beyond ±180 of the middle, save where they meet at a pole. */
  project(longitude: number, latitude: number): Point;
  /** What place lies there. */
  invert(x: number, y: number): Point;
  /** How the place of a turned globe, in radians, comes to lie: what d3-geo calls raw. */
  raw(lambda: number, phi: number): [number, number];
  /** How far the globe is turned to the north, in degrees. */
  readonly tilt: number;
}

const RADIANS = Math.PI / 180;
/** Where Mercator's projection becomes square; beyond, nothing is drawn by it. */
const MERCATOR_LIMIT = 85.06;

/** The way to draw an area: no scale differs much from another within it. */
export function projectionFor({ longitudes, latitudes }: GeoExtent): Projection {
  const [west, east] = longitudes;
  const [south, north] = latitudes;
  const width = east - west;
  const farthest = Math.max(Math.abs(south), Math.abs(north));
  const straddles = south < 0 && north > 0;
  const nearest = straddles ? 0 : Math.min(Math.abs(south), Math.abs(north));
  const middle: Point = [(west + east) / 2, (south + north) / 2];
  const stretch = Math.cos(nearest * RADIANS) / Math.cos(farthest * RADIANS);
  if (farthest <= 84 && stretch <= 2.5) return mercator(middle);
  const isWide = width > 120;
  if (!straddles && (nearest >= 40 || (!isWide && north - south < 75))) {
    const pole = south + north > 0 ? 90 : -90;
    return azimuthal([middle[0], isWide ? pole : middle[1]]);
  }
  return plate(middle, straddles ? 0 : Math.min(60, Math.abs(middle[1])));
}

function mercator(center: Point): Projection {
  const limit = MERCATOR_LIMIT * RADIANS;
  const rise = (phi: number) => Math.asinh(Math.tan(Math.max(-limit, Math.min(limit, phi))));
  return {
    kind: "mercator",
    center,
    tilt: 0,
    raw: (lambda, phi) => [lambda, rise(phi)],
    project: (longitude, latitude) => [
      (longitude - center[0]) * RADIANS,
      rise(latitude * RADIANS),
    ],
    invert: (x, y) => [center[0] + x / RADIANS, Math.atan(Math.sinh(y)) / RADIANS],
  };
}

/** A degree of longitude as wide as it is at a parallel, and as high as one of latitude: pictures in degrees fit it. */
export function plate(center: Point, parallel: number): Projection {
  const narrowing = Math.cos(parallel * RADIANS);
  return {
    kind: "plate",
    center,
    tilt: 0,
    raw: (lambda, phi) => [lambda * narrowing, phi],
    project: (longitude, latitude) => [
      (longitude - center[0]) * RADIANS * narrowing,
      latitude * RADIANS,
    ],
    invert: (x, y) => [center[0] + x / RADIANS / narrowing, y / RADIANS],
  };
}

/** Lambert's azimuthal equal-area projection. */
function azimuthal(center: Point): Projection {
  const sin = Math.sin(center[1] * RADIANS);
  const cos = Math.cos(center[1] * RADIANS);
  const toPlane = (x: number, y: number, depth: number): Point => {
    const k = Math.sqrt(2 / Math.max(1e-9, 1 + depth));
    return [x * k, y * k];
  };
  return {
    kind: "azimuthal",
    center,
    tilt: center[1],
    raw(lambda, phi) {
      const [x, y] = toPlane(
        Math.cos(phi) * Math.sin(lambda),
        Math.sin(phi),
        Math.cos(phi) * Math.cos(lambda),
      );
      return [x, y];
    },
    project(longitude, latitude) {
      const lambda = (longitude - center[0]) * RADIANS;
      const phi = latitude * RADIANS;
      const across = Math.cos(phi) * Math.sin(lambda);
      const along = Math.cos(phi) * Math.cos(lambda);
      return toPlane(
        across,
        cos * Math.sin(phi) - sin * along,
        sin * Math.sin(phi) + cos * along,
      );
    },
    invert(x, y) {
      const distance = Math.hypot(x, y);
      if (distance === 0) return center;
      const angle = 2 * Math.asin(Math.min(1, distance / 2));
      const latitude = Math.asin(Math.cos(angle) * sin + y * Math.sin(angle) * cos / distance);
      const longitude = Math.atan2(
        x * Math.sin(angle),
        distance * cos * Math.cos(angle) - y * sin * Math.sin(angle),
      );
      return [nearLongitude(center[0] + longitude / RADIANS, center[0]), latitude / RADIANS];
    },
  };
}
