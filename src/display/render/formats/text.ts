import {
  barText,
  type Block,
  FIELD_WIDTH,
  type FieldsBlock,
  type Line,
  type LineBlock,
  NOTE_WIDTH,
  type NoteBlock,
  type Piece,
  type TableBlock,
  TEXT_WIDTH,
} from "../document.ts";
import { displayWidth, headOf, pad } from "../../../core/width.ts";
import { fitColumns, fitLine, textOf, widthOf } from "../fit.ts";
import { ansiOf } from "../value.ts";

const GAP = "  ";

/** How text is laid out. */
export interface TextOptions {
  /**
   * The most columns a line takes; between 60 and 200.
   *
   * @default 100
   */
  readonly columns?: number | undefined;
  /**
   * Whether a terminal is told to show colours.
   *
   * @default {false}
   */
  readonly colors?: boolean | undefined;
}

/** The widths between which text is laid out: narrower is unreadable, wider is not read. */
const NARROWEST = 60;
const WIDEST = 200;

interface Page {
  readonly width: number;
  readonly paint: (piece: Piece) => string;
}

/**
 * Lays blocks out as aligned text, without terminal escapes unless colours are asked for. What is there to be typed is
 * never broken: where it is wider than the page, it stands on a line of its own.
 */
export function renderText(
  blocks: readonly Block[],
  { columns = TEXT_WIDTH, colors = false }: TextOptions = {},
): string {
  const page: Page = {
    width: Math.min(WIDEST, Math.max(NARROWEST, Math.trunc(columns) || TEXT_WIDTH)),
    paint: colors ? paintAnsi : ({ text }) => text,
  };
  let text = "";
  for (const [index, block] of blocks.entries()) {
    // Lines that follow each other belong together.
    const together = block.kind === "line" && blocks[index - 1]?.kind === "line";
    text += index === 0 ? "" : together ? "\n" : "\n\n";
    text += renderBlock(block, page).map((line) => line.trimEnd()).join("\n");
  }
  return text;
}

function renderBlock(block: Block, page: Page): string[] {
  switch (block.kind) {
    case "fields":
      return renderFields(block, page);
    case "table":
      return renderTable(block, page);
    case "note":
      return renderNote(block, page);
    case "line":
      return renderWords(block, page);
    case "picture":
      return [
        ...(block.beside ?? []).flatMap((beside) => renderBlock(beside, page)),
        ...paragraph(block.alt, NOTE_WIDTH, page),
      ];
  }
}

function renderFields({ caption, fields }: FieldsBlock, page: Page): string[] {
  const labels = fields.map(({ label }) => textOf(fitLine(label, page.width / 3)));
  const width = Math.max(0, ...labels.map(displayWidth));
  const indent = " ".repeat(width) + GAP;
  const lines = captionLines(caption, page);
  for (const [index, field] of fields.entries()) {
    const facts = field.lines.flatMap((line) =>
      paragraph(line, FIELD_WIDTH, { ...page, width: page.width - indent.length })
    );
    lines.push(
      ...facts.map((fact, at) =>
        (at === 0 ? pad(labels[index] ?? "", width) + GAP : indent) + fact
      ),
    );
  }
  return lines;
}

function renderTable({ caption, about = [], columns, rows }: TableBlock, page: Page): string[] {
  const fitted = fitColumns(columns, rows, { room: page.width, gap: GAP.length });
  const lineOf = (texts: readonly { readonly text: string; readonly width: number }[]) =>
    texts.map(({ text, width }, index) => {
      const column = fitted[index];
      const space = " ".repeat(Math.max(0, (column?.width ?? 0) - width));
      return column?.column.align === "right" ? space + text : text + space;
    }).join(GAP);
  const linesOf = (row: number) => {
    const cells = fitted.map(({ column, cells, width }) => {
      const pieces = cells[row]?.pieces ?? [];
      return column.wraps ? wrapPieces(pieces, width) : [pieces];
    });
    const height = Math.max(1, ...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, at) =>
      lineOf(cells.map((lines) => {
        const pieces = lines[at] ?? [];
        return { text: pieces.map(page.paint).join(""), width: widthOf(pieces) };
      })));
  };
  return [
    ...captionLines(caption, page),
    ...about.flatMap((line) => paragraph(line, NOTE_WIDTH, page)),
    lineOf(fitted.map(({ head }) => ({ text: textOf(head), width: widthOf(head.pieces) }))),
    fitted.map(({ width }) => "─".repeat(width)).join(GAP),
    ...rows.flatMap((_, index) => linesOf(index)),
  ];
}

