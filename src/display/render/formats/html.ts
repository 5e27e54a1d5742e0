import {
  barHtml,
  type Block,
  CAPTION_WIDTH,
  type Column,
  type Field,
  FIELD_WIDTH,
  type FieldsBlock,
  isShowable,
  type Line,
  NOTE_WIDTH,
  type NoteBlock,
  type Piece,
  type TableBlock,
} from "../document.ts";
import { escapeHtml } from "../../../core/text.ts";
import { fitColumns, fitLine, type FittedLine } from "../fit.ts";
import { STATUS_COLORS } from "../../../map/status.ts";
import { locate } from "../link.ts";

/*
 * JupyterLab's sanitizer drops a declaration that it cannot parse: opacities and alphas need their
 * leading zero. Its style sheet centres tables, fixes their layout, aligns cells to the right and
 * stripes rows, all of which is undone here. The text's colour is the page's own, light or dark.
 */
const SIZE = "font-size:13px";
const ROOT = `overflow-x:auto;max-width:100%;margin:4px 0;line-height:1.45;${SIZE}`;
const LINE = "rgba(128,128,128,0.35)";
const TABLE =
  `table-layout:auto;border-collapse:collapse;border:none;margin:0 0 8px;width:auto;${SIZE}`;
const CAPTION = "caption-side:top;text-align:left;padding:2px 0 6px;white-space:nowrap";
const ABOUT = "opacity:0.7;white-space:normal";
const ROW = "background:transparent";
const CELL =
  `text-align:left;vertical-align:baseline;padding:4px 20px 4px 0;border:none;border-bottom:1px solid ${LINE}`;
const NOWRAP = `${CELL};white-space:nowrap`;
const NUMBER = NOWRAP.replace("text-align:left", "text-align:right");
const WRAP = `${CELL};white-space:normal;min-width:160px;max-width:460px;overflow-wrap:break-word`;
const FACT = `${CELL};white-space:normal;max-width:720px;overflow-wrap:anywhere`;
const PLAIN_CELL = "text-align:left;vertical-align:top;border:none";
const LARGE = "font-size:26px;letter-spacing:2px;font-family:monospace;white-space:nowrap";
const LINE_OF_WORDS = "margin:0 0 6px";
const HEAD = "font-weight:600;opacity:0.75";
const MUTED = "opacity:0.7";
const CODE =
  "font-size:1em;white-space:nowrap;padding:1px 4px;border-radius:3px;background:rgba(128,128,128,0.14)";
const BADGE =
  "display:inline-block;padding:0 8px;border-radius:9px;line-height:1.5;white-space:nowrap;color:#ffffff;background-color:";
const TONES = { warning: STATUS_COLORS.brown, error: STATUS_COLORS.red } as const;

/**
 * How many characters of a table fit beside JupyterLab's list of files in a window of 1280 pixels, in a wide font too;
 * and how many the space between columns takes.
 */
const ROOM = 108;
const GAP = 3;

const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Lays blocks out as static HTML: no script, style sheet, id or request, and every text escaped. */
export function renderHtml(blocks: readonly Block[]): string {
  const body = blocks.map(renderBlock).join("");
  return `<div class="tex2jax_ignore mathjax_ignore" style="${ROOT}">${body}</div>`;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case "fields":
      return renderFields(block);
    case "table":
      return renderTable(block);
    case "note":
      return renderNote(block);
    case "line": {
      const line = renderLine(block.line, NOTE_WIDTH);
      return `<div style="${LINE_OF_WORDS}">${
        block.bar === undefined ? line : barHtml(block.bar) + unbroken(line)
      }</div>`;
    }
    case "picture": {
      const picture = isShowable(block.src)
        ? `<img alt="${
          escapeHtml(wholeText(block.alt))
        }" src="${block.src}" style="display:block;margin:0 0 8px;max-width:100%;width:${
          Math.round(block.width)
        }px">`
        : renderNote({ kind: "note", tone: "plain", lines: [block.alt] });
      return block.beside === undefined ? picture : besides(picture, block.beside);
    }
  }
}

/** Figures that break, if they must, between one and the next: never a number from its word. */
function unbroken(html: string): string {
  return html.replace(/(?:^|>)[^<]+/g, (text) => text.replace(/(?<=[^\s·]) (?=[^\s·])/g, "\u00a0"));
}

