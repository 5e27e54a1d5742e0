import { layersOf } from "../../map/marks/layers.ts";
import type { Projection } from "../../map/projection.ts";
import { drawMap, type MapParts, type Svg } from "../../map/svg.ts";
import { type PlaneBox, toPlace, type View, viewOf } from "../../map/view.ts";
import { pictureUrl } from "../../map/xml.ts";
import type { Level } from "../raster/levels.ts";
import type { Placement } from "../raster/placement.ts";
import type { RasterFile } from "../raster/raster_file.ts";
import { warp } from "../raster/warp.ts";

/** Where in a map a picture lies, in the map's pixels, and how many pixels of its own it has. */
export interface Frame {
  /** Its left edge. */
  readonly x: number;
  /** Its upper edge. */
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Its own columns. */
  readonly columns: number;
  /** Its own rows. */
  readonly rows: number;
}

/** A part of a frame, in its own pixels. */
export interface Window {
  /** Its first column. */
  readonly x: number;
  /** Its first row. */
  readonly y: number;
  /** How many columns it has. */
  readonly columns: number;
  /** How many rows it has. */
  readonly rows: number;
}

/** A raster, where it lies, and the overview of it that was read. */
export interface LaidRaster {
  /** The raster. */
  readonly file: Pick<RasterFile, "width" | "height">;
  /** Where it lies on the earth. */
  readonly placement: Placement;
  /** What was read of it. */
  readonly level: Pick<Level, "width" | "height">;
}

/** So many pixels of the picture are drawn for one of the page: screens have two. */
const DENSITY = 2;

/** The view of a map that rasters lie in: about as high as they need, and never a strip. */
export function rasterView(box: PlaneBox, projection: Projection, mapWidth: number): View {
  return viewOf(box, projection, 4, {
    width: mapWidth,
    height: [Math.min(200, mapWidth * 0.5), Math.max(120, Math.round(mapWidth * 0.9))],
  });
}

/** The part of a map's frame that something takes. */
export function frameOf({ origin, scale }: View, box: PlaneBox): Frame {
  const width = scale * (box.x[1] - box.x[0]);
  const height = scale * (box.y[1] - box.y[0]);
  return {
    x: origin[0] + scale * box.x[0],
    y: origin[1] - scale * box.y[1],
    width,
    height,
    columns: Math.max(1, Math.round(width * DENSITY)),
    rows: Math.max(1, Math.round(height * DENSITY)),
  };
}

/** For each pixel of a frame, or of a part of it, the index of the overview's pixel that lies there; -1 where none does. */
export function foundIn(
  frame: Frame,
  view: View,
  { file, placement, level, window = { x: 0, y: 0, columns: frame.columns, rows: frame.rows } }:
    & LaidRaster
    & { readonly window?: Window },
): Int32Array {
  return warp({
    width: window.columns,
    height: window.rows,
    placeAt: (x, y) =>
      toPlace(
        view,
        frame.x + (window.x + x) * frame.width / frame.columns,
        frame.y + (window.y + y) * frame.height / frame.rows,
      ),
    toPixel(longitude, latitude) {
      const [column, row] = placement.toPixel(longitude, latitude);
      return [column * level.width / file.width, row * level.height / file.height];
    },
    columns: level.width,
    rows: level.height,
  });
}

/** A PNG as part of an SVG. Its pixels stay sharp: between two values there is no third. */
export function imageOf(
  png: Uint8Array,
  { x, y, width, height }: Omit<Frame, "columns" | "rows">,
): string {
  return `<image href="${
    pictureUrl("png", png)
  }" x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="none" style="image-rendering:pixelated"/>`;
}

/** What stands beside the map itself: coordinates, legend. */
const BESIDE = 50 + 18 + 138 + 12;

/** How wide the map of a picture is. */
export function mapWidthOf(width: number): number {
  return Math.max(160, Math.round(width) - BESIDE);
}

/** Draws a map of what lies on the ground, with no footprints on it and a legend that says what its colours mean. */
export function drawGround(
  view: View,
  parts: Required<Pick<MapParts, "ground" | "legend">> & Pick<MapParts, "title" | "atlas">,
): Svg {
  return drawMap({
    ...parts,
    view,
    layers: layersOf([], view),
    amount: "",
    entries: [],
    notes: [],
  });
}

/** From where to where something reaches, in as many digits as tell it apart. */
export function boundsWords({ west, south, east, north }: Placement["bounds"]): string {
  const span = Math.max(east - west, north - south);
  const digits = span >= 1 ? 2 : span >= 0.05 ? 3 : 5;
  const round = (number: number) => Number(number.toFixed(digits));
  const longitude = (degrees: number) => {
    const wrapped = degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees;
    return `${round(Math.abs(wrapped))}°${wrapped < 0 ? "W" : "E"}`;
  };
  const latitude = (degrees: number) => `${round(Math.abs(degrees))}°${degrees < 0 ? "S" : "N"}`;
  return east - west >= 360
    ? `${latitude(south)} to ${latitude(north)}`
    : `${longitude(west)} to ${longitude(east)}, ${latitude(south)} to ${latitude(north)}`;
}
