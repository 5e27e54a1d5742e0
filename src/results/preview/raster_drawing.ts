import { pictureUrl } from "../../map/data_url.ts";
import { type PlaneBox, toPlace, type View, viewOf } from "../../map/view.ts";
import { transformationOf } from "../raster/crs/crs.ts";
import { chooseBands, type Meaning, paint, type PaintOptions } from "../raster/paint.ts";
import { type Placement, placementOf } from "../raster/placement.ts";
import { encodePng } from "../raster/png.ts";
import { coverOf, levelFor } from "../raster/levels.ts";
import type { RasterFile } from "../raster/raster_file.ts";
import { warp } from "../raster/warp.ts";

/** How a raster is drawn. */
export interface RasterDrawingOptions extends PaintOptions {
  /** The width of the map in pixels. */
  readonly mapWidth: number;
  /** The most bytes that are read of pixels. */
  readonly maxBytes: number;
  /** Gives up at once when it aborts. */
  readonly signal: AbortSignal | undefined;
}

/** A raster as it lies in a map. */
export interface RasterDrawing {
  /** The part of the world that the map shows. */
  readonly view: View;
  /** Where in the map it lies. */
  readonly frame: Frame;
  /** The raster as a PNG: in degrees, or about its pole. */
  readonly png: Uint8Array<ArrayBuffer>;
  /** Where it lies on the earth. */
  readonly placement: Placement;
  /** What its coordinates are called. */
  readonly crs: string;
  /** What the colours mean. */
  readonly meaning: Meaning;
  /** The size of the overview that was read. */
  readonly read: readonly [columns: number, rows: number];
}

/** Where in a map a picture lies, in the map's pixels, and how many pixels of its own it has. */
export interface Frame {
  /** Its left edge. */
  readonly x: number;
  /** Its upper edge. */
  readonly y: number;
  /** Its width. */
  readonly width: number;
  /** Its height. */
  readonly height: number;
  /** Its own columns. */
  readonly columns: number;
  /** Its own rows. */
  readonly rows: number;
}

/** So many pixels of the picture are drawn for one of the page: screens have two. */
const DENSITY = 2;

/** Reads the overview that fits, paints it, and lays it where it belongs. */
export async function drawRaster(
  file: RasterFile,
  options: RasterDrawingOptions,
): Promise<RasterDrawing> {
  const { signal, maxBytes, mapWidth } = options;
  const crs = file.crs ?? await transformationOf(file.keys);
  const placement = placementOf(file, crs);
  const view = viewOf(placement.box, placement.projection, 4, {
    width: mapWidth,
    height: [Math.min(200, mapWidth * 0.5), Math.max(120, Math.round(mapWidth * 0.9))],
  });
  const frame = frameOf(view, placement.box);
  const level = await levelFor(file, Math.max(frame.columns, frame.rows), maxBytes);
  const choice = chooseBands(file, options);
  const wanted = file.alpha === undefined ? choice.bands : [...choice.bands, file.alpha];
  const bands = [...new Set(wanted)];
  const layers = await level.read(bands, signal);
  const layerOf = (band: number) => layers[bands.indexOf(band)] ?? [];
  const alpha = file.alpha === undefined ? undefined : layerOf(file.alpha);
  const { pixels, meaning } = paint(
    file,
    choice,
    choice.bands.map(layerOf),
    await coverOf(level, alpha, signal),
    options,
  );
  const found = warp({
    width: frame.columns,
    height: frame.rows,
    placeAt: (x, y) =>
      toPlace(
        view,
        frame.x + x * frame.width / frame.columns,
        frame.y + y * frame.height / frame.rows,
      ),
    toPixel(longitude, latitude) {
      const [column, row] = placement.toPixel(longitude, latitude);
      return [column * level.width / file.width, row * level.height / file.height];
    },
    columns: level.width,
    rows: level.height,
  });
  const warped = new Uint8Array(found.length * 4);
  for (let index = 0; index < found.length; index++) {
    const from = found[index] ?? -1;
    if (from >= 0) warped.set(pixels.subarray(from * 4, from * 4 + 4), index * 4);
  }
  const png = await encodePng(warped, { width: frame.columns, height: frame.rows });
  return { view, frame, png, placement, crs: crs.name, meaning, read: [level.width, level.height] };
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

/** A PNG as part of an SVG. Its pixels stay sharp: between two values there is no third. */
export function imageOf(
  png: Uint8Array,
  { x, y, width, height }: Omit<Frame, "columns" | "rows">,
): string {
  return `<image href="${
    pictureUrl("png", png)
  }" x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="none" style="image-rendering:pixelated"/>`;
}
