/**
 * Reads JSON as Python writes it, too: NaN and Infinity, which JSON has no words for, are `null`.
 *
 * @throws {SyntaxError} if it is no JSON even so.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const plain = withoutWords(text);
    if (plain === text) throw error;
    return JSON.parse(plain);
  }
}

const WORDS = ["-Infinity", "Infinity", "NaN"] as const;

/** The text with `null` for what is no number; what stands in quotes stays as it is. */
function withoutWords(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') {
      at++;
      while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    } else if (sign === "N" || sign === "I" || sign === "-") {
      const word = WORDS.find((one) => text.startsWith(one, at));
      if (word === undefined) continue;
      parts.push(text.slice(from, at), "null");
      from = at + word.length;
      at = from - 1;
    }
  }
  return parts.join("") + text.slice(from);
}
