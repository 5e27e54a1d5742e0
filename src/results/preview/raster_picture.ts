import type { Atlas } from "../../map/coast/atlas.ts";
import type { Meaning } from "../raster/paint.ts";
import type { RasterFile } from "../raster/raster_file.ts";
import { imageOf } from "./frame.ts";
import { boundsWords, drawGround, mapWidthOf } from "./ground_map.ts";
import { meaningLegend, meaningWords } from "./legend.ts";
import { drawRaster, type RasterDrawing, type RasterDrawingOptions } from "./raster_drawing.ts";

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
