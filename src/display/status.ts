import type { Piece } from "./document.ts";

/** How a status looks: a glyph and a colour beside its word, so that no reader depends on one alone. */
interface Look {
  readonly glyph: string;
  readonly color: string;
}

const GREY = "#57606a";
const BROWN = "#7d4e00";
const BLUE = "#0b5cad";
const GREEN = "#1a7f37";
const RED = "#b42318";

const STATUSES: ReadonlyMap<string, Look> = new Map([
  ["failed", { glyph: "✗", color: RED }],
  ["running", { glyph: "◐", color: BLUE }],
  ["queued", { glyph: "◔", color: BROWN }],
  ["created", { glyph: "○", color: GREY }],
  ["finished", { glyph: "✓", color: GREEN }],
  ["canceled", { glyph: "⊘", color: GREY }],
  ["unknown", { glyph: "?", color: GREY }],
]);

const HEALTH: ReadonlyMap<string, Look> = new Map([
  ["ok", { glyph: "✓", color: GREEN }],
  ["error", { glyph: "✗", color: RED }],
]);

const OTHER: Look = { glyph: "•", color: GREY };

/** The known statuses, those first that somebody may have to act on. */
export const STATUS_ORDER: readonly string[] = [...STATUSES.keys()];

/** The badge of a job's or task's status; one that is not known shows as it is. */
export function statusBadge(status: string): Piece {
  return badge(status, STATUSES);
}

/** The badge of how a part of the service is. */
export function healthBadge(status: string): Piece {
  return badge(status, HEALTH);
}

function badge(word: string, looks: ReadonlyMap<string, Look>): Piece {
  const { glyph, color } = looks.get(word) ?? OTHER;
  return { text: `${glyph} ${word === "" ? "none" : word}`, badge: color };
}
