import type { Box } from "./area.ts";

/** A square raster of 32-bit numbers over an area, row by row from the north-west corner. */
export interface Raster {
  /** Where it is. */
  readonly box: Box;
  /** How many pixels a side has. */
  readonly size: number;
  /** The values. */
  readonly values: readonly number[];
}

const PLATE_CARREE = 4326;

/** A raster as a GeoTIFF in EPSG:4326. The library is loaded at the first call. */
export async function toGeoTiff({ box, size, values }: Raster): Promise<Uint8Array<ArrayBuffer>> {
  const { writeArrayBuffer } = await import("geotiff");
  const [west, south, east, north] = box;
  const buffer = await writeArrayBuffer(Float32Array.from(values), {
    width: size,
    height: size,
    BitsPerSample: [32],
    SampleFormat: [3],
    GTModelTypeGeoKey: 2,
    GTRasterTypeGeoKey: 1,
    GeographicTypeGeoKey: PLATE_CARREE,
    ModelPixelScale: [(east - west) / size, (north - south) / size, 0],
    ModelTiepoint: [0, 0, 0, west, north, 0],
  });
  return new Uint8Array(buffer);
}
