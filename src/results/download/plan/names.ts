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
