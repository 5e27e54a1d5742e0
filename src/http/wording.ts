/** What a message says after its headline. */
export interface Particulars {
  /** What to do. */
  readonly hint?: string | undefined;
  /** The reason that the other side gave, beyond its headline. */
  readonly reason?: string | undefined;
  /** The correlation id. */
  readonly requestId?: string | undefined;
}

/**
 * A whole message: a notebook prints nothing of an error but its message, so everything is in it, each
 * particular on a line of its own.
 */
export function wordMessage(headline: string, particulars: Particulars): string {
  const { reason, hint, requestId } = particulars;
  return [
    headline,
    ...(reason === undefined || reason === "" ? [] : [`Reason given: ${reason}`]),
    ...(hint === undefined ? [] : [`What to do: ${hint}`]),
    ...(requestId === undefined ? [] : [`Request id: ${oneLine(requestId, 200)}`]),
  ].join("\n  ");
}

/** Spaces and line breaks, and what would command a terminal or turn the reading direction. */
const UNPRINTABLE = /[\s\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** One line of at most so many characters that can be printed, without a full stop at its end. */
export function oneLine(text: string, limit: number): string {
  const line = text.replace(UNPRINTABLE, " ").trim().replace(/(?<!\.)\.$/, "");
  if (line.length <= limit) return line;
  return `${line.slice(0, limit - 1).toWellFormed().replace(/\ufffd$/, "").trimEnd()}…`;
}

/** How much of a page is looked at; no message shows more. */
const LONGEST_PAGE = 10_000;

/** HTML as text: a link becomes its words and its address, other tags go. */
export function plainText(html: string): string {
  const addresses: string[] = [];
  return html
    .slice(0, LONGEST_PAGE)
    .replace(/<(script|style)\b.*?<\/\1\s*>/gis, " ")
    .replace(/<!--.*?-->/gs, " ")
    .replace(/<\/?[a-z!][^<>]*>/gi, (tag) => {
      if (!/^<\/?a\b/i.test(tag)) return " ";
      if (!tag.startsWith("</")) {
        addresses.push(/\bhref\s*=\s*(["'])(.*?)\1/is.exec(tag)?.[2] ?? "");
        return "";
      }
      const address = addresses.pop() ?? "";
      return address === "" ? "" : ` (${address})`;
    })
    .replace(/&(amp|lt|gt|quot|apos|#39|#x27|nbsp);/g, (_, name: string) => ENTITIES[name] ?? " ");
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  "#39": "'",
  "#x27": "'",
  nbsp: " ",
};
