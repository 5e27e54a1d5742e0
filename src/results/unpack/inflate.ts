import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

/** What was packed, unpacked; or that it is larger than it may be, or broken. */
export type Unpacked = Uint8Array<ArrayBuffer> | "large" | "broken";

/** The packings that the runtime knows by itself. */
const UNPACKERS = { deflate: inflateSync, gzip: gunzipSync, brotli: brotliDecompressSync } as const;

/** Unpacks what is to be no larger than this: what would be means harm, and is let go of on the way. */
export function inflateWithin(
  packed: Uint8Array,
  most: number,
  kind: keyof typeof UNPACKERS = "deflate",
): Unpacked {
  try {
    const whole = UNPACKERS[kind](packed, { maxOutputLength: Math.max(1, most) });
    return new Uint8Array(whole);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE"
      ? "large"
      : "broken";
  }
}
