import { clean } from "../../core/redact.ts";
import { displayWidth, ELLIPSIS, headOf, shortenMiddle } from "../../core/width.ts";
import { type Column, type Line, type Piece, piecesOf } from "./document.ts";

/** The most characters of a shortened text that can be read in its tooltip. */
const MAX_WHOLE = 500;

/** The narrowest that a piece can be made in its middle and still tell something. */
const LEAST = 6;

/** A line made ready to be shown. */
export interface FittedLine {
  /** The pieces, clean, together no wider than asked. */
  readonly pieces: readonly Piece[];
  /** The whole line, where the pieces say less. */
  readonly whole: string | undefined;
}

/**
 * Cleans a line and shortens it to a width: the widest of its pieces loses its middle; what is there to be typed, last
 * of all.
 */
export function fitLine(line: Line, width: number): FittedLine {
  const all = piecesOf(line);
  const pieces = trimLast(all.map((piece) => ({ ...piece, text: cleanPiece(piece.text) })));
  const excess = widthOf(pieces) - width;
  if (excess <= 0) {
    const told = pieces.every(({ whole }) => whole === undefined);
    return { pieces, whole: told ? undefined : wholeOf(all) };
  }
  const widest = pieces.reduce(
    (found, piece, index) => weight(piece) > weight(pieces[found]) ? index : found,
    0,
  );
  const left = displayWidth(pieces[widest]?.text ?? "") - excess;
  const shortened = left >= Math.min(LEAST, width)
    ? pieces.map((piece, index) =>
      index === widest ? { ...piece, text: shortenMiddle(piece.text, left) } : piece
    )
    : trimLast(headOfPieces(pieces, width - 1), ELLIPSIS);
  return { pieces: shortened, whole: wholeOf(all) };
}

/** How willingly a piece gives way: by its width, what is there to be copied last of all. */
function weight(piece: Piece | undefined): number {
  return piece === undefined ? -1 : displayWidth(piece.text) * (piece.command ? 0.01 : 1);
}

/** The pieces up to where they get too wide. */
function headOfPieces(pieces: readonly Piece[], width: number): Piece[] {
  const taken: Piece[] = [];
  let left = width;
  for (const piece of pieces) {
    const text = headOf(piece.text, left);
    taken.push({ ...piece, text });
    if (text !== piece.text) return taken;
    left -= displayWidth(text);
  }
  return taken;
}

/** The text of a line that was fitted. */
export function textOf({ pieces }: FittedLine): string {
  return pieces.map(({ text }) => text).join("");
}

/** How many columns pieces take, one after the other. */
export function widthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { text }) => sum + displayWidth(text), 0);
}

/**
 * Shortens the cells of a column to a width, so that what differs between them is still seen: where cells would look
 * alike they keep more of their end, or lose what they begin with in common.
 */
export function fitCells(cells: readonly Line[], width: number): FittedLine[] {
  const fitted = cells.map((cell) => fitLine(cell, width));
  const texts = cells.map((cell) => clean(piecesOf(cell).map(({ text }) => text).join("")));
  const isLong = texts.map((text, index) =>
    fitted[index]?.pieces.length === 1 && displayWidth(text) > width
  );
  const long = texts.filter((_, index) => isLong[index]);
  const distinct = (shorten: (text: string) => string) => new Set(long.map(shorten)).size;
  const usual = (text: string) => shortenMiddle(text, width);
  if (distinct(usual) === new Set(long).size || width < 2 * LEAST) return fitted;
  const start = commonStart(long).length;
  const without = (text: string) =>
    start < 2 * LEAST
      ? usual(text)
      : `${headOf(text, LEAST - 1).trimEnd()}${ELLIPSIS}${
        shortenMiddle(text.slice(wholeFrom(text, start - 2)), width - LEAST)
      }`;
  const withEnd = (text: string) => shortenMiddle(text, width, 0.75);
  const best = [usual, withEnd, without].reduce((found, way) =>
    distinct(way) > distinct(found) ? way : found
  );
  return fitted.map((line, index) => {
    const [piece] = line.pieces;
    if (!isLong[index] || piece === undefined) return line;
    return { ...line, pieces: [{ ...piece, text: best(texts[index] ?? "") }] };
  });
}

/** The place itself, or the one before it where it is in the midst of a character of two units. */
function wholeFrom(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at;
}

