import type { ParameterKind } from "../facts.ts";
import { branchesOf, type CatalogueParameter, type ValueSchema } from "../reading/definition.ts";

const WORDS: Readonly<Record<ParameterKind, string>> = {
  "bounding-box": "a box { west, south, east, north }",
  "temporal-interval": 'begin and end, such as ["2026-06-01", "2026-07-01"]',
  geojson: "GeoJSON",
  date: 'a date such as "2026-06-01"',
  "date-time": 'a time such as "2026-06-01T00:00:00Z"',
  number: "a number",
  integer: "a whole number",
  string: "text",
  boolean: "true or false",
  array: "an array",
  "array of strings": "several texts",
  "array of arrays": "an array of arrays",
  object: "an object",
  datacube: "a data cube",
  null: "null",
};

/** What a parameter takes, in words: `a whole number from 0 to 100`. */
export function takes(
  { kinds, schemas }: Pick<CatalogueParameter, "kinds" | "schemas">,
): string {
  // Neither can be typed into a request: a data cube is made by another process, and null is no value.
  const useful = kinds.filter((kind) => kind !== "datacube" && kind !== "null");
  const words = (useful.length === 0 ? kinds : useful).map((kind) => WORDS[kind]).join(" or ");
  const range = rangeOf(branchesOf(schemas));
  return `${words === "" ? "any value" : words}${range}`;
}

function rangeOf(schemas: readonly ValueSchema[]): string {
  const [least] = schemas.flatMap(({ minimum }) => minimum ?? []);
  const [most] = schemas.flatMap(({ maximum }) => maximum ?? []);
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`;
  if (least !== undefined) return `, at least ${least}`;
  return most === undefined ? "" : `, at most ${most}`;
}

/** The values that a parameter can have, where its definition lists them. */
export function choicesOf({ schemas }: Pick<CatalogueParameter, "schemas">): readonly unknown[] {
  const branches = branchesOf(schemas);
  const items = branches.flatMap(({ items }) => items === undefined ? [] : branchesOf([items]));
  return [...branches, ...items].flatMap((schema) => schema.enum ?? []);
}

/** The first sentence of a description, with its Markdown taken off. */
export function firstSentence(description: string): string {
  const plain = plainWords(description);
  const end = plain.search(/[.!?](?=\s+[A-Z]|$)/);
  return end === -1 ? plain : plain.slice(0, end);
}

/** A description with its Markdown taken off. */
export function plainWords(description: string): string {
  return description.replace(/\[([^\][]*)\]\([^()]*\)/g, "$1").replace(/[`*]/g, "")
    .replace(/\s+/g, " ").trim();
}
