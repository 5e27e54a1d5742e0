import { clean } from "../../core/clean.ts";
import { type Line, type Piece, piecesOf } from "./document.ts";
import { displayWidth, ELLIPSIS, headOf } from "../../core/width.ts";

/** The most characters of a shortened text that can be read in its tooltip. */
const MAX_WHOLE = 500;

/** A line made ready to be shown. */
export interface FittedLine {
  /** The pieces, clean, together no wider than asked. */
  readonly pieces: readonly Piece[];
  /** The whole line, where the pieces say less. */
  readonly whole: string | undefined;
}

/** Cleans a line and shortens it to a width. */
export function fitLine(line: Line, width: number): FittedLine {
  const all = piecesOf(line);
  const pieces = trimLast(all.map((piece) => ({ ...piece, text: cleanPiece(piece.text) })));
  if (take(pieces, width) === undefined) {
    const told = pieces.every(({ whole }) => whole === undefined);
    return { pieces, whole: told ? undefined : wholeOf(all) };
  }
  const taken = take(pieces, width - 1) ?? pieces;
  return { pieces: trimLast(taken, ELLIPSIS), whole: wholeOf(all) };
}

/** The pieces up to where they get too wide, or `undefined` if they do not. */
function take(pieces: readonly Piece[], width: number): Piece[] | undefined {
  const taken: Piece[] = [];
  let left = width;
  for (const piece of pieces) {
    const text = headOf(piece.text, left);
    taken.push({ ...piece, text });
    if (text !== piece.text) return taken;
    left -= displayWidth(text);
  }
  return undefined;
}

/** The text of a line that was fitted. */
export function textOf({ pieces }: FittedLine): string {
  return pieces.map(({ text }) => text).join("");
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
