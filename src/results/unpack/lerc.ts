import { isObject } from "../../core/objects.ts";
import type { Unpacked } from "./decompress.ts";

/** What a block of pixels is to be like. */
export interface LercBlock {
  /** The most columns. */
  readonly width: number;
  /** The most rows. */
  readonly height: number;
  /** How many numbers a pixel has. */
  readonly samples: number;
  /** Whether the numbers of a pixel stand beside each other. */
  readonly interleaved: boolean;
}

/** Unpacks LERC (https://github.com/Esri/lerc): a block that says that it is larger than this is let go of. */
export async function openLerc(): Promise<(blob: Uint8Array, block: LercBlock) => Unpacked> {
  const loaded: unknown = await import("lerc");
  const decode = decoderIn(loaded);
  return (blob, block) => {
    const size = sizeOf(blob);
    if (size === undefined) return "broken";
    if (size.width > block.width || size.height > block.height || size.samples > block.samples) {
      return "large";
    }
    try {
      return bytesOf(decode(blob.slice().buffer, block.interleaved), block.samples);
    } catch {
      return "broken";
    }
  };
}

type Decode = (blob: ArrayBuffer, interleaved: boolean) => unknown;

function decoderIn(loaded: unknown): Decode {
  const library = isObject(loaded) && isObject(loaded.default) ? loaded.default : loaded;
  const decode = isObject(library) ? library.decode : undefined;
  if (typeof decode !== "function") throw new TypeError("The LERC decoder has no decode");
  return (blob, interleaved) => decode(blob, { returnPixelInterleavedDims: interleaved });
}

interface BlockSize {
  readonly width: number;
  readonly height: number;
  readonly samples: number;
}

/** How large a block says that it is. */
function sizeOf(blob: Uint8Array): BlockSize | undefined {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const name = String.fromCharCode(...blob.subarray(0, 10));
  if (name.startsWith("CntZImage ") && blob.length >= 26) {
    return { height: view.getUint32(18, true), width: view.getUint32(22, true), samples: 1 };
  }
  if (!name.startsWith("Lerc2 ") || blob.length < 26) return undefined;
  const version = view.getInt32(6, true);
  const at = version >= 3 ? 14 : 10;
  return {
    height: view.getUint32(at, true),
    width: view.getUint32(at + 4, true),
    samples: version >= 4 ? view.getUint32(at + 8, true) : 1,
  };
}

/** The numbers of a block; what its mask leaves out is no number, or not covered. */
function bytesOf(read: unknown, samples: number): Unpacked {
  if (!isObject(read) || !Array.isArray(read.pixels)) return "broken";
  const [pixels]: unknown[] = read.pixels;
  const mask = read.mask instanceof Uint8Array ? read.mask : undefined;
  if (pixels instanceof Float32Array || pixels instanceof Float64Array) {
    if (mask !== undefined) {
      const each = pixels.length / mask.length;
      for (let at = 0; at < pixels.length; at++) {
        if (mask[Math.floor(at / each)] === 0) pixels[at] = NaN;
      }
    }
  } else if (pixels instanceof Uint8Array && typeof read.width === "number") {
    const amount = read.width * Number(read.height);
    // Cover of bytes stands in the mask alone, where all of it is whole or none.
    if (pixels.length === amount * (samples - 1)) return withCover(pixels, mask, samples);
  }
  return ArrayBuffer.isView(pixels)
    ? new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength).slice()
    : "broken";
}

function withCover(
  pixels: Uint8Array,
  mask: Uint8Array | undefined,
  samples: number,
): Uint8Array<ArrayBuffer> {
  const values = samples - 1;
  const whole = new Uint8Array(pixels.length / values * samples);
  for (let at = 0; at * samples < whole.length; at++) {
    whole.set(pixels.subarray(at * values, (at + 1) * values), at * samples);
    whole[at * samples + values] = mask === undefined || mask[at] !== 0 ? 255 : 0;
  }
  return whole;
}
