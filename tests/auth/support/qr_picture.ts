/** The pixels of a QR code's picture, as it stands in HTML: reads the path that it is drawn with. */
export function pixelsOf(
  picture: string,
  scale = 4,
): { width: number; height: number; data: Uint8Array } {
  const svg = atob(picture.replace("data:image/svg+xml;base64,", ""));
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  const width = size * scale;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y, length] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = 0; row < scale; row++) {
      for (let column = 0; column < Number(length) * scale; column++) {
        const at = (Number(y) * scale + row) * width + Number(x) * scale + column;
        data.set([0, 0, 0, 255], at * 4);
      }
    }
  }
  return { width, height: width, data };
}

/** The first picture of a QR code in HTML. */
export function qrPictureIn(html: string): string | undefined {
  return /src="(data:image\/svg\+xml;base64,[^"]+)"/.exec(html)?.[1];
}