function renderWords({ line, bar = [] }: LineBlock, page: Page): string[] {
  const drawn = barText(bar);
  const start: Piece[] = drawn === "" ? [] : [{ text: drawn }, { text: GAP }];
  return wrapPieces([...start, ...fitLine(line, NOTE_WIDTH).pieces], page.width)
    .map((pieces) => pieces.map(page.paint).join(""));
}

function captionLines(caption: Line, page: Page): string[] {
  return caption === "" ? [] : paragraph(caption, 2 * page.width, page);
}

function renderNote({ tone, lines }: NoteBlock, page: Page): string[] {
  const mark = tone === "plain" ? "" : "! ";
  const inner = { ...page, width: page.width - mark.length };
  return lines.flatMap((line, index) =>
    paragraph(line, NOTE_WIDTH, inner).map((text, at) =>
      (index === 0 && at === 0 ? mark : " ".repeat(mark.length)) + text
    )
  );
}

function paragraph(line: Line, most: number, { width, paint }: Page): string[] {
  return wrapPieces(fitLine(line, most).pieces, width)
    .map((pieces) => pieces.map(paint).join(""));
}

/** What stands between two places where a line can be broken, and how many spaces before it. */
interface Word {
  readonly gap: number;
  readonly pieces: readonly Piece[];
}

/** Pieces in lines that are at most so wide, broken at spaces; what is there to be typed is not broken. */
function wrapPieces(pieces: readonly Piece[], width: number): Piece[][] {
  const lines: Piece[][] = [[]];
  let taken = 0;
  for (const word of wordsOf(pieces)) {
    const line = lines.at(-1) ?? [];
    const size = widthOf(word.pieces);
    if (taken > 0 && taken + word.gap + size > width) {
      lines.push([]);
      taken = 0;
    } else if (taken > 0) {
      line.push({ text: " ".repeat(word.gap) });
      taken += word.gap;
    }
    const parts = size > width && !word.pieces.some(({ command }) => command)
      ? splitWord(word.pieces, width)
      : [word.pieces];
    for (const [index, part] of parts.entries()) {
      if (index > 0) lines.push([]);
      lines.at(-1)?.push(...part);
      taken = index > 0 ? widthOf(part) : taken + widthOf(part);
    }
  }
  return lines;
}

function wordsOf(pieces: readonly Piece[]): Word[] {
  const words: { gap: number; pieces: Piece[] }[] = [{ gap: 0, pieces: [] }];
  for (const piece of pieces) {
    const parts = piece.command || piece.badge !== undefined
      ? [piece.text]
      : piece.text.split(/( +)/);
    for (const [index, text] of parts.entries()) {
      if (index % 2 === 1) words.push({ gap: text.length, pieces: [] });
      else if (text !== "") words.at(-1)?.pieces.push({ ...piece, text });
    }
  }
  return words.filter(({ pieces }) => pieces.length > 0);
}

function splitWord(pieces: readonly Piece[], width: number): Piece[][] {
  const lines: Piece[][] = [[]];
  let left = width;
  for (const piece of pieces) {
    let { text } = piece;
    while (text !== "") {
      const head = headOf(text, left);
      if (head === "" && left === width) break;
      if (head !== "") lines.at(-1)?.push({ ...piece, text: head });
      text = text.slice(head.length);
      left -= displayWidth(head);
      if (text === "") break;
      lines.push([]);
      left = width;
    }
  }
  return lines;
}

/** A piece as a terminal shows it that has colours. */
export function paintAnsi({ text, style, badge }: Piece): string {
  const code = badge !== undefined
    ? ansiOf(badge)
    : style === "strong" || style === "large"
    ? 1
    : undefined;
  return code === undefined || text.trim() === "" ? text : `\x1b[${code}m${text}\x1b[0m`;
}