/** A picture with what stands at its right. */
function besides(picture: string, blocks: readonly Block[]): string {
  return `<table style="${TABLE}"><tbody><tr style="${ROW}"><td style="${PLAIN_CELL};padding:0 20px 0 0">${picture}</td>` +
    `<td style="${PLAIN_CELL};padding:0">${
      blocks.map(renderBlock).join("")
    }</td></tr></tbody></table>`;
}

function renderFields({ caption, fields }: FieldsBlock): string {
  return `<table style="${TABLE}">${renderCaption(caption)}<tbody>${
    fields.map(renderField).join("")
  }</tbody></table>`;
}

function renderField({ label, lines }: Field): string {
  const head = `<th scope="row" style="${NOWRAP};${HEAD}">${renderLine(label, FIELD_WIDTH)}</th>`;
  const facts = lines.map((line) => {
    const { html, whole } = fitHtml(line, FIELD_WIDTH);
    return whole === undefined ? html : `<span${titleOf(whole)}>${html}</span>`;
  });
  return `<tr style="${ROW}">${head}<td style="${FACT}">${facts.join("<br>")}</td></tr>`;
}

function renderTable({ caption, about = [], columns, rows }: TableBlock): string {
  const fitted = fitColumns(columns, rows, { room: ROOM, gap: GAP });
  const heads = fitted.map(({ column: { align }, head }) =>
    `<th scope="col" style="${align === "right" ? NUMBER : NOWRAP};${HEAD}">${htmlOf(head)}</th>`
  ).join("");
  const body = rows.map((_, index) =>
    `<tr style="${ROW}">${
      fitted.map(({ column, cells }) => renderCell(cells[index], column)).join("")
    }</tr>`
  ).join("");
  return `<table style="${TABLE}">${
    renderCaption(caption, about)
  }<thead><tr style="${ROW}">${heads}</tr></thead><tbody>${body}</tbody></table>`;
}

function renderCell(cell: FittedLine | undefined, { wraps, align }: Column): string {
  const style = wraps ? WRAP : align === "right" ? NUMBER : NOWRAP;
  return `<td style="${style}"${titleOf(cell?.whole)}>${
    cell === undefined ? "" : htmlOf(cell)
  }</td>`;
}

function renderCaption(caption: Line, about: readonly Line[] = []): string {
  if (caption === "" && about.length === 0) return "";
  const { html, whole } = fitHtml(caption, CAPTION_WIDTH);
  const more = about.map((line) =>
    `<br><span style="${ABOUT}">${renderLine(line, NOTE_WIDTH)}</span>`
  );
  return `<caption style="${CAPTION}"${titleOf(whole)}>${html}${more.join("")}</caption>`;
}

function renderNote({ tone, lines }: NoteBlock): string {
  const mark = tone === "plain" ? "" : `<span style="${BADGE}${TONES[tone]}">!</span> `;
  return `<div style="margin:0 0 8px;max-width:760px">${mark}${
    lines.map((line) => renderLine(line, NOTE_WIDTH)).join("<br>")
  }</div>`;
}

function renderLine(line: Line, width: number): string {
  return fitHtml(line, width).html;
}

function fitHtml(line: Line, width: number): { html: string; whole: string | undefined } {
  const fitted = fitLine(line, width);
  return { html: htmlOf(fitted), whole: fitted.whole };
}

function htmlOf({ pieces }: FittedLine): string {
  return pieces.map(renderPiece).join("");
}

function renderPiece({ text, style, badge, href, signed }: Piece): string {
  const escaped = escapeHtml(text).replaceAll("  ", "&#160; ");
  // A text that is read from right to left must not turn its neighbours round.
  const inner = RIGHT_TO_LEFT.test(text) ? `<bdi>${escaped}</bdi>` : escaped;
  if (badge !== undefined) return `<span style="${BADGE}${badge}">${inner}</span>`;
  const target = href === undefined ? undefined : locate(href, { links: signed }).href;
  if (target !== undefined) {
    return `<a href="${escapeHtml(target)}" target="_blank" rel="noopener noreferrer">${inner}</a>`;
  }
  switch (style) {
    case "strong":
      return `<strong>${inner}</strong>`;
    case "large":
      return `<span style="${LARGE}">${inner}</span>`;
    case "muted":
      return `<span style="${MUTED}">${inner}</span>`;
    case "code":
      return `<code style="${CODE}">${inner}</code>`;
    default:
      return inner;
  }
}

function titleOf(whole: string | undefined): string {
  return whole === undefined ? "" : ` title="${escapeHtml(whole)}"`;
}

function wholeText(text: string): string {
  return fitLine(text, NOTE_WIDTH).pieces.map((piece) => piece.text).join("");
}
