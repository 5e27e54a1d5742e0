import type { Unpacked } from "./decompress.ts";

const CLEAR = 256;
const END = 257;
const FIRST = 258;
const LAST = 4_096;

/** Unpacks LZW as TIFF has it (TIFF 6.0, section 13): what would be larger than this is let go of. */
export function lzwWithin(packed: Uint8Array, most: number): Unpacked {
  const prefix = new Uint16Array(LAST),
    suffix = new Uint8Array(LAST),
    length = new Uint16Array(LAST);
  for (let code = 0; code < CLEAR; code++) {
    suffix[code] = code;
    length[code] = 1;
  }
  let whole = new Uint8Array(Math.min(most, Math.max(4_096, packed.length * 4)));
  let size = 0, next = FIRST, width = 9, before = -1;
  let bits = 0, held = 0, at = 0;
  while (true) {
    while (held < width) {
      // Some writers leave the end out.
      if (at >= packed.length) return whole.subarray(0, size);
      bits = (bits << 8 | (packed[at++] ?? 0)) & 0xffffff;
      held += 8;
    }
    held -= width;
    const code = bits >>> held & (1 << width) - 1;
    if (code === END) return whole.subarray(0, size);
    if (code === CLEAR) {
      next = FIRST;
      width = 9;
      before = -1;
      continue;
    }
    const isKnown = code < CLEAR || (code >= FIRST && code < next);
    if (!isKnown && (code !== next || before < 0)) return "broken";
    const from = isKnown ? code : before;
    const run = (length[from] ?? 0) + (isKnown ? 0 : 1);
    if (size + run > most) return "large";
    if (size + run > whole.length) {
      const larger = new Uint8Array(Math.min(most, Math.max(size + run, whole.length * 2)));
      larger.set(whole);
      whole = larger;
    }
    let to = size + (length[from] ?? 0);
    let first = 0;
    for (let part = from, left = length[from] ?? 0; left > 0; left--) {
      first = suffix[part] ?? 0;
      whole[--to] = first;
      part = prefix[part] ?? 0;
    }
    if (!isKnown) whole[size + run - 1] = first;
    size += run;
    if (before >= 0 && next < LAST) {
      prefix[next] = before;
      suffix[next] = first;
      length[next] = (length[before] ?? 0) + 1;
      next++;
    }
    // A code earlier than needed: so TIFF has it.
    if (next + 1 >= 1 << width && width < 12) width++;
    before = code;
  }
}

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
