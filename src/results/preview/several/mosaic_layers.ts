import { nearLongitude } from "../../../geo/extent.ts";
import { plate, type Projection } from "../../../map/projection.ts";
import type { PlaneBox } from "../../../map/view.ts";
import type { Placement } from "../../raster/placement.ts";
import type { Band, RasterFile } from "../../raster/raster_file.ts";
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

/** What was read of one of several rasters. */
export interface TileLayers {
  /** Its header. */
  readonly file: Pick<RasterFile, "noData" | "bands">;
  /** Which bands were read, by their numbers from 0. */
  readonly bands: readonly number[];
  /** Their pixels. */
  readonly layers: readonly ArrayLike<number>[];
  /** What is covered, where it has a band for that. */
  readonly alpha: ArrayLike<number> | undefined;
}

/** Several rasters, one behind the other. */
export interface WholeLayers {
  /** The bands, stored as the first raster stores them. */
  readonly layers: readonly ArrayLike<number>[];
  /** What is covered; absent where no raster says that. */
  readonly alpha: ArrayLike<number> | undefined;
  /** The number that stands for no value. */
  readonly noData: number | undefined;
  /** Where each raster begins. */
  readonly starts: readonly number[];
}

/** Puts rasters one behind the other, so that they are painted as one: with one range, and one legend. */
export function layersAsOne(
  tiles: readonly TileLayers[],
  first: Pick<RasterFile, "noData" | "bands">,
  bands: readonly number[],
): WholeLayers {
  const starts: number[] = [];
  let length = 0;
  for (const { layers: [layer = []] } of tiles) {
    starts.push(length);
    length += layer.length;
  }
  const isAlike = tiles.every(({ file, layers, bands: own }) =>
    file.noData === first.noData &&
    layers.every((layer, at) =>
      layer instanceof Uint8Array && isSame(bandOf(file, own[at]), bandOf(first, bands[at]))
    )
  );
  const layers = bands.map((band, at) => {
    // Bytes stay bytes: those of a picture have no range but their own.
    const whole = isAlike ? new Uint8Array(length) : new Float64Array(length);
    for (const [index, { file, layers: own, bands: ownBands }] of tiles.entries()) {
      const layer = own[at] ?? [];
      const start = starts[index] ?? 0;
      if (isAlike) {
        whole.set(layer, start);
        continue;
      }
      const from = bandOf(file, ownBands[at]), to = bandOf(first, band);
      const same = isSame(from, to);
      for (let pixel = 0; pixel < layer.length; pixel++) {
        const stored = layer[pixel] ?? NaN;
        whole[start + pixel] = stored === file.noData
          ? NaN
          : same
          ? stored
          : (stored * from.scale + from.offset - to.offset) / to.scale;
      }
    }
    return whole;
  });
  return {
    layers,
    alpha: alphaOf(tiles, starts, length),
    noData: isAlike ? first.noData : undefined,
    starts,
  };
}

function alphaOf(
  tiles: readonly TileLayers[],
  starts: readonly number[],
  length: number,
): ArrayLike<number> | undefined {
  if (tiles.every(({ alpha }) => alpha === undefined)) return undefined;
  const whole = new Float64Array(length).fill(1);
  for (const [index, { alpha }] of tiles.entries()) {
    if (alpha !== undefined) whole.set(alpha, starts[index] ?? 0);
  }
  return whole;
}

function bandOf({ bands }: Pick<RasterFile, "bands">, band: number | undefined): Band {
  return bands[band ?? 0] ?? { name: "", scale: 1, offset: 0 };
}

function isSame(one: Band, other: Band): boolean {
  return one.scale === other.scale && one.offset === other.offset;
}
