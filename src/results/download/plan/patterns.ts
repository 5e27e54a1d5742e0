import { ResultsError } from "../../results_error.ts";

/**
 * Whether a name fits one of several patterns: `*` is any text, `?` any character, `[a-c]` one of several and `[!a-c]`
 * none of them, `{tif,nc}` one of several texts. A pattern that is the name itself fits, whatever signs are in it.
 */
export function matches(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern === name || alternativesOf(pattern).some((one) => fits(name, partsOf(one)))
  );
}

/** No pattern that somebody writes has more. */
const MOST_ALTERNATIVES = 1_000;

/** A pattern without braces for each of the texts in them. */
function alternativesOf(pattern: string): readonly string[] {
  let whole = [pattern];
  for (let round = 0; round < 10; round++) {
    const next = whole.flatMap((one) => {
      const found = bracesIn(one);
      if (found === undefined) return [one];
      const [start, end] = found;
      const before = one.slice(0, start), after = one.slice(end + 1);
      return one.slice(start + 1, end).split(",").map((text) => `${before}${text}${after}`);
    });
    if (next.length === whole.length) return next;
    if (next.length > MOST_ALTERNATIVES) return whole;
    whole = next;
  }
  return whole;
}

/** Where the first braces begin and end that have a choice in them. */
function bracesIn(pattern: string): readonly [start: number, end: number] | undefined {
  for (let end = pattern.indexOf("}"); end !== -1; end = pattern.indexOf("}", end + 1)) {
    const start = pattern.lastIndexOf("{", end);
    if (start !== -1 && pattern.slice(start, end).includes(",")) return [start, end];
  }
  return undefined;
}

/** One character that is wanted, or any text. */
type Part = "any text" | ((character: string) => boolean);

function partsOf(pattern: string): readonly Part[] {
  const parts: Part[] = [];
  const signs = [...pattern];
  for (let at = 0; at < signs.length; at++) {
    const sign = signs[at] ?? "";
    const end = sign === "[" ? signs.indexOf("]", at + 2) : -1;
    if (sign === "*") parts.push("any text");
    else if (sign === "?") parts.push(() => true);
    else if (end !== -1) {
      parts.push(oneOf(signs.slice(at + 1, end)));
      at = end;
    } else parts.push((character) => character === sign);
  }
  return parts;
}

function oneOf(signs: readonly string[]): (character: string) => boolean {
  const isNot = signs[0] === "!" || signs[0] === "^";
  const list = isNot ? signs.slice(1) : signs;
  return (character) => {
    let found = false;
    for (let at = 0; at < list.length; at++) {
      const from = list[at] ?? "", to = list[at + 1] === "-" ? list[at + 2] : undefined;
      if (to !== undefined) at += 2;
      found ||= to === undefined ? character === from : character >= from && character <= to;
    }
    return found !== isNot;
  };
}

/** Without a regular expression, whose time could grow without end. */
function fits(name: string, parts: readonly Part[]): boolean {
  const characters = [...name];
  let at = 0, star = -1, retry = 0, index = 0;
  while (index < characters.length) {
    const part = parts[at];
    if (part === "any text") {
      star = at++;
      retry = index;
    } else if (part?.(characters[index] ?? "")) {
      at++;
      index++;
    } else if (star !== -1) {
      at = star + 1;
      index = ++retry;
    } else return false;
  }
  while (parts[at] === "any text") at++;
  return at === parts.length;
}

/** The patterns that somebody gave: one, or several; nothing where all is wanted. */
export function patternsIn(only: unknown): readonly string[] | undefined {
  if (only === undefined) return undefined;
  const list: unknown[] = Array.isArray(only) ? only : [only];
  if (list.length > 0 && list.every((one) => typeof one === "string")) return list;
  throw new ResultsError(
    'Cannot download the results: { only } is a list of names or patterns, such as ["*.tif"]',
    { reason: "invalid" },
  );
}
