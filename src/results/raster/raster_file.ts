import type { GeoTIFF, GeoTIFFImage } from "geotiff";
import { ResultsError } from "../results_error.ts";
import { type Affine, affineOf } from "./affine.ts";
import type { Transformation } from "./crs/crs.ts";
import type { GeoKeys } from "./crs/described.ts";
import { refuseUnreadable } from "./decoding.ts";
import { type Level, levelsOf, unreadable } from "./levels.ts";
import { rangeClient } from "./ranges.ts";

/** One band of a raster. */
export interface Band {
  /** What it is called, such as `NDVI` or `B04`; empty where the file does not say. */
  readonly name: string;
  /** What a stored number is multiplied by to get the value. */
  readonly scale: number;
  /** What is added to that. */
  readonly offset: number;
}

/** A raster that was opened: its header was read, and nothing else. */
export interface RasterFile {
  /** The columns. */
  readonly width: number;
  /** The rows. */
  readonly height: number;
  readonly bands: readonly Band[];
  /** The number that stands for no value. */
  readonly noData: number | undefined;
  /** The band that says what is covered, where the file has one. */
  readonly alpha: number | undefined;
  /** The colours of classes by number, four parts each from 0 to 255; of a raster of classes. */
  readonly palette: ReadonlyMap<number, readonly [number, number, number, number]> | undefined;
  /** The names of classes by number, where the file has them. */
  readonly classNames: ReadonlyMap<number, string>;
  /** Whether its three first bands are red, green and blue by the file's own word. */
  readonly isColour: boolean;
  /** How to get from its coordinates to degrees, where that is known already. */
  readonly crs?: Transformation;
  /** What the file says of its coordinates. */
  readonly keys: GeoKeys;
  /** From columns and rows to coordinates. */
  readonly affine: Affine;
  /** The raster as it is, and its overviews, the largest first. */
  readonly levels: readonly Level[];
}

/** How a raster is opened. */
export interface OpenRasterOptions {
  /** What sends requests. */
  readonly fetch: typeof fetch;
  /** The most bytes that are read. */
  readonly maxBytes: number;
  /** Gives up at once when it aborts. */
  readonly signal: AbortSignal | undefined;
}

/** With smaller pieces a reader asks three times as often. */
const BLOCK = 65_536;

/** What may be read besides the pixels, to know what there is. */
const HEADER = 2_097_152;

/** No raster is larger than this in either direction. */
const MOST_PIXELS = 2 ** 31;

/** Opens a raster from its bytes, or by pieces from an address. */
export async function openRaster(
  from: Uint8Array<ArrayBuffer> | string,
  options: OpenRasterOptions,
): Promise<RasterFile> {
  const { fromArrayBuffer, fromCustomClient } = await import("geotiff");
  const { signal } = options;
  const pieces = { blockSize: BLOCK };
  const client = typeof from === "string"
    ? rangeClient(from, { ...options, maxBytes: options.maxBytes + HEADER })
    : undefined;
  try {
    const tiff = client !== undefined
      ? await fromCustomClient(client, { maxRanges: 0, ...pieces }, signal)
      : await fromArrayBuffer(
        typeof from === "string"
          ? new ArrayBuffer()
          : from.byteOffset === 0 && from.byteLength === from.buffer.byteLength
          ? from.buffer
          : from.slice().buffer,
        signal,
      );
    return await describe(tiff, () => client?.failure);
  } catch (error) {
    signal?.throwIfAborted();
    throw client?.failure ??
      (error instanceof ResultsError
        ? error
        : unreadable("it is no GeoTIFF, or a broken one", error));
  }
}

