const ESC = "\u001b";
const CSI = `(?:${ESC}\\[|\u009b)[0-?]*[ -/]*[@-~]`;
const OSC = `(?:${ESC}\\]|\u009d)[^\u0007${ESC}\u009c\u009d]*(?:\u0007|${ESC}\\\\|\u009c|$)`;

/** What makes a terminal do something: colours, titles, links, cursor moves (ECMA-48). */
export const ESCAPE_SEQUENCE: RegExp = new RegExp(`${CSI}|${OSC}|${ESC}[ -/]*[0-~]`, "g");

/**
 * Characters that are not seen and change how others are: controls, direction marks, zero-width
 * spaces, soft hyphens. The two joiners stay, because emoji and some scripts are written with them,
 * and so do tags, of which flags are made.
 */
const INVISIBLE = /\ufeff|(?![\s\u200c\u200d\u{e0020}-\u{e007f}])[\p{Cc}\p{Co}\p{Cf}]/gu;

const MARKS = /(\p{M}{8})\p{M}+/gu;

/** Marks and joiners with nothing before them: they would hold on to whatever a text is put behind. */
const FIRST_MARKS = /^[\s\p{M}\u200c\u200d]+/u;

/** The most characters of one line that are looked at. */
const LONGEST_LINE = 4_000;

/**
 * Text from outside that can be printed as it is: without what commands a terminal, turns the reading direction or
 * is not seen. Its lines stay.
 *
 * @example
 * ```ts
 * import { printable } from "./text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(printable("two\nlines \u001b[31mred\u001b[0m \u202edesrever"), "two\nlines red desrever");
 * ```
 */
export function printable(text: string): string {
  return text.toWellFormed().replace(ESCAPE_SEQUENCE, "").replace(INVISIBLE, "");
}

/**
 * Text from outside as one line that can be printed as it is, with no more than eight combining marks on a letter.
 *
 * @param limit the most characters; a longer text ends with `…`.
 */
export function oneLine(text: string, limit: number = LONGEST_LINE): string {
  if (text.length <= limit && /^[!-~]+(?: [!-~]+)*$/.test(text)) return text;
  const line = printable(text.slice(0, Math.max(LONGEST_LINE, 2 * limit)))
    .replace(/\s+/g, " ")
    .replace(MARKS, "$1")
    .replace(FIRST_MARKS, "")
    .trimEnd();
  if (line.length <= limit) return line;
  return `${line.slice(0, limit - 1).toWellFormed().replace(/\ufffd$/, "").trimEnd()}…`;
}

/** The words of somebody else, to stand within a sentence of ours: one line, and no full stop at its end. */
export function phrase(text: string, limit?: number): string {
  return oneLine(text, limit).replace(/(?<!\.)\.$/, "");
}

/** A text in the quotes of JSON, shortened where it is long; what is not seen stands there as its number. */
export function quote(text: string, limit: number = Infinity): string {
  return JSON.stringify(text.length <= limit ? text : `${text.slice(0, limit - 1)}…`)
    .replace(INVISIBLE, numbersOf);
}

function numbersOf(character: string): string {
  const units = character.split("").map((unit) => unit.charCodeAt(0).toString(16).padStart(4, "0"));
  return units.map((unit) => `\\u${unit}`).join("");
}

/** A text as it may stand in HTML, in an element or in a quoted attribute; and in XML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** How much of a page is looked at; no message shows more. */
const LONGEST_PAGE = 10_000;

/** Elements of HTML, whatever attributes they have; and anything else that is a tag without any, as in XML. */
const TAG =
  /<\/?(?:a|abbr|address|article|b|blockquote|body|br|button|center|code|dd|div|dl|dt|em|font|footer|form|h[1-6]|head|header|hr|html|i|img|input|label|li|link|main|meta|nav|noscript|ol|p|pre|script|section|small|span|strong|style|sub|sup|svg|table|tbody|td|tfoot|th|thead|title|tr|u|ul|!doctype|\?xml)\b[^<>]*>|<\/?[a-z][\w:.-]{0,60}\/?>/gi;

/** HTML as text: a link becomes its words and its address, other tags go. */
export function plainText(html: string): string {
  const addresses: string[] = [];
  return withoutElements(html.slice(0, LONGEST_PAGE))
    .replace(TAG, (tag) => {
      if (!/^<\/?a\b/i.test(tag)) return " ";
      if (!tag.startsWith("</")) {
        addresses.push(
          /\bhref\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')/i.exec(tag)?.slice(1).join("") ?? "",
        );
        return "";
      }
      const address = addresses.pop() ?? "";
      return address === "" ? "" : ` (${address})`;
    })
    .replace(/&(amp|lt|gt|quot|apos|#39|#x27|nbsp);/g, (_, name: string) => ENTITIES[name] ?? " ");
}

/** What of a page is no text: scripts, styles and comments. */
const HIDDEN_PARTS: readonly (readonly [begin: RegExp, end: RegExp])[] = [
  [/<script\b/gi, /<\/script\s{0,9}>/i],
  [/<style\b/gi, /<\/style\s{0,9}>/i],
  [/<!--/g, /-->/],
];

/** A page without the parts that are no text; one that does not end is left as it is. */
function withoutElements(html: string): string {
  let rest = html;
  for (const [begin, end] of HIDDEN_PARTS) {
    const ending = new RegExp(end, `${end.flags}g`);
    let kept = "";
    let from = 0;
    for (const { index } of rest.matchAll(begin)) {
      if (index < from) continue;
      ending.lastIndex = index;
      const close = ending.exec(rest);
      if (close === null) break;
      kept += `${rest.slice(from, index)} `;
      from = close.index + close[0].length;
    }
    rest = kept + rest.slice(from);
  }
  return rest;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  "#39": "'",
  "#x27": "'",
  nbsp: " ",
};
