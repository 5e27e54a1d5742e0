/** Packs bytes as TIFF has LZW (TIFF 6.0, section 13). */
export function packLzw(whole: Uint8Array): Uint8Array<ArrayBuffer> {
  const packed: number[] = [];
  let bits = 0, held = 0, width = 9;
  const put = (code: number) => {
    bits = bits << width | code;
    held += width;
    for (; held >= 8; held -= 8) packed.push(bits >>> held - 8 & 255);
    bits &= (1 << held) - 1;
  };
  let table = new Map<number, number>();
  let next = 258, before = -1;
  put(256);
  for (const byte of whole) {
    if (before === -1) {
      before = byte;
      continue;
    }
    const known = table.get(before * 256 + byte);
    if (known !== undefined) {
      before = known;
      continue;
    }
    put(before);
    table.set(before * 256 + byte, next++);
    before = byte;
    if (next + 1 > 1 << width && width < 12) width++;
    else if (next >= 4_094) {
      put(256);
      table = new Map();
      next = 258;
      width = 9;
    }
  }
  if (before !== -1) put(before);
  if (next + 2 > 1 << width && width < 12) width++;
  put(257);
  if (held > 0) packed.push(bits << 8 - held & 255);
  return Uint8Array.from(packed);
}
