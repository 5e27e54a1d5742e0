import { OTHER_LOOK, STATUS_LOOKS, STATUS_ORDER } from "../status.ts";

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
