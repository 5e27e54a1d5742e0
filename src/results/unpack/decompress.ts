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

const MAGIC = 0xfd2fb528;

/** Unpacks Zstandard (RFC 8878): what would be larger than this is let go of. */
export async function openZstd(): Promise<(packed: Uint8Array, most: number) => Unpacked> {
  const { ZSTDDecoder } = await import("zstddec");
  const decoder = new ZSTDDecoder();
  await decoder.init();
  return (packed, most) => {
    const told = sizeOf(packed);
    if (told === "broken") return "broken";
    if (told !== undefined && told > most) return "large";
    if (told === 0) return new Uint8Array();
    // What is more than it gets room for does not come out: the decoder says so with nothing.
    const whole = new Uint8Array(decoder.decode(packed, Math.max(1, most)));
    return whole.length > 0 ? whole : told === undefined ? "large" : "broken";
  };
}

/** How large the first frame says that it is; nothing where it does not. */
function sizeOf(packed: Uint8Array): number | undefined | "broken" {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (packed.length < 9 || view.getUint32(0, true) !== MAGIC) return "broken";
  const descriptor = view.getUint8(4);
  const isSingle = (descriptor >> 5 & 1) === 1;
  const bytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const at = 5 + (isSingle ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] ?? 0);
  if (at + bytes > packed.length) return "broken";
  switch (bytes) {
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, true) + 256;
    case 4:
      return view.getUint32(at, true);
    case 8:
      return Number(view.getBigUint64(at, true));
    default:
      return undefined;
  }
}
