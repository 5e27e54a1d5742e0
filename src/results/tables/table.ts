import { type Displayable, displayable } from "../../display/render/displayable.ts";
import { type Block, type Line, muted, strong } from "../../display/render/document.ts";
import { count } from "../../core/units.ts";
import { isObject } from "../../core/objects.ts";

/** A value in a table. */
export type CellValue = string | number | boolean | Date | null | object;

/** One column of a table. */
export interface TableColumn {
  /** The head of the column as the file writes it, by which rows hold their values. */
  readonly name: string;
  /** What its values are; `mixed` where they differ, `empty` where there are none. */
  readonly type: "text" | "number" | "boolean" | "date" | "geometry" | "mixed" | "empty";
}

/** Rows with named values, read from a file. It shows itself as a table. */
export interface Table {
  /** What it was read from. */
  readonly name: string;
  /** The columns, in their order. */
  readonly columns: readonly TableColumn[];
  /** The rows: a value for each column, `null` where there is none; dates are `Date`. */
  readonly rows: readonly Readonly<Record<string, CellValue>>[];
}

/** Makes a table of rows; what is missing in one is `null`. */
export function tableOf(
  name: string,
  rows: readonly Readonly<Record<string, unknown>>[],
  names: readonly string[] = namesIn(rows),
): Table {
  const cleaned = rows.map((row) =>
    Object.fromEntries(names.map((column) => [column, valueOf(row[column])]))
  );
  return {
    name,
    columns: names.map((column) => ({ name: column, type: typeOf(cleaned, column) })),
    rows: cleaned,
  };
}

function namesIn(rows: readonly Readonly<Record<string, unknown>>[]): string[] {
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  return [...names];
}

function valueOf(value: unknown): CellValue {
  if (value === undefined || value === null) return null;
  if (typeof value === "bigint") return numberOf(value);
  if (typeof value === "number") return Number.isNaN(value) ? null : value;
  if (typeof value === "string" || typeof value === "boolean" || typeof value === "object") {
    return value;
  }
  return String(value);
}

/** A long number as one of ours, as text where its digits would be lost. */
export function numberOf(value: bigint): number | string {
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

function typeOf(
  rows: readonly Readonly<Record<string, CellValue>>[],
  name: string,
): TableColumn["type"] {
  let type: TableColumn["type"] = "empty";
  for (const row of rows) {
    const value = row[name] ?? null;
    if (value === null) continue;
    const own = typeof value === "string"
      ? "text"
      : typeof value === "number"
      ? "number"
      : typeof value === "boolean"
      ? "boolean"
      : value instanceof Date
      ? "date"
      : isObject(value) && typeof value.type === "string"
      ? "geometry"
      : "mixed";
    if (type === "empty") type = own;
    else if (type !== own) return "mixed";
  }
  return type;
}

const MOST_ROWS = 20;
const MOST_COLUMNS = 12;

/** The first rows of a table, as a table. */
export function tableView(table: Table): Displayable {
  return displayable(() => [tableBlock(table)]);
}

/** The first rows of a table, as a block. */
export function tableBlock({ name, columns, rows }: Table): Block {
  const shown = columns.slice(0, MOST_COLUMNS);
  const facts = [
    count(columns.length, "column"),
    ...(shown.length < columns.length ? [`the first ${shown.length} shown`] : []),
    ...(rows.length > MOST_ROWS ? [`the first ${MOST_ROWS} rows shown`] : []),
    name,
  ];
  return {
    kind: "table",
    caption: [strong(count(rows.length, "row")), muted(` · ${facts.join(" · ")}`)],
    columns: shown.map(({ name: title, type }) => ({
      title,
      max: 40,
      yields: true,
      ...(type === "number" ? { align: "right" } : {}),
    })),
    rows: rows.slice(0, MOST_ROWS).map((row) =>
      shown.map(({ name: key }) => cellOf(row[key] ?? null))
    ),
  };
}

function cellOf(value: CellValue): Line {
  if (value === null) return muted("–");
  if (value instanceof Date) return dateText(value);
  if (typeof value === "object") {
    return isObject(value) && typeof value.type === "string"
      ? value.type
      : JSON.stringify(value).slice(0, 200);
  }
  return typeof value === "number" ? String(Number(value.toPrecision(12))) : String(value);
}

/** A date as text: a day where it is the beginning of one. */
export function dateText(date: Date): string {
  return Number.isNaN(date.getTime())
    ? "an invalid date"
    : date.toISOString().replace(/T00:00:00\.000Z$/, "").replace(/\.000Z$/, "Z");
}

const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[-+]\d\d:?\d\d)?)?$/;

/** A date as ISO 8601 writes it, UTC where it has no offset; nothing of another text, or of a day that there is not. */
export function dateOf(text: string): Date | undefined {
  if (!DATE.test(text)) return undefined;
  const written = text.replace(" ", "T");
  const isWhole = !written.includes("T") || /(?:Z|[-+]\d\d:?\d\d)$/.test(written.slice(10));
  const date = new Date(isWhole ? written : `${written}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
