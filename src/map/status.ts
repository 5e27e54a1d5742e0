import { clean } from "../core/clean.ts";
import { shorten } from "../core/width.ts";

/** How a status looks: a glyph and a colour beside its word, so that no reader depends on one alone. */
export interface StatusLook {
  /** The sign. */
  readonly glyph: string;
  /** The colour that white text can be read on. */
  readonly color: string;
}

/** The colours that a status can have. */
export const STATUS_COLORS = {
  grey: "#57606a",
  brown: "#7d4e00",
  blue: "#0b5cad",
  green: "#1a7f37",
  red: "#b42318",
} as const;

const { grey, brown, blue, green, red } = STATUS_COLORS;

/** The known statuses of work, those first that somebody may have to act on. */
export const STATUS_LOOKS: ReadonlyMap<string, StatusLook> = new Map([
  ["failed", { glyph: "✗", color: red }],
  ["running", { glyph: "◐", color: blue }],
  ["queued", { glyph: "◔", color: brown }],
  ["created", { glyph: "○", color: grey }],
  ["finished", { glyph: "✓", color: green }],
  ["canceled", { glyph: "⊘", color: grey }],
  ["unknown", { glyph: "?", color: grey }],
]);

/** How a status looks that is not known. */
export const OTHER_LOOK: StatusLook = { glyph: "•", color: grey };

/** The known statuses, those first that somebody may have to act on. */
export const STATUS_ORDER: readonly string[] = [...STATUS_LOOKS.keys()];

/** The most statuses outside the contract that are counted by name. */
const MAX_OTHERS = 3;

/** The most characters of their names. */
const MAX_OTHER_WIDTH = 24;

/** The counts as words, those first that somebody may have to act on: `["1 failed", "3 running"]`. */
export function countsOf(counts: ReadonlyMap<string, number>): string[] {
  const words: string[] = [];
  for (const status of STATUS_ORDER) {
    const amount = counts.get(status) ?? 0;
    if (amount > 0) words.push(`${amount} ${status}`);
  }
  const others = [...counts].filter(([status]) => !STATUS_ORDER.includes(status))
    .sort(([, a], [, b]) => b - a);
  for (const [status, amount] of others.slice(0, MAX_OTHERS)) {
    words.push(`${amount} ${shorten(clean(status), MAX_OTHER_WIDTH)}`);
  }
  const rest = others.slice(MAX_OTHERS).reduce((sum, [, amount]) => sum + amount, 0);
  if (rest > 0) words.push(`${rest} with another status`);
  return words;
}
