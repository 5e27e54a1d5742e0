import { hideSecrets } from "./secrets.ts";

/** The most characters of any text that are looked at. */
const MAX_LOOKED_AT = 4_000;

const ESC = "\u001b";
const CSI = `(?:${ESC}\\[|\u009b)[0-?]*[ -/]*[@-~]`;
const OSC = `(?:${ESC}\\]|\u009d)[^\u0007${ESC}\u009c]*(?:\u0007|${ESC}\\\\|\u009c|$)`;

/** What makes a terminal do something: colours, titles, links, cursor moves (ECMA-48). */
const ESCAPE_SEQUENCE = new RegExp(`${CSI}|${OSC}|${ESC}[ -/]*[0-~]`, "g");

/**
 * Characters that are not seen and change how others are: controls, direction marks, zero-width
 * spaces, soft hyphens. The two joiners stay, because emoji and some scripts are written with them,
 * and so do tags, of which flags are made.
 */
const INVISIBLE = /\ufeff|(?![\s\u200c\u200d\u{e0020}-\u{e007f}])[\p{Cc}\p{Co}\p{Cf}]/gu;

const MARKS = /(\p{M}{8})\p{M}+/gu;

/**
 * Text of the service as it may be shown anywhere: one line, no control characters, no terminal
 * escapes, no change of direction, no more than eight combining marks on a letter, no secrets.
 *
 * @example
 * ```ts
 * import { clean } from "./clean.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(clean("two\nlines \u001b[31mred\u001b[0m \u202edesrever"), "two lines red desrever");
 * ```
 */
export function clean(text: string): string {
  if (text.length <= MAX_LOOKED_AT && /^[!-~]+(?: [!-~]+)*$/.test(text)) return hideSecrets(text);
  const line = text.slice(0, MAX_LOOKED_AT).toWellFormed()
    .replace(ESCAPE_SEQUENCE, "")
    .replace(INVISIBLE, "")
    .replace(/\s+/g, " ")
    .replace(MARKS, "$1")
    .trim();
  return hideSecrets(line);
}
