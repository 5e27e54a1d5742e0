import { nearLongitude } from "../../../geo/longitudes.ts";
import { plate, type Projection } from "../../../map/projection.ts";
import type { PlaneBox } from "../../../map/view.ts";
import type { Placement } from "../../raster/placement.ts";
import type { Frame, Window } from "../frame.ts";

/** What several rasters take together. */
export interface Extent {
  /** How they are drawn: in degrees, or about the pole that one of them lies around. */
  readonly projection: Projection;
  /** From where to where they reach in degrees. */
  readonly bounds: Placement["bounds"];
  /** What they take on the plane of the projection. */
  readonly box: PlaneBox;
}

/** What all of them take together: in degrees, or about the pole that one of them lies around. */
export function sharedExtent(
  placements: readonly Placement[],
): {
  readonly projection: Projection;
  readonly bounds: Placement["bounds"];
  readonly box: PlaneBox;
} {
  const around = placements.find(({ projection: one }) => one.kind === "azimuthal");
  const middle = placements[0]?.bounds.west ?? 0;
  const spans = placements.map(({ bounds }) => {
    const shift = nearLongitude(bounds.west, middle) - bounds.west;
    return { ...bounds, west: bounds.west + shift, east: bounds.east + shift };
  });
  const south = Math.min(...spans.map((span) => span.south));
  const north = Math.max(...spans.map((span) => span.north));
  const west = around === undefined ? Math.min(...spans.map((span) => span.west)) : -180;
  const east = around === undefined ? Math.max(...spans.map((span) => span.east)) : 180;
  const projection = around?.projection ??
    plate([(west + east) / 2, (south + north) / 2], Math.min(85, Math.abs(south + north) / 2));
  const boxes = placements.map((placement) => placementBox(placement, projection));
  return {
    projection,
    bounds: { west, south, east, north },
    box: {
      x: [Math.min(...boxes.map(({ x }) => x[0])), Math.max(...boxes.map(({ x }) => x[1]))],
      y: [Math.min(...boxes.map(({ y }) => y[0])), Math.max(...boxes.map(({ y }) => y[1]))],
    },
  };
}

/** In so many steps the edges of a raster are looked at. */
const STEPS = 16;

/** What a raster takes on a plane. */
export function placementBox(
  { bounds, projection: own, box }: Placement,
  projection: Projection,
): PlaneBox {
  if (own === projection) return box;
  const { west, south, east, north } = bounds;
  const xs: number[] = [], ys: number[] = [];
  for (let step = 0; step <= STEPS; step++) {
    const longitude = west + (east - west) * step / STEPS;
    const latitude = south + (north - south) * step / STEPS;
    for (
      const place of [[longitude, south], [longitude, north], [west, latitude], [
        east,
        latitude,
      ]] as const
    ) {
      const [x, y] = projection.project(...place);
      xs.push(x);
      ys.push(y);
    }
  }
  return { x: [Math.min(...xs), Math.max(...xs)], y: [Math.min(...ys), Math.max(...ys)] };
}

/** The part of the frame that one of its parts takes. */
export function windowIn(frame: Frame, scale: number, whole: PlaneBox, part: PlaneBox): Window {
  const across = scale * frame.columns / frame.width, down = scale * frame.rows / frame.height;
  const clamp = (value: number, most: number) => Math.max(0, Math.min(most, value));
  const x = clamp(Math.floor((part.x[0] - whole.x[0]) * across), frame.columns - 1);
  const y = clamp(Math.floor((whole.y[1] - part.y[1]) * down), frame.rows - 1);
  const right = clamp(Math.ceil((part.x[1] - whole.x[0]) * across), frame.columns);
  const bottom = clamp(Math.ceil((whole.y[1] - part.y[0]) * down), frame.rows);
  return { x, y, columns: Math.max(1, right - x), rows: Math.max(1, bottom - y) };
}
