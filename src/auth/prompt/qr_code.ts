/** A QR code in the forms that can be shown. */
export interface QrCode {
  /** A picture, as a `data:` URL. */
  readonly picture: string;
  /** The same in characters, two modules a character, dark on light whatever the colours of the terminal. */
  readonly characters: readonly string[];
  /** How many columns the characters take. */
  readonly columns: number;
}

/** The light margin that a reader needs, in modules (ISO/IEC 18004, section 9.1). */
const MARGIN = 4;

/** Makes a QR code of an address. */
export async function qrCode(address: string): Promise<QrCode> {
  const { default: encode } = await import("qr");
  const rows = encode(address, "raw", { ecc: "low", border: MARGIN });
  return { picture: pictureOf(rows), characters: charactersOf(rows), columns: rows.length };
}

function pictureOf(rows: readonly (readonly boolean[])[]): string {
  const size = rows.length;
  const path = rows.flatMap((row, y) =>
    runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`)
  );
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
    `<rect width="${size}" height="${size}" fill="#fff"/><path fill="#111" d="${
      path.join("")
    }"/></svg>`;
  return `data:image/svg+xml;base64,${btoa(svg)}`;
}

/** Where dark modules follow each other, and how many. */
function runsOf(row: readonly boolean[]): [start: number, length: number][] {
  const runs: [number, number][] = [];
  row.forEach((dark, x) => {
    const last = runs.at(-1);
    if (!dark) return;
    if (last !== undefined && last[0] + last[1] === x) last[1]++;
    else runs.push([x, 1]);
  });
  return runs;
}

/** Black on white by name: a code in the terminal's own colours would be inverted where these are dark. */
const COLORS = "\x1b[30;107m";
const PLAIN = "\x1b[0m";

function charactersOf(rows: readonly (readonly boolean[])[]): string[] {
  const lines: string[] = [];
  for (let y = 0; y < rows.length; y += 2) {
    const upper = rows[y] ?? [];
    const lower = rows[y + 1] ?? [];
    const line = upper.map((dark, x) => HALVES[(dark ? 2 : 0) + (lower[x] ? 1 : 0)]).join("");
    lines.push(`${COLORS}${line}${PLAIN}`);
  }
  return lines;
}

/** No half, the lower, the upper, both. */
const HALVES = [" ", "▄", "▀", "█"] as const;
