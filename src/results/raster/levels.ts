import type { GeoTIFF, GeoTIFFImage } from "geotiff";
import { formatBytes } from "../../core/units.ts";
import { ResultsError } from "../results_error.ts";
import { decodingOf } from "./decoding.ts";

/** The raster in one size: as it is, or one of its overviews. */
export interface Level {
  /** The columns. */
  readonly width: number;
  /** The rows. */
  readonly height: number;
  /** How many bytes of the file hold it. */
  bytes(): Promise<number>;
  /** Reads bands, a number for each pixel, row by row. */
  read(bands: readonly number[], signal?: AbortSignal): Promise<readonly ArrayLike<number>[]>;
  /** Reads what is covered, 0 where nothing is; absent where the file has no mask of its own. */
  readonly readMask?: (signal?: AbortSignal) => Promise<ArrayLike<number>>;
}

/** The most overviews that are looked at: a directory can point at itself. */
const MOST_LEVELS = 40;

/** The raster as it is, and its overviews, the largest first. */
export async function levelsOf(
  tiff: GeoTIFF,
  first: GeoTIFFImage,
  failureOf: () => ResultsError | undefined,
): Promise<readonly Level[]> {
  const images = [first];
  const masks: GeoTIFFImage[] = [];
  for (let index = 1; index < MOST_LEVELS; index++) {
    // Not counted before: a directory that points at itself has no end.
    const image = await tiff.getImage(index).catch((error: unknown) => {
      if (error instanceof Error && error.message === `No image at index ${index}`) return;
      throw error;
    });
    if (image === undefined) break;
    const kind: unknown = image.fileDirectory.getValue("NewSubfileType") ?? 0;
    if (typeof kind !== "number") continue;
    if ((kind & MASK) !== 0) masks.push(image);
    // Another picture in the same file is no overview.
    else if ((kind & 1) === 1 && image.getSamplesPerPixel() === first.getSamplesPerPixel()) {
      images.push(image);
    }
  }
  return images.map((image) => {
    const mask = masks.find((one) =>
      one.getWidth() === image.getWidth() && one.getHeight() === image.getHeight()
    );
    const level = levelOf(image, failureOf);
    if (mask === undefined) return level;
    const cover = levelOf(mask, failureOf);
    return {
      ...level,
      bytes: async () => await level.bytes() + await cover.bytes(),
      readMask: async (signal?: AbortSignal) => (await cover.read([0], signal))[0] ?? [],
    };
  }).sort((one, other) => other.width - one.width);
}

/** TIFF's bit of a picture that says what of another is covered. */
const MASK = 4;

function levelOf(image: GeoTIFFImage, failureOf: () => ResultsError | undefined): Level {
  const width = image.getWidth(), height = image.getHeight();
  return {
    width,
    height,
    async bytes() {
      const tag = image.fileDirectory.hasTag("TileByteCounts")
        ? "TileByteCounts"
        : "StripByteCounts";
      const sizes: unknown = await image.fileDirectory.loadValue(tag);
      if (!ArrayBuffer.isView(sizes) && !Array.isArray(sizes)) return Number(sizes) || 0;
      let sum = 0;
      for (const size of Object.values(sizes)) sum += Number(size);
      return sum;
    },
    async read(bands, signal) {
      const pixels = width * height * bands.length;
      if (pixels > MOST_READ) {
        throw new ResultsError(
          `Cannot show the raster: ${width} × ${height} pixels are too many to draw, and it has no smaller overview`,
          { reason: "too-large" },
        );
      }
      try {
        const cancelled = signal === undefined ? {} : { signal };
        if (image.fileDirectory.getValue("PhotometricInterpretation") === YCBCR) {
          // JPEG keeps brightness and two differences: bands are red, green and blue only when read as colours.
          const colours = await image.readRGB({
            interleave: false,
            ...await decodingOf(image),
            ...cancelled,
          });
          return bands.map((band) => Array.isArray(colours) ? colours[band] ?? [] : colours);
        }
        const read = await image.readRasters({
          samples: [...bands],
          ...await decodingOf(image),
          ...cancelled,
        });
        return Array.isArray(read) ? read : [read];
      } catch (error) {
        signal?.throwIfAborted();
        // The reader of pieces wraps what was thrown below it.
        if (error instanceof ResultsError) throw error;
        throw failureOf() ?? unreadable("its pixels cannot be read", error);
      }
    },
  };
}

/** What TIFF calls brightness and colour differences. */
const YCBCR = 6;

/** How many numbers are read at the most: they have to fit into memory. */
const MOST_READ = 100_000_000;

/** What a level covers: by a band that says so, by a mask of the file's own; nothing where all of it counts. */
export async function coverOf(
  level: Level,
  alpha: ArrayLike<number> | undefined,
  signal: AbortSignal | undefined,
): Promise<ArrayLike<number> | undefined> {
  const mask = await level.readMask?.(signal);
  if (mask === undefined || alpha === undefined) return alpha ?? mask;
  return Uint8Array.from(alpha, (value, index) => value > 0 && (mask[index] ?? 0) > 0 ? 1 : 0);
}

/** The level to draw so many pixels wide: the smallest that is no smaller, or the largest there is within a budget. */
export async function levelFor(
  { levels }: { readonly levels: readonly Level[] },
  pixels: number,
  maxBytes: number,
): Promise<Level> {
  const fitting = levels.findLast(({ width, height }) => Math.max(width, height) >= pixels) ??
    levels[0];
  if (fitting === undefined) throw unreadable("it has no picture");
  const smaller = levels.slice(levels.indexOf(fitting));
  const sizes: number[] = [];
  for (const level of smaller) {
    const bytes = await level.bytes();
    if (bytes <= maxBytes) return level;
    sizes.push(bytes);
  }
  const least = Math.min(...sizes);
  throw new ResultsError(
    `Cannot show the raster: ${
      levels.length === 1 ? "it has no overviews" : "its smallest overview is large"
    }, and showing it would read ${formatBytes(least)}\n` +
      "  What to do: allow it, { maxBytes: Infinity }, or download it",
    { reason: "too-large" },
  );
}

/** A raster that cannot be read, and why. */
export function unreadable(what: string, cause?: unknown): ResultsError {
  return new ResultsError(
    `Cannot read the raster: ${what}`,
    { reason: "invalid", ...(cause instanceof Error ? { cause: new Error(cause.message) } : {}) },
  );
}
