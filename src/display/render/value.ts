import { HIDDEN } from "../../core/redact.ts";
import { isSecretName } from "../../core/secrets.ts";
import { cornersOf } from "../../geo/extent.ts";
import { OTHER_LOOK, STATUS_COLORS, STATUS_LOOKS, type StatusLook } from "../../map/status.ts";
import type { Piece } from "./document.ts";

/** The levels of a value that are shown. */
const MAX_DEPTH = 6;

/** The most characters of a value that are written. */
const MAX_LENGTH = 600;

/** How values are written. */
export interface ValueOptions {
  /**
   * Whether GeoJSON is written as it is typed, too, and not as its kind and its corners.
   *
   * @default {false}
   */
  readonly whole?: boolean | undefined;
}

/**
 * A value as one would type it, cut off where it gets long; unlike `JSON.stringify` it never fails,
 * and never reads more of a value than it shows. GeoJSON is its kind and its corners, west and south to east and north.
 *
 * @example
 * ```ts
 * import { formatValue } from "./value.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatValue({ west: 12, east: 13 }), "{ west: 12, east: 13 }");
 * assertEquals(formatValue(["B04", null]), '["B04", null]');
 *
 * const coordinates = [[[3.37966, 51.01317], [3.55933, 51.01317], [3.55933, 51.12601], [3.37966, 51.01317]]];
 * assertEquals(formatValue({ type: "Polygon", coordinates }), "Polygon 3.38, 51.01 to 3.56, 51.13");
 * ```
 */
export function formatValue(value: unknown, { whole = false }: ValueOptions = {}): string {
  const parts: string[] = [];
  const budget = { left: MAX_LENGTH, whole };
  try {
    write(value, parts, budget, 0);
  } catch {
    return "(cannot be read)";
  }
  const text = parts.join("");
  return budget.left > 0 ? text : `${text.slice(0, MAX_LENGTH).toWellFormed()}…`;
}

/** The value of a field, hidden if the field's name says that it is a secret. */
export function formatField(name: string, value: unknown, options?: ValueOptions): string {
  return isSecretName(name) && typeof value === "string" ? HIDDEN : formatValue(value, options);
}

/** Named values on one line: `resolution: 10, bands: ["B04", "B08"]`. */
export function formatFields(
  fields: Readonly<Record<string, unknown>>,
  options?: ValueOptions,
): string {
  const text = formatValue(fields, options);
  if (text === "{}") return "";
  return text.startsWith("{ ") ? text.slice(2, text.endsWith(" }") ? -2 : undefined) : text;
}

/** The value of a field, to be shown: where something was left out, the whole of it in the tooltip. */
export function fieldPiece(name: string, value: unknown): Piece {
  return pieceOf((options) => formatField(name, value, options));
}

/** Named values on one line, to be shown: where something was left out, the whole of it in the tooltip. */
export function fieldsPiece(fields: Readonly<Record<string, unknown>>): Piece {
  return pieceOf((options) => formatFields(fields, options));
}

function pieceOf(format: (options: ValueOptions) => string): Piece {
  const text = format({ whole: false });
  const whole = format({ whole: true });
  return whole === text ? { text } : { text, whole };
}

interface Budget {
  left: number;
  readonly whole: boolean;
}

function write(value: unknown, parts: string[], budget: Budget, depth: number): void {
  const put = (text: string) => {
    parts.push(text);
    budget.left -= text.length;
  };
  if (budget.left <= 0) return;
  if (typeof value === "string") return put(JSON.stringify(value.slice(0, MAX_LENGTH)));
  if (typeof value === "number") {
    // 0.1 + 0.2 is 0.3 to whoever typed it.
    return put(String(Number.isInteger(value) ? value : Number(value.toPrecision(12))));
  }
  if (typeof value === "bigint") return put(`${value}n`);
  if (typeof value === "function" || typeof value === "symbol") return put(`(${typeof value})`);
  if (typeof value !== "object" || value === null) return put(String(value));
  if (value instanceof Date) {
    return put(Number.isNaN(value.getTime()) ? "null" : value.toISOString());
  }
  const corners = budget.whole ? undefined : cornersOf(value);
  if (corners !== undefined) return put(corners);
  const list = Array.isArray(value);
  if (depth >= MAX_DEPTH) return put(list ? "[…]" : "{…}");
  let first = true;
  const next = () => {
    put(first ? (list ? "[" : "{ ") : ", ");
    first = false;
    return budget.left > 0;
  };
  if (list) {
    for (const item of value) {
      if (!next()) return;
      write(item, parts, budget, depth + 1);
    }
  } else {
    for (const [key, field] of Object.entries(value)) {
      if (!next()) return;
      put(`${/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key.slice(0, MAX_LENGTH))}: `);
      if (isSecretName(key) && typeof field === "string") put(HIDDEN);
      else write(field, parts, budget, depth + 1);
    }
  }
  put(first ? (list ? "[]" : "{}") : (list ? "]" : " }"));
}

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
