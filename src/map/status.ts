import { clean } from "../core/redact.ts";
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

/** How the footprints of one kind look: a colour, and beside it a mark or, where that has no room, a pattern. */
export interface Look {
  /** What it is called within the picture. */
  readonly name: string;
  /** The colour. */
  readonly color: string;
  /** What is drawn upon a footprint, about a middle of 0, 0 and 10 wide: the sign that tables show. */
  readonly mark: string;
  /** What is repeated over footprints, 6 wide and 6 high. */
  readonly pattern: string;
  /** How much of what lies below it hides, from 0 to 1. */
  readonly opacity: number;
  /** Whether its edges are drawn in the same colour; else footprints are told apart by the gaps between them. */
  readonly outlined: boolean;
}

const RING = '<circle r="4"/>';
const MARKS: ReadonlyMap<string, string> = new Map([
  ["failed", '<path d="M-3.6-3.6 3.6 3.6M3.6-3.6-3.6 3.6"/>'],
  ["running", `${RING}<path class="full" d="M0-4a4 4 0 0 0 0 8z"/>`],
  ["queued", `${RING}<path class="full" d="M0 0V-4A4 4 0 0 1 4 0z"/>`],
  ["created", RING],
  ["finished", '<path d="M-4.4.4-1.4 3.6 4.4-3.6"/>'],
  ["canceled", `${RING}<path d="M-2.8 2.8 2.8-2.8"/>`],
  ["unknown", '<path d="M-2.4-2.6A2.5 2.5 0 1 1 .9-.3Q0 .4 0 1.6M0 4V4.2"/>'],
]);

const PATTERNS: ReadonlyMap<string, string> = new Map([
  ["failed", '<path d="M0 0 6 6M6 0 0 6"/>'],
  ["running", '<path d="M-1 1 1-1M0 6 6 0M5 7 7 5"/>'],
  ["queued", '<path d="M0 3H6"/>'],
  ["created", '<circle class="full" cx="3" cy="3" r=".9"/>'],
  ["finished", ""],
  ["canceled", '<path d="M-1 5 1 7M0 0 6 6M5-1 7 1"/>'],
  ["unknown", '<path d="M3 0V6"/>'],
]);

/** How footprints without a job look: no status, so no mark, and the colour of the picture. */
const PLAIN: Look = {
  name: "plain",
  color: "currentColor",
  mark: "",
  pattern: "",
  opacity: 0.3,
  outlined: true,
};
/** How a status looks that is not known. */
const OTHER: Pick<Look, "mark" | "pattern"> = {
  mark: '<circle class="full" r="2.6"/>',
  pattern: '<path d="M3 0V6M0 3H6"/>',
};

/** How footprints of a status look. */
export function lookOf(status: string | undefined): Look {
  if (status === undefined) return PLAIN;
  const { color } = STATUS_LOOKS.get(status) ?? OTHER_LOOK;
  const mark = MARKS.get(status);
  const filled = { color, opacity: 0.92, outlined: false };
  if (mark === undefined) return { ...filled, ...OTHER, name: "other" };
  return { ...filled, name: status, mark, pattern: PATTERNS.get(status) ?? "" };
}

/** Where a status comes in the order of painting: the last lies on top, and is the one to act on. */
export function layerOf(status: string | undefined): number {
  if (status === undefined) return -1;
  const at = STATUS_ORDER.indexOf(status);
  return at === -1 ? 0 : STATUS_ORDER.length - at;
}
