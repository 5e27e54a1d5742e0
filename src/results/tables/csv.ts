import { decodeText } from "../input.ts";
import { ResultsError } from "../results_error.ts";
import { dateOf, type Table, tableOf } from "./table.ts";

/** The separators that are looked for, in the order of preference. */
const SEPARATORS = [",", ";", "\t", "|"] as const;

const NUMBER = /^[-+]?(?:\d{1,300}(?:\.\d{0,300})?|\.\d{1,300})(?:e[-+]?\d{1,4})?$/i;
const COMMA_NUMBER = /^[-+]?\d{1,300},\d{1,300}(?:e[-+]?\d{1,4})?$/i;
const INFINITE = /^[-+]?inf(?:inity)?$/i;
/** Words that mean that there is no value. */
const NOTHING: ReadonlySet<string> = new Set(["", "na", "n/a", "nan", "null", "none", "-"]);

/**
 * Reads comma-separated values, whichever way they are separated: quotes, semicolons with a decimal comma, a byte order
 * mark. A column is of numbers, dates or truths where all of its values are; dates without an offset are UTC.
 */
export async function readCsv(bytes: Uint8Array, name: string): Promise<Table> {
  const { text, told } = dataIn(decodeText(bytes));
  const separator = told ?? separatorOf(text);
  const { parse } = await import("csv-parse/sync");
  let lines: readonly (readonly string[])[];
  try {
    lines = parse(text, {
      delimiter: separator,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    throw new ResultsError(
      `Cannot read ${name} as comma-separated values: ${
        error instanceof Error ? error.message.split("\n")[0] : "it is malformed"
      }`,
      { reason: "invalid" },
    );
  }
  const [wide = [], ...body] = lines;
  const head = wide.slice(0, widthOf(wide, body));
  if (head.length === 0) {
    throw new ResultsError(`Cannot read ${name} as comma-separated values: it is empty`, {
      reason: "invalid",
    });
  }
  const names = uniqueNames(head);
  const columns = names.map((_, index) =>
    converterOf(body.map((line) => line[index] ?? ""), separator)
  );
  const rows = body.map((line) =>
    Object.fromEntries(
      names.map((column, index) => [column, columns[index]?.(line[index] ?? "") ?? null]),
    )
  );
  return tableOf(name, rows, names);
}

/** The text without what stands before its names: `sep=;` for a spreadsheet, lines of notes with `#`. */
function dataIn(text: string): { readonly text: string; readonly told: string | undefined } {
  let rest = text.replace(/^\ufeff/, "");
  const [line = "", told] = /^"?sep=(.)"?\r?\n/.exec(rest) ?? [];
  rest = rest.slice(line.length);
  const notes = /^(?:[ \t]*#[^\n]*\n|[ \t]*\r?\n)+/.exec(rest)?.[0] ?? "";
  if (!notes.includes("#")) return { text: rest, told };
  const after = rest.slice(notes.length);
  const last = notes.trimEnd().split("\n").at(-1) ?? "";
  // The last of them are the names where they are as many as the values below.
  const [values = ""] = after.split("\n", 1);
  const parts = (one: string, separator: string) => one.split(separator).length;
  const separator = told ?? separatorOf(values);
  const isHead = parts(last, separator) > 1 && parts(last, separator) === parts(values, separator);
  return { text: isHead ? `${last.replace(/^\s*#\s*/, "")}\n${after}` : after, told };
}

/** How many columns there are: one without a name and a value is a separator at the end of each line. */
function widthOf(head: readonly string[], body: readonly (readonly string[])[]): number {
  let width = head.length;
  const isEmpty = (at: number) =>
    head[at]?.trim() === "" && body.every((line) => (line[at] ?? "").trim() === "");
  while (width > 1 && isEmpty(width - 1)) width--;
  return width;
}

/** The separator that the first line has most of, outside of quotes. */
function separatorOf(text: string): string {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const character of text.slice(0, 100_000)) {
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === "\n") break;
    else if (SEPARATORS.some((one) => one === character)) {
      counts.set(character, (counts.get(character) ?? 0) + 1);
    }
  }
  const [best = ","] = [...SEPARATORS].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  return best;
}

function uniqueNames(head: readonly string[]): string[] {
  const taken = new Set<string>();
  return head.map((title, index) => {
    const wanted = title.trim() || `column ${index + 1}`;
    let name = wanted;
    for (let number = 2; taken.has(name); number++) name = `${wanted} ${number}`;
    taken.add(name);
    return name;
  });
}

/** How the values of a column are read: by what all of them are. */
function converterOf(
  values: readonly string[],
  separator: string,
): (value: string) => string | number | boolean | Date | null {
  const some = values.map((value) => value.trim()).filter((value) =>
    !NOTHING.has(value.toLowerCase())
  );
  const or = <T>(convert: (value: string) => T) => (value: string) => {
    const trimmed = value.trim();
    return NOTHING.has(trimmed.toLowerCase()) ? null : convert(trimmed);
  };
  if (some.length === 0) return () => null;
  if (some.every((value) => NUMBER.test(value) || INFINITE.test(value)) && !some.some(isName)) {
    return or((value) => INFINITE.test(value) ? infinite(value) : Number(value));
  }
  const withComma = (value: string) => Number(value.replace(",", "."));
  if (
    separator !== "," &&
    some.every((value) => NUMBER.test(value) || COMMA_NUMBER.test(value)) &&
    some.some((value) => value.includes(","))
  ) return or(withComma);
  if (some.every((value) => /^(?:true|false)$/i.test(value))) {
    return or((value) => value.toLowerCase() === "true");
  }
  if (some.every((value) => dateOf(value) !== undefined)) {
    return or((value) => dateOf(value) ?? null);
  }
  return (value) => value === "" ? null : value;
}

/** Whether what looks like a number is a name: one that begins with 0, or has more digits than a number keeps. */
function isName(value: string): boolean {
  return /^0\d/.test(value) ||
    (/^[-+]?\d{16,}$/.test(value) && !Number.isSafeInteger(Number(value)));
}

function infinite(value: string): number {
  return value.startsWith("-") ? -Infinity : Infinity;
}
