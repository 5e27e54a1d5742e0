const ASCII = /^[ -~]*$/;

/** East Asian Wide and Fullwidth (Unicode Standard Annex #11), without emoji. */
const WIDE =
  /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1aff0}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;

const EMOJI = /\p{Emoji_Presentation}|\p{Emoji}\ufe0f/u;
/** What takes no column: marks, joiners, and the vowels and finals that Hangul syllables are put together from. */
const WIDTHLESS = /^[\p{M}\p{Cf}\u1160-\u11ff]*$/u;

/**
 * What a reader takes for one character: a flag, an emoji with its parts, a letter with its accents.
 * `Intl.Segmenter` knows more scripts, but needs 15 ms before its first answer, longer than all else
 * that a table needs.
 */
const CHARACTER =
  /\p{Regional_Indicator}{2}|\p{Extended_Pictographic}[\p{M}\p{Emoji_Modifier}\u{e0020}-\u{e007f}]*(?:\u200d\p{Extended_Pictographic}[\p{M}\p{Emoji_Modifier}]*)*|[^\p{M}][\p{M}\u200c\u200d]*|\p{M}+/gsu;

/** What a text's last character is replaced by when there was more of it. */
export const ELLIPSIS = "…";

/**
 * How many columns a text takes in a terminal: two for emoji and East Asian wide characters, none for
 * combining marks, one for everything else.
 *
 * @example
 * ```ts
 * import { displayWidth } from "./width.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["abc", "农田", "👩‍🌾", "e\u0301"].map(displayWidth), [3, 4, 2, 1]);
 * ```
 */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of charactersOf(text)) width += characterWidth(character);
  return width;
}

/** The text if it fits; otherwise as much of it as does, and `…`. */
export function shorten(text: string, width: number): string {
  if (headOf(text, width) === text) return text;
  return width < 1 ? "" : headOf(text, width - 1).trimEnd() + ELLIPSIS;
}

/**
 * The text if it fits; otherwise its beginning, `…` and its end: names that begin alike differ at their end.
 *
 * @example
 * ```ts
 * import { shortenMiddle } from "./width.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(shortenMiddle("openEO_2023-06-01Z.tif", 15), "openEO_2…1Z.tif");
 * ```
 *
 * @param endShare how much of the room the end has.
 */
export function shortenMiddle(text: string, width: number, endShare: number = 0.45): string {
  if (headOf(text, width) === text) return text;
  if (width < 3) return shorten(text, width);
  const tail = tailOf(text, Math.floor((width - 1) * endShare)).trimStart();
  return headOf(text, width - 1 - displayWidth(tail)).trimEnd() + ELLIPSIS + tail;
}

/** The longest end of a text that fits; a character is never cut. */
export function tailOf(text: string, width: number): string {
  const characters = ASCII.test(text) ? [...text] : [...charactersOf(text)];
  let taken = 0;
  let begin = characters.length;
  while (begin > 0) {
    taken += characterWidth(characters[begin - 1] ?? "");
    if (taken > width) break;
    begin--;
  }
  return characters.slice(begin).join("");
}

/** The text, with spaces after it until it is as wide as asked. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

/** The text in lines that are at most so wide, broken at spaces where there are any. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (let word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (displayWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    while (displayWidth(word) > width) {
      const head = headOf(word, width);
      if (head === "") break;
      lines.push(head);
      word = word.slice(head.length);
    }
    line = word;
  }
  return [...lines, line];
}

/** The longest beginning of a text that fits; a character is never cut. */
export function headOf(text: string, width: number): string {
  if (ASCII.test(text)) return text.slice(0, Math.max(0, width));
  let taken = 0;
  let end = 0;
  for (const character of charactersOf(text)) {
    taken += characterWidth(character);
    if (taken > width) break;
    end += character.length;
  }
  return text.slice(0, end);
}

function* charactersOf(text: string): Generator<string> {
  for (const [character] of text.matchAll(CHARACTER)) yield character;
}

function characterWidth(character: string): number {
  if (ASCII.test(character)) return 1;
  if (EMOJI.test(character)) return 2;
  if (WIDTHLESS.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
