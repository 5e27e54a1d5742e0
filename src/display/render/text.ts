import { barText } from "./bar.ts";
import {
  type Block,
  type Column,
  FIELD_WIDTH,
  type FieldsBlock,
  type Line,
  type LineBlock,
  NOTE_WIDTH,
  type NoteBlock,
  type TableBlock,
  TEXT_WIDTH,
} from "./document.ts";
import { fitLine, textOf } from "./fit.ts";
import { displayWidth, pad, shorten, wrap } from "../../core/width.ts";

const GAP = "  ";
const MIN_COLUMN = 10;

/** Lays blocks out as aligned text of at most 100 columns, without terminal escapes. */
export function renderText(blocks: readonly Block[]): string {
  let text = "";
  for (const [index, block] of blocks.entries()) {
    // Lines that follow each other belong together.
    const together = block.kind === "line" && blocks[index - 1]?.kind === "line";
    text += index === 0 ? "" : together ? "\n" : "\n\n";
    text += renderBlock(block).map((line) => line.trimEnd()).join("\n");
  }
  return text;
}

function renderBlock(block: Block): string[] {
  switch (block.kind) {
    case "fields":
      return renderFields(block);
    case "table":
      return renderTable(block);
    case "note":
      return renderNote(block);
    case "line":
      return renderWords(block);
    case "picture":
      return wrap(textOf(fitLine(block.alt, NOTE_WIDTH)), TEXT_WIDTH);
  }
}

function renderFields({ caption, fields }: FieldsBlock): string[] {
  const labels = fields.map(({ label }) => textOf(fitLine(label, TEXT_WIDTH / 2)));
  const width = Math.max(0, ...labels.map(displayWidth));
  const indent = " ".repeat(width) + GAP;
  const lines = renderCaption(caption);
  for (const [index, field] of fields.entries()) {
    const facts = field.lines.flatMap((line) =>
      wrap(textOf(fitLine(line, FIELD_WIDTH)), TEXT_WIDTH - indent.length)
    );
    lines.push(
      ...facts.map((fact, at) =>
        (at === 0 ? pad(labels[index] ?? "", width) + GAP : indent) + fact
      ),
    );
  }
  return lines;
}

function renderTable({ caption, columns, rows }: TableBlock): string[] {
  const cells = rows.map((row) =>
    columns.map(({ max }, index) => textOf(fitLine(row[index] ?? "", max)))
  );
  const widths = columnWidths(columns, cells);
  const lineOf = (texts: readonly string[]) =>
    widths.map((width, index) => pad(shorten(texts[index] ?? "", width), width)).join(GAP);
  const linesOf = (texts: readonly string[]) => {
    const wrapped = widths.map((width, index) =>
      columns[index]?.wraps ? wrap(texts[index] ?? "", width) : [texts[index] ?? ""]
    );
    const height = Math.max(1, ...wrapped.map((lines) => lines.length));
    return Array.from(
      { length: height },
      (_, at) => lineOf(wrapped.map((lines) => lines[at] ?? "")),
    );
  };
  return [
    ...renderCaption(caption),
    lineOf(columns.map(({ title }) => title)),
    widths.map((width) => "─".repeat(width)).join(GAP),
    ...cells.flatMap(linesOf),
  ];
}

/** As wide as the cells need; where that is too much, the widest column that yields gives way first. */
function columnWidths(columns: readonly Column[], cells: readonly (readonly string[])[]): number[] {
  const widths = columns.map(({ title }, index) =>
    Math.max(displayWidth(title), ...cells.map((row) => displayWidth(row[index] ?? "")))
  );
  const room = TEXT_WIDTH - GAP.length * (widths.length - 1);
  const shrink = (indices: readonly number[]) => {
    while (widths.reduce((sum, width) => sum + width, 0) > room) {
      let widest = -1;
      for (const index of indices) {
        const width = widths[index] ?? 0;
        if (width > MIN_COLUMN && width > (widths[widest] ?? 0)) widest = index;
      }
      if (widest === -1) return;
      widths[widest] = (widths[widest] ?? 0) - 1;
    }
  };
  const all = [...widths.keys()];
  shrink(all.filter((index) => columns[index]?.yields));
  shrink(all);
  return widths;
}

function renderCaption(caption: Line): string[] {
  if (caption === "") return [];
  return wrap(textOf(fitLine(caption, 2 * TEXT_WIDTH)), TEXT_WIDTH);
}

function renderWords({ line, bar = [] }: LineBlock): string[] {
  const drawn = barText(bar);
  const start = drawn === "" ? "" : `${drawn}${GAP}`;
  return wrap(start + textOf(fitLine(line, NOTE_WIDTH)), TEXT_WIDTH);
}

function renderNote({ tone, lines }: NoteBlock): string[] {
  const mark = tone === "plain" ? "" : "! ";
  return lines.flatMap((line, index) =>
    wrap(textOf(fitLine(line, NOTE_WIDTH)), TEXT_WIDTH - mark.length).map((text, at) =>
      (index === 0 && at === 0 ? mark : " ".repeat(mark.length)) + text
    )
  );
}
