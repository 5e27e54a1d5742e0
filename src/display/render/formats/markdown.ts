import {
  type Block,
  CAPTION_WIDTH,
  FIELD_WIDTH,
  type Line,
  NOTE_WIDTH,
  type Piece,
  type TableBlock,
} from "../document.ts";
import { fitCells, fitLine, type FittedLine } from "../fit.ts";
import { locate } from "../link.ts";

/** What means something in Markdown: underscores within a word do not, and what begins a block only at the start. */
const SPECIAL =
  /[&<>`*[\]|~$\\]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|^[-+#]|^\d(?=\d*[.)])|(?<=https?|ftp|mailto|xmpp):|(?<=www)\.|@/gi;

/** What can stand in backticks as it is. */
const PLAIN_CODE = /^[\w .,:;()[\]{}/"'=+\-?%#…·→]+$/;

/** Lays blocks out as GitHub-flavoured Markdown, with every text escaped. */
export function renderMarkdown(blocks: readonly Block[]): string {
  return blocks.map(renderBlock).join("\n\n");
}

/**
 * A text as it may stand anywhere in Markdown. Backslashes would not do: notebooks look for maths
 * before they read Markdown, and once more afterwards in what was made of it. A character reference
 * is text to everyone, and a `$` or `\` alone in its element begins no formula.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(SPECIAL, (character) => {
    const reference = `&#${character.charCodeAt(0)};`;
    return character === "$" || character === "\\" ? `<span>${reference}</span>` : reference;
  });
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case "fields":
      return [
        renderLine(block.caption, CAPTION_WIDTH),
        "",
        ...block.fields.map(({ label, lines }) =>
          `- **${renderLine(label, FIELD_WIDTH)}:** ${
            lines.map((line) => renderLine(line, FIELD_WIDTH)).join("<br>")
          }`
        ),
      ].join("\n");
    case "table":
      return renderTable(block);
    case "note":
      return block.lines.map((line) => `> ${renderLine(line, NOTE_WIDTH)}`).join("<br>\n");
    case "line":
      return renderLine(block.line, NOTE_WIDTH);
    // A picture stands in the HTML alone: whoever shows Markdown gets it in words, and the notebook is half as large.
    case "picture":
      return [
        ...(block.beside ?? []).map(renderBlock),
        `> ${renderLine(block.alt, NOTE_WIDTH)}`,
      ].join("\n\n");
  }
}

function renderTable({ caption, about = [], columns, rows }: TableBlock): string {
  const lineOf = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const cells = columns.map(({ max }, index) =>
    fitCells(rows.map((row) => row[index] ?? ""), max).map(markdownOf)
  );
  const captions = [
    ...(caption === "" ? [] : [renderLine(caption, CAPTION_WIDTH)]),
    ...about.map((line) => renderLine(line, NOTE_WIDTH)),
  ];
  return [
    ...(captions.length === 0 ? [] : [captions.join("<br>\n"), ""]),
    lineOf(columns.map(({ title }) => renderLine(title, FIELD_WIDTH))),
    lineOf(columns.map(({ align }) => align === "right" ? "---:" : "---")),
    ...rows.map((_, index) => lineOf(cells.map((column) => column[index] ?? ""))),
  ].join("\n");
}

function renderLine(line: Line, width: number): string {
  return markdownOf(fitLine(line, width));
}

function markdownOf({ pieces }: FittedLine): string {
  return pieces.map(renderPiece).join("").trim();
}

function renderPiece({ text, style, badge, href, signed }: Piece): string {
  const inner = escapeMarkdown(text);
  if (badge !== undefined || inner.trim() === "") return inner;
  const target = href === undefined ? undefined : locate(href, { links: signed }).href;
  if (target !== undefined) return `[${inner}](${escapeTarget(target)})`;
  if (style === "strong" || style === "large") return `**${inner.trim()}**`;
  if (style === "code") return PLAIN_CODE.test(text) ? `\`${text}\`` : `<code>${inner}</code>`;
  return inner;
}

/** In a link's target character references are read too, but no element can stand there. */
function escapeTarget(target: string): string {
  return target.replace(/[^\w\-./:?=%#,;@+]/g, (character) => `&#${character.charCodeAt(0)};`);
}
