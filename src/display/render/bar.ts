/** A piece of a bar: how much of some work is in one state. */
export interface Segment {
  /** How much it is, above 0. */
  readonly amount: number;
  /** Its colour, `#rrggbb`. */
  readonly color: string;
  /** The character that it is made of where there are no colours. */
  readonly sign: string;
}

/** The width of a bar in pixels. */
const PIXELS = 240;
/** The width of a bar in characters. */
const CELLS = 24;
/** No piece is narrower than this, however little it stands for: a single failure among thousands is to be seen. */
const LEAST = { pixels: 4, cells: 1 };
/** Between two pieces, in pixels. */
const GAP = 1;

/** A bar as static HTML; what it says stands in words beside it. */
export function barHtml(segments: readonly Segment[]): string {
  if (segments.length === 0) return "";
  const widths = shares(segments, PIXELS - GAP * (segments.length - 1), LEAST.pixels);
  const pieces = segments.map(({ color }, index) =>
    `<span style="display:inline-block;width:${widths[index]}px;margin:0 ${
      index + 1 < segments.length ? GAP : 0
    }px 0 0;background-color:${color}">&#160;</span>`
  );
  return `<span style="display:inline-block;margin:0 12px 0 0;line-height:1;white-space:nowrap">${
    pieces.join("")
  }</span>`;
}

/** A bar as characters. */
export function barText(segments: readonly Segment[]): string {
  return barPieces(segments).map(({ text }) => text).join("");
}

/** A bar as characters, each run with its colour. */
export function barPieces(
  segments: readonly Segment[],
): readonly { readonly text: string; readonly badge: string }[] {
  const widths = shares(segments, CELLS, LEAST.cells);
  return segments.map(({ sign, color }, index) => ({
    text: sign.repeat(widths[index] ?? 0),
    badge: color,
  }));
}

/** A whole cut into pieces as large as their amounts say, none below the least; the largest give what that takes. */
export function shares(
  segments: readonly Pick<Segment, "amount">[],
  whole: number,
  least: number,
): number[] {
  const total = segments.reduce((sum, { amount }) => sum + amount, 0);
  const widths = segments.map(({ amount }) =>
    Math.max(least, Math.round(whole * amount / Math.max(total, 1)))
  );
  let over = widths.reduce((sum, width) => sum + width, 0) - whole;
  while (over !== 0 && widths.length > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    const width = widths[widest] ?? 0;
    const change = over > 0 ? Math.min(over, Math.max(0, width - least)) : over;
    if (change === 0) break;
    widths[widest] = width - change;
    over -= change;
  }
  return widths;
}
