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
    ...(requestId === undefined ? [] : [`Request id: ${requestId}`]),
  ].join("\n  ");
}

/** One line of at most so many characters, without a full stop at its end. */
export function oneLine(text: string, limit: number): string {
  const line = text.replace(/\s+/g, " ").trim().replace(/(?<!\.)\.$/, "");
  return line.length <= limit ? line : `${line.slice(0, limit - 1).trimEnd()}…`;
}

/** HTML as text: a link becomes its words and its address, other tags go. */
export function plainText(html: string): string {
  return html
    .replace(/<a\b[^>]*?\bhref=(["'])(.*?)\1[^>]*>(.*?)<\/a>/gis, "$3 ($2)")
    .replace(/<(?:script|style)\b.*?<\/(?:script|style)>/gis, " ")
    .replace(/<\/?[a-z!][^>]*>/gi, " ")
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => ENTITIES[name] ?? " ");
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
  nbsp: " ",
};
