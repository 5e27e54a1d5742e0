/**
 * An instant as text, in UTC: `2026-11-23 15:38:21 UTC`.
 *
 * @example
 * ```ts
 * import { formatInstant } from "./units.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatInstant(new Date("2026-11-23T15:38:21.5Z")), "2026-11-23 15:38:21 UTC");
 * ```
 */
export function formatInstant(instant: Date): string {
  if (Number.isNaN(instant.getTime())) return "an invalid date";
  return `${instant.toISOString().replace("T", " ").replace(/\.\d{3}Z$/, "")} UTC`;
}

/** An instant as text, or its day where it is the very beginning of one. */
export function formatDay(instant: Date): string {
  return formatInstant(instant).replace(/ 00:00:00 UTC$/, "");
}

/**
 * A number of bytes as people read it, in powers of 1000.
 *
 * @example
 * ```ts
 * import { formatBytes } from "./units.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0, 999, 1234, 52_428_800].map(formatBytes), ["0 B", "999 B", "1.2 kB", "52 MB"]);
 * ```
 */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let size = bytes;
  let step = 0;
  while (size >= 999.5 && step < units.length - 1) {
    size /= 1_000;
    step++;
  }
  return `${step > 0 && size < 9.95 ? size.toFixed(1) : Math.round(size)} ${units[step]}`;
}

/** A number of degrees, to about a metre. */
export function formatDegrees(degrees: number): string {
  return String(Number(degrees.toFixed(5)));
}

/** A number and what it counts: `1 job`, `12 jobs`. */
export function count(amount: number, one: string, many: string = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

/**
 * A stretch of time as people read it: two units at the most.
 *
 * @example
 * ```ts
 * import { formatDuration } from "./units.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([400, 59_000, 61_000, 3_725_000].map(formatDuration), ["0 s", "59 s", "1 min 1 s", "1 h 2 min"]);
 * ```
 */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const units = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ] as const;
  const first = units.findIndex(([amount]) => amount > 0);
  if (first < 0) return "0 s";
  return units.slice(first, first + 2).filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`).join(" ");
}

/**
 * A stretch of time that is only guessed: one unit, rounded.
 *
 * @example
 * ```ts
 * import { roughDuration } from "./units.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([20_000, 100_000, 5_400_000].map(roughDuration), ["a minute", "2 minutes", "2 hours"]);
 * ```
 */
export function roughDuration(milliseconds: number): string {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  if (minutes < 90) return minutes === 1 ? "a minute" : `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
