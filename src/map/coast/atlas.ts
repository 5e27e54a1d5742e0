import { drawFlat } from "./land.ts";
import { createPen, type Pen } from "../pen.ts";
import type { Point } from "../projection.ts";
import { metresPerPixel, toPlace, type View } from "../view.ts";
import { type Place, placeOf } from "./place.ts";
import type { world } from "./world.ts";

/** The coasts of the world, and how to draw them. */
export interface Atlas {
  /**
   * The land that a view shows as the path of an SVG, in tenths of a pixel; nothing where the coasts are not known well
   * enough for its scale.
   */
  land(view: View): string | undefined;
  /** A globe seen from above the middle of a view, with what the view shows marked on it. */
  globe(view: View, radius: number): Globe;
  /** Where the middle of a view is, in words; nothing where it holds too much for that. */
  place(view: View): Place | undefined;
}

/** A globe, in tenths of a pixel from its middle. */
export interface Globe {
  /** The land as the path of an SVG. */
  readonly land: string;
  /** The edge of what the view shows as the path of an SVG. */
  readonly frame: string;
  /** Where the view's middle lies. */
  readonly middle: Point;
  /** How large what the view shows is on the globe, in pixels. */
  readonly size: number;
}

/** The little of d3-geo that is used here; it comes without types. */
interface D3Projection {
  (place: Point): Point | null;
  rotate(angles: readonly number[]): D3Projection;
  scale(scale: number): D3Projection;
  translate(point: Point): D3Projection;
  clipAngle(angle: number): D3Projection;
  clipExtent(corners: readonly [Point, Point]): D3Projection;
  precision(pixels: number): D3Projection;
}
interface D3 {
  geoProjection(raw: (lambda: number, phi: number) => [number, number]): D3Projection;
  geoOrthographic(): D3Projection;
  geoPath(projection: D3Projection, context: Pen): (shape: unknown) => void;
}

/** Below this many metres a pixel, coasts that are drawn for 1 : 110 million are too coarse. */
const COARSE = 9_000;
/** Below this many, those for 1 : 50 million are. */
const FINE = 250;
const EDGE = 24;

/**
 * Loads the coasts, which come as a package and need no request of their own. Neither they nor d3-geo
 * are loaded before somebody wants to see a map. The atlas remembers what it drew last: keep it while the
 * same map is drawn again and again.
 */
export async function loadAtlas(): Promise<Atlas> {
  const [d3, { world }] = await Promise.all([import("d3-geo"), import("./world.ts")]);
  return atlasOf(d3, world);
}

/** The same, or nothing where it cannot be loaded: without the coasts it still is a map. */
export function loadAtlasIfThere(): Promise<Atlas | undefined> {
  return loadAtlas().catch(() => undefined);
}

function atlasOf(d3: D3, { coarse, fine, countries }: typeof world): Atlas {
  return {
    place: rememberLast((view) => {
      const draws = metresPerPixel(view) >= FINE;
      return placeOf(view, { coasts: fine.flat, countries, draws });
    }),
    land: rememberLast((view) => {
      const metres = metresPerPixel(view);
      if (metres < FINE) return undefined;
      const { round, flat } = metres < COARSE ? fine : coarse;
      const pen = createPen({ step: 0.8, least: 1.5 });
      if (view.projection.kind !== "azimuthal") drawFlat(flat, view, pen);
      else d3.geoPath(roundProjection(d3, view), pen)(round);
      return pen.end();
    }),
    globe: rememberLast((view, radius) => {
      const [longitude, latitude] = toPlace(view, view.width / 2, view.height / 2);
      // From a little nearer to the equator, so that the continents are to be seen.
      const projection = d3.geoOrthographic().rotate([-longitude, -latitude * 0.75])
        .scale(radius).translate([0, 0]).clipAngle(90).precision(0.5);
      const land = createPen({ step: 0.9, least: 2 });
      d3.geoPath(projection, land)(coarse.round);
      const edge = edgeOf(view);
      const frame = createPen();
      d3.geoPath(projection, frame)({ type: "LineString", coordinates: edge });
      const points = edge.map((place) => projection(place)).filter((point) => point !== null);
      return {
        land: land.end(),
        frame: frame.end(),
        middle: projection([longitude, latitude]) ?? [0, 0],
        size: Math.max(0, ...[0, 1].map((axis) => spread(points.map((point) => point[axis] ?? 0)))),
      };
    }),
  };
}

/** A map that is drawn again and again while work goes on shows the same part of the world every time. */
function rememberLast<R>(
  draw: (view: View, radius: number) => R,
): (view: View, radius?: number) => R {
  let last: { readonly key: string; readonly result: R } | undefined;
  return (view, radius = 0) => {
    const { width, height, scale, origin, projection: { kind, center } } = view;
    const key = [width, height, scale, ...origin, kind, ...center, radius].join(" ");
    if (last?.key !== key) last = { key, result: draw(view, radius) };
    return last.result;
  };
}

function roundProjection(d3: D3, { width, height, scale, origin, projection }: View): D3Projection {
  const { raw, center, tilt } = projection;
  return d3.geoProjection(raw).rotate([-center[0], -tilt]).scale(scale).translate(origin)
    .precision(0.5).clipAngle(170).clipExtent([[-EDGE, -EDGE], [width + EDGE, height + EDGE]]);
}

/** The edge of what a view shows, in places. */
function edgeOf(view: View): Point[] {
  const { width, height, projection: { center } } = view;
  const steps = 16;
  const corners: Point[] = [[0, 0], [width, 0], [width, height], [0, height], [0, 0]];
  const edge = corners.slice(1).flatMap((to, index) => {
    const from = corners[index] ?? to;
    return Array.from({ length: steps }, (_, step): Point => [
      from[0] + (to[0] - from[0]) * step / steps,
      from[1] + (to[1] - from[1]) * step / steps,
    ]);
  });
  return [...edge, corners[0] ?? [0, 0]].map(([x, y]): Point => {
    const [longitude, latitude] = toPlace(view, x, y);
    return [
      Math.max(center[0] - 180, Math.min(center[0] + 180, longitude)),
      Math.max(-90, Math.min(90, latitude)),
    ];
  });
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}
