import { assert } from "@std/assert";

/**
 * The width of a text by the engine's own segmentation, which the code under test does without:
 * two for what has emoji presentation or is East Asian wide, none for marks.
 */
export function widthOf(text: string): number {
  const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    if (/^[\p{M}\p{Cf}]*$/u.test(segment)) continue;
    const wide =
      /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uff01-\uff60]/u
        .test(segment);
    width += wide ? 2 : 1;
  }
  return width;
}

/** Fails unless text keeps to 100 columns, holds nothing that is not seen, and its tables are aligned. */
export function checkText(text: string): void {
  assert(!/[^\P{Cc}\n]/u.test(text), "A control character is left");
  assert(!/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text), "A direction mark is left");
  assert(text.isWellFormed(), "A lone surrogate is left");
  let gaps: readonly number[] = [];
  for (const line of text.split("\n")) {
    assert(widthOf(line) <= 100, `A line of ${widthOf(line)} columns: ${line}`);
    if (line === "") gaps = [];
    if (/^─+(?: {2}─+)*$/.test(line)) {
      gaps = [...line.matchAll(/ {2}/g)].map(({ index }) => index);
      continue;
    }
    for (const gap of gaps) {
      assert(columnsOf(line, gap, gap + 2).trim() === "", `Not aligned at ${gap}: ${line}`);
    }
  }
}

function columnsOf(line: string, from: number, to: number): string {
  const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
  let column = 0;
  let found = "";
  for (const { segment } of segmenter.segment(line)) {
    if (column >= from && column < to) found += segment;
    column += widthOf(segment);
  }
  return found;
}
