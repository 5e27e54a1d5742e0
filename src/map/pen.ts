/** Draws the path of an SVG, in tenths of a pixel: what d3-geo calls a context. */
export interface Pen {
  /** Begins a new line or ring. */
  moveTo(x: number, y: number): void;
  /** Goes on to a point; one that is hardly further is left out. */
  lineTo(x: number, y: number): void;
  /** Closes the ring. */
  closePath(): void;
  /** Circles are of no use here. */
  arc(): void;
  /** What was drawn so far. */
  end(): string;
}

/** How a pen draws. */
export interface PenOptions {
  /**
   * The least distance of two points, in pixels.
   *
   * @default 0.5
   */
  readonly step?: number | undefined;
  /**
   * What becomes of rings that are smaller than this many pixels: nothing, or a square of that size.
   *
   * @default "leave out"
   */
  readonly tiny?: "leave out" | "square" | undefined;
  /**
   * The size in pixels below which a ring is tiny.
   *
   * @default 1
   */
  readonly least?: number | undefined;
}

/** A pen with an empty path. */
export function createPen(
  { step = 0.5, tiny = "leave out", least = 1 }: PenOptions = {},
): Pen {
  const parts: string[] = [];
  let line: number[] = [];
  let skipped: [number, number] | undefined;
  // Where the last line ended: the next one begins relative to it.
  let at: [number, number] = [0, 0];
  const gap = (step * 10) ** 2;

  const finish = (closed: boolean) => {
    if (skipped !== undefined && !closed) line.push(...skipped);
    skipped = undefined;
    const drawn = closed ? ringOf(line, least * 10, tiny) : line;
    line = [];
    const [x, y] = drawn;
    if (x === undefined || y === undefined || drawn.length < 4) return;
    let text = `m${pair(x - at[0], y - at[1])}l`;
    let from: readonly [number, number] = [x, y];
    for (let index = 2; index < drawn.length; index += 2) {
      const to = [drawn[index] ?? 0, drawn[index + 1] ?? 0] as const;
      const step = pair(to[0] - from[0], to[1] - from[1]);
      text += index === 2 || step.startsWith("-") ? step : ` ${step}`;
      from = to;
    }
    at = closed ? [x, y] : [...from];
    parts.push(closed ? `${text}z` : text);
  };

  return {
    moveTo(x, y) {
      finish(false);
      line = [Math.round(x * 10), Math.round(y * 10)];
    },
    lineTo(x, y) {
      const to: [number, number] = [Math.round(x * 10), Math.round(y * 10)];
      const [dx, dy] = [to[0] - (line.at(-2) ?? 0), to[1] - (line.at(-1) ?? 0)];
      if (dx * dx + dy * dy < gap) skipped = to;
      else {
        line.push(...to);
        skipped = undefined;
      }
    },
    closePath: () => finish(true),
    arc() {},
    end() {
      finish(false);
      return parts.join("");
    },
  };
}

/** A ring without its last point where that is the first again; a square in place of one that is tiny. */
function ringOf(line: number[], least: number, tiny: "leave out" | "square"): number[] {
  if (line.length > 2 && line[0] === line.at(-2) && line[1] === line.at(-1)) line.length -= 2;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let index = 0; index < line.length; index += 2) {
    const [x = 0, y = 0] = [line[index], line[index + 1]];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (right - left >= least || bottom - top >= least) return line;
  if (tiny === "leave out" || line.length === 0) return [];
  const x = Math.round((left + right - least) / 2);
  const y = Math.round((top + bottom - least) / 2);
  return [x, y, x + least, y, x + least, y + least, x, y + least];
}

function pair(x: number, y: number): string {
  return y < 0 ? `${x}${y}` : `${x} ${y}`;
}
