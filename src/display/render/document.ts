/**
 * What every view lays out and every renderer understands: a few blocks of lines. Text in it is raw;
 * the renderers clean and escape it, so a view cannot forget to.
 */
export type Block = FieldsBlock | TableBlock | NoteBlock | LineBlock | PictureBlock;

/** Facts about one thing, each with a label. */
export interface FieldsBlock {
  /** Which block this is. */
  readonly kind: "fields";
  /** What the facts are about. */
  readonly caption: Line;
  /** The facts. */
  readonly fields: readonly Field[];
}

/** One fact. */
export interface Field {
  /** What the fact tells. */
  readonly label: string;
  /** The fact, in one line or several. */
  readonly lines: readonly Line[];
}

/** Several things of a kind, one a row. */
export interface TableBlock {
  /** Which block this is. */
  readonly kind: "table";
  /** What the rows are. */
  readonly caption: Line;
  /** What is the same in every row, and what else there is to know before the rows are read. */
  readonly about?: readonly Line[];
  readonly columns: readonly Column[];
  /** The rows, each with a cell for every column. */
  readonly rows: readonly (readonly Line[])[];
}

/** One column of a table. */
export interface Column {
  /** The heading. */
  readonly title: string;
  /** The most characters a cell shows. */
  readonly max: number;
  /** Whether the column gives way to others where space is short. */
  readonly yields?: boolean;
  /** Whether a cell may take several lines where that is possible. */
  readonly wraps?: boolean;
  /** Whether it holds numbers, which stand one below the other by their last digit. */
  readonly align?: "right";
  /** Where a table is too wide, the columns with the highest of these numbers are left out first. */
  readonly folds?: number;
}

/** A remark. */
export interface NoteBlock {
  /** Which block this is. */
  readonly kind: "note";
  /** How serious it is. */
  readonly tone: "plain" | "warning" | "error";
  /** The remark. */
  readonly lines: readonly Line[];
}

/** A line as it is, with a bar before it where there is something to measure. */
export interface LineBlock {
  /** Which block this is. */
  readonly kind: "line";
  /** The words. */
  readonly line: Line;
  /** The pieces of the bar, left to right. */
  readonly bar?: readonly Segment[];
}

export interface PictureBlock {
  /** Which block this is. */
  readonly kind: "picture";
  /** What it shows, in words. */
  readonly alt: string;
  /** The picture itself as a `data:image/…;base64,` URL; anything else is not shown. */
  readonly src: string;
  /** Its width in pixels. */
  readonly width: number;
  /** What stands at its right, where there is room; below it elsewhere. */
  readonly beside?: readonly Block[];
}

/** A run of text of one kind. */
export interface Piece {
  readonly text: string;
  /** How it looks. */
  readonly style?: "strong" | "muted" | "code" | "large";
  /** The background of a badge with white text. */
  readonly badge?: string;
  /** Where it leads; only `http:` and `https:` become links. */
  readonly href?: string;
  /** Whether it is a link although its address is signed: somebody asked for that. */
  readonly signed?: boolean;
  /** Whether it is there to be copied, and so is never broken or shortened. */
  readonly command?: boolean;
  /** The whole text where `text` says less. */
  readonly whole?: string;
}

/** A line: pieces one after the other, as they are, without spaces between them. */
export type Line = string | Piece | readonly (string | Piece)[];

/** The pieces of a line. */
export function piecesOf(line: Line): readonly Piece[] {
  if (typeof line === "string") return [{ text: line }];
  if (isPiece(line)) return [line];
  return line.map((piece) => typeof piece === "string" ? { text: piece } : piece);
}

function isPiece(line: Line): line is Piece {
  return typeof line === "object" && !Array.isArray(line);
}

/** Text that stands out. */
export function strong(text: string): Piece {
  return { text, style: "strong" };
}

/** Text that stands back. */
export function muted(text: string): Piece {
  return { text, style: "muted" };
}

/** Text as it stands in data or in code. */
export function code(text: string): Piece {
  return { text, style: "code" };
}

/** A call to be copied into the next cell: no line breaks it, no lack of space shortens it. */
export function command(text: string): Piece {
  return { text, style: "code", command: true };
}

/** The most columns of the text form. */
export const TEXT_WIDTH = 100;

/** The most rows of a table, unless more are asked for. */
export const MAX_ROWS = 20;

/** The most characters of a caption. */
export const CAPTION_WIDTH = 120;

/** The most characters of a fact about one thing. */
export const FIELD_WIDTH = 240;

/** The most characters of a line of a remark. */
export const NOTE_WIDTH = 400;

/** Whether a picture is one that needs no request and runs nothing. */
export function isShowable(src: string): boolean {
  return /^data:image\/(?:svg\+xml|png|jpeg);base64,[A-Za-z0-9+/]*={0,2}$/.test(src);
}

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