async function describe(
  tiff: GeoTIFF,
  failureOf: () => ResultsError | undefined,
): Promise<RasterFile> {
  const first = await tiff.getImage(0);
  const width = first.getWidth(), height = first.getHeight();
  if (!(width > 0 && height > 0 && width < MOST_PIXELS && height < MOST_PIXELS)) {
    throw unreadable(`its size, ${width} × ${height}, is none that a raster has`);
  }
  refuseUnreadable(first);
  const samples = first.getSamplesPerPixel();
  if (!(samples >= 1 && samples <= 10_000)) throw unreadable(`it has ${samples} bands`);
  const metadata = await metadataOf(first, samples);
  const photometric = first.fileDirectory.getValue("PhotometricInterpretation");
  return {
    width,
    height,
    bands: metadata.bands,
    noData: noDataOf(first),
    alpha: await alphaOf(first, samples),
    palette: photometric === 3 ? await paletteOf(first) : undefined,
    classNames: metadata.classNames,
    isColour: (photometric === 2 || photometric === 6) && samples >= 3,
    keys: { ...first.getGeoKeys() },
    affine: await affineOf(first),
    levels: await levelsOf(tiff, first, failureOf),
  };
}

interface Metadata {
  readonly bands: readonly Band[];
  readonly classNames: ReadonlyMap<number, string>;
}

async function metadataOf(image: GeoTIFFImage, samples: number): Promise<Metadata> {
  const whole = await image.getGDALMetadata().catch(() => null);
  const bands: Band[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const own = samples > 64 ? null : await image.getGDALMetadata(sample).catch(() => null);
    const text = (name: string) => {
      const value = own?.[name] ?? own?.[name.toUpperCase()];
      return typeof value === "string" ? value : undefined;
    };
    const number = (name: string, otherwise: number) => {
      const value = Number(text(name) ?? NaN);
      return Number.isFinite(value) ? value : otherwise;
    };
    bands.push({
      name: (text("DESCRIPTION") ?? text("description") ?? "").slice(0, 100),
      scale: number("SCALE", number("scale", 1)) || 1,
      offset: number("OFFSET", number("offset", 0)),
    });
  }
  const classNames = new Map<number, string>();
  for (
    const [key, value] of Object.entries({
      ...whole,
      ...(samples === 1 ? await image.getGDALMetadata(0).catch(() => null) : {}),
    })
  ) {
    const [, number] = /^(?:class|category|label)[ _]?(\d{1,5})(?:_?name)?$/i.exec(key) ?? [];
    if (number !== undefined && typeof value === "string") {
      classNames.set(Number(number), value.slice(0, 60));
    }
  }
  return { bands, classNames };
}

async function alphaOf(image: GeoTIFFImage, samples: number): Promise<number | undefined> {
  if (!image.fileDirectory.hasTag("ExtraSamples")) return undefined;
  const extra: unknown = await image.fileDirectory.loadValue("ExtraSamples");
  const list = ArrayBuffer.isView(extra) || Array.isArray(extra)
    ? Array.from(Object.values(extra))
    : [];
  const at = list.findIndex((kind) => kind === 1 || kind === 2);
  return at === -1 ? undefined : samples - list.length + at;
}

async function paletteOf(image: GeoTIFFImage): Promise<RasterFile["palette"]> {
  const map: unknown = await image.fileDirectory.loadValue("ColorMap");
  if (!ArrayBuffer.isView(map) && !Array.isArray(map)) return undefined;
  const parts = Array.from(Object.values(map), Number);
  const size = Math.floor(parts.length / 3);
  return new Map(
    Array.from({ length: size }, (_, index) => {
      const part = (at: number) => Math.round((parts[at * size + index] ?? 0) / 257);
      return [index, [part(0), part(1), part(2), 255] as const] as const;
    }),
  );
}

/** What stands for no value, as the raster's own numbers have it: -9999.9 is another number in 32 bits. */
function noDataOf(image: GeoTIFFImage): number | undefined {
  const told = image.getGDALNoData();
  if (told === null) return undefined;
  const isFloat = image.getSampleFormat(0) === 3 && image.getBitsPerSample(0) === 32;
  return isFloat ? Math.fround(told) : told;
}
