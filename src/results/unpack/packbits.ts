import type { Unpacked } from "./inflate.ts";

/** Unpacks PackBits (TIFF 6.0, section 9): what would be larger than this is let go of. */
export function packbitsWithin(packed: Uint8Array, most: number): Unpacked {
  const whole = new Uint8Array(Math.min(most, packed.length * 64));
  let size = 0;
  for (let at = 0; at < packed.length;) {
    const header = packed[at++] ?? 0;
    // It says nothing by itself.
    if (header === 128) continue;
    const length = header < 128 ? header + 1 : 257 - header;
    if (size + length > most) return "large";
    if (header < 128) {
      if (at + length > packed.length) return "broken";
      whole.set(packed.subarray(at, at + length), size);
      at += length;
    } else {
      if (at >= packed.length) return "broken";
      whole.fill(packed[at++] ?? 0, size, size + length);
    }
    size += length;
  }
  return whole.subarray(0, size);
}
