import type { Colour } from "../raster/colours.ts";
import type { Meaning } from "../raster/paint.ts";
import { type CellValue, dateText } from "../tables/table.ts";

/** What only tells things apart, or says where and when they are, not what they are like. */
const NAMES =
  /^(?:id|fid|gid|uid|ogc_?fid|object_?id|index|idx|key|code|no|nr|num|number|rank|row|col|column|tile|x|y|z|lon|lat|longitude|latitude|easting|northing|epsg|year|month|day|doy|feature_?index|shape_?(?:area|leng(?:th)?))$|[_ -](?:id|fid|nr|no|code|key|index|idx)$/i;
/** Words that are written together, each with a capital. */
const TOGETHER = /[a-z]I[dD]$/;

/**
 * The name of the value that shapes are coloured by where nobody says it: the first that is a number, differs between
 * them and is no identifier. Values that are all the same come after those, identifiers never.
 */
export function valueShown(
  rows: readonly { readonly values: Readonly<Record<string, CellValue>> }[],
): string | undefined {
  const seen = new Map<string, number | "differs">();
  const names = new Set<string>();
  for (const { values } of rows) {
    for (const [name, value] of Object.entries(values)) {
      if (typeof value !== "number" || Number.isNaN(value)) continue;
      names.add(name);
      const before = seen.get(name);
      if (before === undefined) seen.set(name, value);
      else if (before !== value) seen.set(name, "differs");
    }
  }
  // In the order of the file: a value may be missing in the first row.
  const order = new Set(rows.slice(0, 100).flatMap(({ values }) => Object.keys(values)));
  const told = [...new Set([...order, ...names])].filter((name) =>
    names.has(name) && !isName(name)
  );
  return told.find((name) => seen.get(name) === "differs") ?? told[0];
}

function isName(name: string): boolean {
  return NAMES.test(name) || TOGETHER.test(name);
}

/** Words and truths as classes, the most frequent first; nothing where there are none. */
export function classesOf(
  values: readonly (CellValue | undefined)[],
  colour: (part: number) => Colour,
): (Meaning & { readonly kind: "classes" })["classes"] {
  const counts = new Map<string, number>();
  for (const value of values) {
    const name = nameIn(value);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const total = [...counts.values()].reduce((sum, amount) => sum + amount, 0);
  return [...counts].sort(([, one], [, other]) => other - one).slice(0, MOST_CLASSES).map(
    ([name, amount], at, all) => ({
      value: at,
      name,
      colour: colour(all.length === 1 ? 0.5 : at / (all.length - 1)),
      share: amount / total,
    }),
  );
}

/** More words than these nobody tells apart by their colours: the rarer ones have none. */
export const MOST_CLASSES = 12;

/** What a value that is no number is called; nothing of one that is none. */
export function nameIn(value: CellValue | undefined): string | undefined {
  return typeof value === "string" && value !== ""
    ? value.slice(0, 100)
    : typeof value === "boolean"
    ? String(value)
    : value instanceof Date
    ? dateText(value)
    : undefined;
}
