import type { RasterFile } from "../../../src/results/raster/raster_file.ts";

/** A raster in degrees in memory: its upper left corner, the size of a pixel, and its values by row. */
export function rasterOf(
  [west, north]: readonly [west: number, north: number],
  size: number,
  rows: readonly (readonly number[])[],
  about: Partial<RasterFile> = {},
): RasterFile {
  const width = rows[0]?.length ?? 0, height = rows.length;
  return {
    width,
    height,
    bands: [{ name: "NDVI", scale: 1, offset: 0 }],
    noData: undefined,
    alpha: undefined,
    palette: undefined,
    classNames: new Map(),
    isColour: false,
    crs: {
      name: "EPSG:4326",
      toDegrees: (x, y) => [x, y],
      fromDegrees: (longitude, latitude) => [longitude, latitude],
    },
    keys: {},
    affine: [west, size, 0, north, 0, -size],
    levels: [{
      width,
      height,
      bytes: () => Promise.resolve(width * height * 8),
      read: (bands) => Promise.resolve(bands.map(() => Float64Array.from(rows.flat()))),
    }],
    ...about,
  };
}
