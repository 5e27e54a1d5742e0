import type { View } from "../../map/view.ts";
import { transformationOf } from "../raster/crs/crs.ts";
import { chooseBands, type Meaning, paint, type PaintOptions } from "../raster/paint.ts";
import { type Placement, placementOf } from "../raster/placement.ts";
import { encodePng } from "../raster/png.ts";
import { coverOf, levelFor } from "../raster/levels.ts";
import type { RasterFile } from "../raster/raster_file.ts";
import { foundIn, type Frame, frameOf, rasterView } from "./frame.ts";

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

/** Reads the overview that fits, paints it, and lays it where it belongs. */
export async function drawRaster(
  file: RasterFile,
  options: RasterDrawingOptions,
): Promise<RasterDrawing> {
  const { signal, maxBytes, mapWidth } = options;
  const crs = file.crs ?? await transformationOf(file.keys);
  const placement = placementOf(file, crs);
  const view = rasterView(placement.box, placement.projection, mapWidth);
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
  const found = foundIn(frame, view, { placement, file, level });
  const warped = new Uint8Array(found.length * 4);
  for (let index = 0; index < found.length; index++) {
    const from = found[index] ?? -1;
    if (from >= 0) warped.set(pixels.subarray(from * 4, from * 4 + 4), index * 4);
  }
  const png = await encodePng(warped, { width: frame.columns, height: frame.rows });
  return { view, frame, png, placement, crs: crs.name, meaning, read: [level.width, level.height] };
}
