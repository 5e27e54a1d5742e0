import type { Band, RasterFile } from "../../raster/raster_file.ts";

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
