import { OTHER_LOOK, STATUS_COLORS, STATUS_LOOKS, type StatusLook } from "../../map/status.ts";
import type { Piece } from "./document.ts";

const HEALTH: ReadonlyMap<string, StatusLook> = new Map([
  ["ok", { glyph: "✓", color: STATUS_COLORS.green }],
  ["error", { glyph: "✗", color: STATUS_COLORS.red }],
]);

/** The badge of a job's or task's status; one that is not known shows as it is. */
export function statusBadge(status: string): Piece {
  return badge(status, STATUS_LOOKS);
}

/** The badge of how a part of the service is. */
export function healthBadge(status: string): Piece {
  return badge(status, HEALTH);
}

function badge(word: string, looks: ReadonlyMap<string, StatusLook>): Piece {
  const { glyph, color } = looks.get(word) ?? OTHER_LOOK;
  return { text: `${glyph} ${word === "" ? "none" : word}`, badge: color };
}

const { brown, blue, green, red } = STATUS_COLORS;

/** What a terminal is told to show a badge's colour (ECMA-48, SGR). */
export function ansiOf(badge: string): number {
  const codes = new Map<string, number>([[red, 31], [green, 32], [brown, 33], [blue, 34]]);
  return codes.get(badge) ?? 90;
}