/** What all texts begin with; nothing where there is but one. */
export function commonStart(texts: readonly string[]): string {
  const [first = "", ...others] = texts;
  if (others.length === 0) return "";
  let length = first.length;
  for (const text of others) {
    let same = 0;
    while (same < length && text[same] === first[same]) same++;
    length = same;
  }
  return first.slice(0, length).toWellFormed();
}

/** Cleaning takes the spaces off the ends; between pieces they are what holds the pieces apart. */
function cleanPiece(text: string): string {
  if (/^ *$/.test(text)) return text;
  const inner = clean(text);
  if (inner === "") return "";
  return (text.startsWith(" ") ? " " : "") + inner + (text.endsWith(" ") ? " " : "");
}

function trimLast(pieces: readonly Piece[], end: string = ""): Piece[] {
  const last = pieces.at(-1);
  return last === undefined
    ? []
    : [...pieces.slice(0, -1), { ...last, text: last.text.trimEnd() + end }];
}

function wholeOf(pieces: readonly Piece[]): string {
  const text = clean(
    pieces.map(({ text, whole }) => (whole ?? text).slice(0, 4 * MAX_WHOLE)).join(""),
  );
  const characters = [...text];
  return characters.length <= MAX_WHOLE
    ? text
    : characters.slice(0, MAX_WHOLE - 1).join("").trimEnd() + ELLIPSIS;
}

/** A column made ready to be shown. */
export interface FittedColumn {
  readonly column: Column;
  /** Its heading. */
  readonly head: FittedLine;
  /** Its cells, from the first row to the last. */
  readonly cells: readonly FittedLine[];
  /** How many characters wide it is. */
  readonly width: number;
}

/** The narrowest that a column is made before another is left out for it. */
const LEAST_YIELDING = 16;

/** The most characters of a heading. */
const MAX_HEAD = 30;

/**
 * Makes the columns of a table ready for a room of so many characters. What yields is shortened first; where that
 * would leave too little of it, the columns that matter least are left out.
 */
export function fitColumns(
  columns: readonly Column[],
  rows: readonly (readonly Line[])[],
  { room, gap }: { readonly room: number; readonly gap: number },
): readonly FittedColumn[] {
  const wanted = columns.map((column, index): FittedColumn => {
    const head = fitLine(column.title, MAX_HEAD);
    const cells = fitCells(rows.map((row) => row[index] ?? ""), column.max);
    const width = cells.reduce(
      (most, cell) => Math.max(most, widthOf(cell.pieces)),
      displayWidth(textOf(head)),
    );
    return { column, head, cells, width };
  });
  const kept = keep(wanted, room, gap);
  const widths = share(kept, room - gap * (kept.length - 1));
  return kept.map((fitted, at) => {
    const width = widths[at] ?? 0;
    if (width >= fitted.width) return fitted;
    const index = columns.indexOf(fitted.column);
    const cells = rows.map((row) => row[index] ?? "");
    return {
      column: fitted.column,
      width,
      head: fitLine(fitted.column.title, width),
      cells: fitted.column.wraps ? fitted.cells : fitCells(cells, width),
    };
  });
}

/** The columns that there is room for, if those that yield do. */
function keep(wanted: readonly FittedColumn[], room: number, gap: number): readonly FittedColumn[] {
  let kept = wanted;
  const least = ({ column: { yields }, width }: FittedColumn) =>
    yields ? Math.min(width, LEAST_YIELDING) : width;
  while (kept.reduce((sum, fitted) => sum + least(fitted) + gap, -gap) > room) {
    const ranks = kept.map(({ column }) => column.folds ?? 0);
    const last = Math.max(...ranks);
    if (last === 0) break;
    const index = ranks.lastIndexOf(last);
    kept = kept.filter((_, at) => at !== index);
  }
  return kept;
}

/** How wide each column may be: the widest of those that yield gives way first, then the widest of all. */
function share(kept: readonly FittedColumn[], room: number): readonly number[] {
  const widths = kept.map(({ width }) => width);
  const shrink = (indices: readonly number[], least: number) => {
    let excess = widths.reduce((sum, width) => sum + width, 0) - room;
    while (excess > 0) {
      const widest = indices.reduce(
        (found, index) => (widths[index] ?? 0) > (widths[found] ?? 0) ? index : found,
        indices[0] ?? -1,
      );
      const width = widths[widest] ?? 0;
      if (width <= least) return;
      widths[widest] = width - 1;
      excess--;
    }
  };
  const all = [...widths.keys()];
  shrink(all.filter((index) => kept[index]?.column.yields), LEAST_YIELDING);
  shrink(all, LEAST);
  return widths;
}
