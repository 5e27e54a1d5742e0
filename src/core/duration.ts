/**
 * A stretch of time as people read it: two units at the most.
 *
 * @example
 * ```ts
 * import { formatDuration } from "./duration.ts";
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
 * import { roughDuration } from "./duration.ts";
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
