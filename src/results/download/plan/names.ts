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

/** The most bytes of a file's name that common file systems hold, less what a part adds to it. */
const MOST_BYTES = 255 - ".part.json".length;

/** Names that Windows keeps for devices, whatever their extension. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?$/i;

const UNFIT = /[<>:"/\\|?*\p{Cc}]/u;

/** Whether a text can be a file's name as it is, on every common system. */
export function isFileName(name: string): boolean {
  return name !== "" && !/^\.+$/.test(name) && !UNFIT.test(name) && !/[. ]$/.test(name) &&
    !name.startsWith(" ") && !RESERVED.test(name) && name.isWellFormed() &&
    bytesOf(name) <= MOST_BYTES;
}

/**
 * What to call the file of an asset: its key if that is a fit name, with the extension of its address where it has none
 * of its own; else the last part of its address, made fit.
 *
 * @example
 * ```ts
 * import { fileName } from "./names.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(fileName("openEO.tif", "https://data.example.test/a/b?sig=1"), "openEO.tif");
 * assertEquals(fileName("ndvi", "https://data.example.test/a/openEO.tif"), "ndvi.tif");
 * assertEquals(fileName("../etc/passwd", "https://data.example.test/a/openEO.tif"), "openEO.tif");
 * ```
 */
export function fileName(key: string, address: string): string {
  const last = lastPart(address);
  if (isFileName(key)) {
    if (/\.[A-Za-z0-9]{1,8}$/.test(key)) return key;
    const [extension = ""] = /\.[A-Za-z0-9]{1,8}$/.exec(last) ?? [];
    return isFileName(key + extension) ? key + extension : key;
  }
  return fitName(last) ?? fitName(key) ?? "file";
}

/** A name made of a text: what no name can hold becomes `_`, what is too long is shortened in the middle. */
export function fitName(text: string): string | undefined {
  const whole = text.toWellFormed().replace(new RegExp(UNFIT, "gu"), "_");
  const from = [...whole].findIndex((character) => !isEdge(character));
  const to = [...whole].findLastIndex((character) => !isEdge(character));
  const plain = from === -1 ? "" : [...whole].slice(from, to + 1).join("");
  if (plain === "" || /^_+$/.test(plain)) return undefined;
  const named = RESERVED.test(plain) ? `_${plain}` : plain;
  return shortened(named, MOST_BYTES);
}

/** No name begins or ends with these. */
function isEdge(character: string): boolean {
  return character === " " || character === ".";
}

/**
 * Gives each of several names that no file system takes for another: capitals and ways to write a letter make no
 * difference to some of them. The second of a name becomes `name-2.tif`.
 */
export function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  // Two letters can have one capital, and one letter two: whatever some system takes for the same is the same.
  const keyOf = (name: string) =>
    name.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFC");
  // What a part of a file is called is nobody else's name.
  const keysOf = (name: string) => ["", ".part", ".part.json"].map((end) => keyOf(name + end));
  return (name) => {
    let unique = name;
    for (let number = 2; keysOf(unique).some((key) => taken.has(key)); number++) {
      const dot = name.lastIndexOf(".");
      const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
      unique = `${shortened(stem, MOST_BYTES - bytesOf(extension) - 6)}-${number}${extension}`;
    }
    for (const key of keysOf(unique)) taken.add(key);
    return unique;
  };
}

function lastPart(address: string): string {
  const path = URL.parse(address)?.pathname ?? address.replace(/[?#].*$/s, "");
  const last = path.split(/[/\\]/).findLast((part) => part !== "") ?? "";
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** A name of at most so many bytes: files of one job often differ at their ends alone. */
function shortened(name: string, most: number): string {
  if (bytesOf(name) <= most) return name;
  const characters = [...name];
  while (bytesOf(characters.join("")) > most - 1) {
    characters.splice(Math.floor(characters.length / 2), 1);
  }
  const middle = Math.floor(characters.length / 2);
  return `${characters.slice(0, middle).join("")}~${characters.slice(middle).join("")}`;
}
