/**
 * The one of several known words that somebody most likely meant by another; none where no word is near. Capitals,
 * hyphens and underscores do not count, letters swapped count as one slip, and a part or an abbreviation of a word will do.
 *
 * @example
 * ```ts
 * import { nearest } from "./nearest.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nearest("namespase", ["endpoint", "namespace"]), "namespace");
 * assertEquals(nearest("GTiff", ["geojson", "gtiff"]), "gtiff");
 * assertEquals(nearest("colour", ["endpoint", "namespace"]), undefined);
 * ```
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const wanted = plain(word);
  if (wanted === "" || wanted.length > LONGEST) return undefined;
  let best: { readonly name: string; readonly slips: number } | undefined;
  for (const name of known) {
    const slips = slipsBetween(wanted, plain(name));
    if (slips !== undefined && (best === undefined || slips < best.slips)) best = { name, slips };
  }
  return best?.name;
}

/** A guess to be written after what is wrong; nothing where no known word is near. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const name = nearest(word, known);
  return name === undefined ? "" : `; did you mean ${JSON.stringify(name)}?`;
}

/** No name is longer than this, and nothing longer is compared. */
const LONGEST = 64;

/** So many letters at the least make a part of a word that says which one is meant. */
const LEAST_PART = 3;

function plain(word: string): string {
  return word.toLowerCase().replace(/[\s_.-]+/g, "");
}

/** How far a word is from another; nothing where too far to be meant. */
function slipsBetween(wanted: string, other: string): number | undefined {
  const longest = Math.max(wanted.length, other.length);
  if (longest > LONGEST) return undefined;
  const slips = distance(wanted, other);
  if (slips <= Math.max(1, Math.floor(longest / 3)) && slips < longest) return slips;
  const [short, long] = wanted.length < other.length ? [wanted, other] : [other, wanted];
  if (short.length < LEAST_PART) return undefined;
  return long.includes(short) || isAbbreviation(short, long) ? longest : undefined;
}

/** Whether a word is another one with letters left out, such as "params" for "parameters". */
function isAbbreviation(short: string, long: string): boolean {
  if (short[0] !== long[0]) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at++;
  return at === short.length;
}

/** Letters to add, drop, change or swap with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  let earlier: number[] = [];
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const changed = a[row - 1] === b[column - 1] ? 0 : 1;
      let least = Math.min(
        (before[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (before[column - 1] ?? 0) + changed,
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        least = Math.min(least, (earlier[column - 2] ?? 0) + 1);
      }
      current.push(least);
    }
    [earlier, before] = [before, current];
  }
  return before[b.length] ?? 0;
}
