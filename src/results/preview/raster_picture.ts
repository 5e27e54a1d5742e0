import type { Atlas } from "../../map/coast/atlas.ts";
import type { View } from "../../map/view.ts";
import { transformationOf } from "../raster/crs/crs.ts";
import { coverOf, levelFor } from "../raster/levels.ts";
import { chooseBands, type Meaning, paint, type PaintOptions } from "../raster/paint.ts";
import { type Placement, placementOf } from "../raster/placement.ts";
import { encodePng } from "../raster/png.ts";
import type { RasterFile } from "../raster/raster_file.ts";
import {
  boundsWords,
  drawGround,
  foundIn,
  type Frame,
  frameOf,
  imageOf,
  mapWidthOf,
  rasterView,
} from "./frame.ts";
import { meaningLegend, meaningWords } from "./legend.ts";

/** How a raster is shown. */
export interface RasterPictureOptions extends Omit<RasterDrawingOptions, "mapWidth"> {
  /** The width of the picture in pixels. */
  readonly width: number;
  /** The coasts. */
  readonly atlas: Atlas | undefined;
  /** What stands above it. */
  readonly title: string | undefined;
}

/** A picture, and what is known of what it shows. */
export interface Picture {
  /** The asset or file that was drawn. */
  readonly name: string;
  /** The picture as the text of an SVG, in which a raster lies as a PNG. */
  readonly svg: string;
  /** The width in pixels. */
  readonly width: number;
  /** The picture in words. */
  readonly alt: string;
  /** What is known of a raster; absent where the picture is of shapes. */
  readonly raster?: PictureRaster;
}

/** What is known of the raster in a picture. */
export interface PictureRaster {
  /** The raster alone: in degrees, or about its pole. */
  readonly png: Uint8Array<ArrayBuffer>;
  /** From where to where the PNG reaches in degrees; absent where it is drawn about a pole. */
  readonly bounds?: {
    readonly west: number;
    readonly south: number;
    readonly east: number;
    readonly north: number;
  };
  /** The corners in degrees: upper left, upper right, lower right, lower left, by its own columns and rows. */
  readonly corners: readonly (readonly [longitude: number, latitude: number])[];
  /** What its coordinates are called, such as `EPSG:32631`. */
  readonly crs: string;
  /** What the colours mean. */
  readonly meaning: Meaning;
  /** The columns and rows of the overview that was read. */
  readonly read: readonly [columns: number, rows: number];
}

/** Draws a raster in a map's frame: coordinates on the edges, a scale, where that is, and what its colours mean. */
export async function rasterPicture(
  file: RasterFile,
  options: RasterPictureOptions,
): Promise<Picture> {
  const { width, atlas, title } = options;
  const drawing = await drawRaster(file, { ...options, mapWidth: mapWidthOf(width) });
  const { view, frame, png, placement, crs, meaning } = drawing;
  const { text, width: whole } = drawGround(view, {
    title,
    atlas,
    legend: meaningLegend(meaning),
    ground: imageOf(png, frame),
  });
  return {
    name: title ?? "a raster",
    svg: text,
    width: whole,
    alt: [
      title ?? "A raster",
      meaningWords(meaning),
      boundsWords(placement.bounds),
      `${file.width} × ${file.height} pixels in ${crs}`,
    ].join("; "),
    raster: rasterOf(drawing),
  };
}

/** What is known of a raster that was drawn. */
export function rasterOf({ png, placement, crs, meaning, read }: RasterDrawing): PictureRaster {
  return {
    png,
    ...(placement.projection.kind === "azimuthal" ? {} : { bounds: placement.bounds }),
    corners: placement.corners,
    crs,
    meaning,
    read,
  };
}

/** How a raster is drawn. */
interface RasterDrawingOptions extends PaintOptions {
  /** The width of the map in pixels. */
  readonly mapWidth: number;
  /** The most bytes that are read of pixels. */
  readonly maxBytes: number;
  /** Gives up at once when it aborts. */
  readonly signal: AbortSignal | undefined;
}

/** A raster as it lies in a map. */
interface RasterDrawing {
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
