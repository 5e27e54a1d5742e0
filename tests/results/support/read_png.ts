/** The pixels of a PNG, four bytes each. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and cover of a pixel. */
  at(x: number, y: number): readonly number[];
}

/** Reads a PNG of eight bits and four channels without interlacing, with any of the five filters. */
export async function readPng(bytes: Uint8Array<ArrayBuffer>): Promise<Pixels> {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let width = 0, height = 0;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (type === "IHDR") {
      width = view.getUint32(at + 8);
      height = view.getUint32(at + 12);
      if (data[8] !== 8 || data[9] !== 6) throw new Error("not eight bits and four channels");
    }
    if (type === "IDAT") parts.push(data);
    at += 12 + length;
  }
  const stream = new Blob(parts).stream().pipeThrough(new DecompressionStream("deflate"));
  const lines = new Uint8Array(await new Response(stream).arrayBuffer());
  const row = width * 4;
  const pixels = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (row + 1)];
    for (let x = 0; x < row; x++) {
      const raw = lines[y * (row + 1) + 1 + x] ?? 0;
      const left = x < 4 ? 0 : pixels[y * row + x - 4] ?? 0;
      const up = y === 0 ? 0 : pixels[(y - 1) * row + x] ?? 0;
      const corner = x < 4 || y === 0 ? 0 : pixels[(y - 1) * row + x - 4] ?? 0;
      pixels[y * row + x] = raw + predicted(filter, left, up, corner);
    }
  }
  return {
    width,
    height,
    at: (x, y) => [...pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)],
  };
}

function predicted(filter: number | undefined, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return Math.floor((left + up) / 2);
    case 4: {
      const guess = left + up - corner;
      const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
    default:
      return 0;
  }
}

/** The first PNG in what a kernel shows: within the picture within the HTML. */
export async function pngInHtml(html: string): Promise<Pixels> {
  const [, outer = ""] = /data:image\/svg\+xml;base64,([A-Za-z0-9+/=]+)/.exec(html) ?? [];
  const svg = new TextDecoder().decode(Uint8Array.fromBase64(outer));
  const [, inner = ""] = /data:image\/png;base64,([A-Za-z0-9+/=]+)/.exec(svg) ?? [];
  return await readPng(Uint8Array.fromBase64(inner));
}
