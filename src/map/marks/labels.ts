import { areaOf, type PixelBox } from "./shapes.ts";

/** What a footprint is to be marked with. */
export interface Markable {
  /** How far it reaches, in pixels. */
  readonly box: PixelBox;
  /** The number of its job, if it has one. */
  readonly label: string | undefined;
}

/** How footprints are marked: with numbers beside the marks, below them, or with marks alone; 0 where none fits. */
export interface Marking {
  /** How large the marks are, in pixels. */
  readonly size: number;
  /** Where the numbers stand. */
  readonly numbers: "beside" | "below" | "none";
}

/** The marks that can be read, and those that are large enough, in pixels. */
const MARK = { least: 6, most: 20, withNumber: 11 };
/** Marks stand back where there are many. */
const SHARE = 0.48;
/** About how wide a figure is, and how high a line of them. */
const FIGURE = { width: 6.7, height: 13 };
/** Between a mark and its number, and around both. */
const GAP = 3;
/** More numbers than this are noise. */
const MOST_NUMBERS = 150;
/** So many of the footprints must have room for their number, or none shows it. */
const ENOUGH = 0.7;

/** How footprints are marked so that most of them have room for it. */
export function markingOf(all: readonly Markable[]): Marking {
  const sizes = all.map(({ box }) => sizeOf(box)).sort((a, b) => a - b);
  const usual = (sizes[Math.floor(sizes.length / 2)] ?? 0) * SHARE;
  const size = usual < MARK.least ? 0 : Math.min(MARK.most, usual);
  const numbered = all.filter(({ label }) => label !== undefined);
  if (numbered.length > 0 && numbered.length <= MOST_NUMBERS) {
    for (const numbers of ["beside", "below"] as const) {
      const marking = { size: MARK.withNumber, numbers };
      const fitting = numbered.filter((each) => fitsNumber(each, marking)).length;
      if (fitting >= ENOUGH * numbered.length) return marking;
    }
  }
  return { size, numbers: "none" };
}

/** Whether a footprint has room for a mark. */
export function fitsMark({ box }: Markable, { size }: Marking): boolean {
  return size > 0 && sizeOf(box) >= size;
}

/** Whether a footprint has room for its number, mark included. */
export function fitsNumber({ box, label = "" }: Markable, { size, numbers }: Marking): boolean {
  if (label === "" || numbers === "none") return false;
  const text = widthOfNumber(label);
  const [width, height] = numbers === "beside"
    ? [size + GAP + text, Math.max(size, FIGURE.height)]
    : [text, size + FIGURE.height];
  return box.right - box.left >= width + 2 * GAP && box.bottom - box.top >= height + GAP;
}

/** Where mark and number stand, in pixels from the middle of a footprint: the number begins there, on its base line. */
export function placesOf(label: string, { size, numbers }: Marking): {
  readonly mark: readonly [x: number, y: number];
  readonly number: readonly [x: number, y: number];
} {
  const text = widthOfNumber(label);
  if (numbers === "beside") {
    const left = -(size + GAP + text) / 2;
    return { mark: [left + size / 2, 0], number: [left + size + GAP, 4] };
  }
  return { mark: [0, -FIGURE.height / 2], number: [-text / 2, size / 2 + 6] };
}

function widthOfNumber(label: string): number {
  return label.length * FIGURE.width;
}

/** The side of the square that a mark may take: a narrow footprint has room for a small one. */
function sizeOf(box: PixelBox): number {
  return areaOf(box) === 0 ? 0 : Math.min(box.right - box.left, box.bottom - box.top);
}
