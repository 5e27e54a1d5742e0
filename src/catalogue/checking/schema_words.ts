import { type Schema, Validator } from "@cfworker/json-schema";
import { isObject } from "../../core/objects.ts";
import { quote } from "../../core/text.ts";
import { count } from "../../core/units.ts";
import type { ParameterKind } from "../facts.ts";
import type { CatalogueParameter } from "../reading/definition.ts";
import { branchesOf, kindOf, typeOf, type ValueSchema } from "../reading/value_schema.ts";

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
  const branches = branchesOf(schemas);
  const words = (useful.length === 0 ? kinds : useful).flatMap((kind) => {
    const ranges = branches.filter((schema) => kindOf(schema) === kind).map(rangeOf);
    return [...new Set(ranges.length === 0 ? [""] : ranges)].map((range) => WORDS[kind] + range);
  });
  return words.length === 0 ? "any value" : words.join(" or ");
}

function rangeOf({ minimum, maximum }: ValueSchema): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `, at least ${minimum}`;
  return maximum === undefined ? "" : `, at most ${maximum}`;
}

/** How many characters of a rule are shown. */
const MOST_RULE = 120;

/** What a rule of a schema asks for, as it follows the kind: ` of at least 3 characters`. */
export function ruleWords(rule: string, schema: ValueSchema): string {
  const other = ` by the rule "${rule}" of its definition`;
  const wanted = JSON.stringify(schema[rule]);
  // It is broken further in, such as below allOf.
  if (wanted === undefined) return other;
  const shown = wanted.length <= MOST_RULE ? wanted : `${wanted.slice(0, MOST_RULE)}…`;
  switch (rule) {
    case "const":
      return `, which can only be ${shown}`;
    case "pattern":
      return ` that matches the pattern ${shown.replaceAll("\\\\", "\\")}`;
    case "minLength":
      return ` of at least ${count(Number(shown), "character")}`;
    case "maxLength":
      return ` of at most ${count(Number(shown), "character")}`;
    case "exclusiveMinimum":
      return ` above ${shown}`;
    case "exclusiveMaximum":
      return ` below ${shown}`;
    case "multipleOf":
      return ` that is a multiple of ${shown}`;
    case "format":
      return ` written as ${shown}`;
    default:
      return other;
  }
}

/** The values that a parameter can have, where its definition lists them. */
export function choicesOf({ schemas }: Pick<CatalogueParameter, "schemas">): readonly unknown[] {
  const branches = branchesOf(schemas);
  const items = branches.flatMap(({ items }) => items === undefined ? [] : branchesOf([items]));
  const words = [...branches, ...items].flatMap((schema) =>
    schema.enum ?? ("const" in schema ? [schema["const"]] : [])
  );
  return words.filter((word, index) => words.indexOf(word) === index);
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

/** The rules of a schema that a value breaks; a schema that cannot be made sense of has none. */
export function brokenRules(schema: ValueSchema, value: unknown): readonly string[] {
  try {
    const rules: Schema = JSON.parse(JSON.stringify(schema, withoutWildPatterns));
    return new Validator(rules, "2020-12").validate(value).errors.map(({ keyword }) => keyword);
  } catch {
    return [];
  }
}

const LONGEST_PATTERN = 500;

function withoutWildPatterns(name: string, rule: unknown): unknown {
  return name === "pattern" && typeof rule === "string" && isWild(rule) ? undefined : rule;
}

/** Whether a pattern repeats a group that repeats or chooses within: that can take for ever, and is not tried. */
function isWild(pattern: string): boolean {
  if (pattern.length > LONGEST_PATTERN) return true;
  let branching = false;
  return Array.from(pattern).some((sign, at) => {
    if (sign === ")" && branching && /[+*{]/.test(pattern[at + 1] ?? "")) return true;
    if (/[+*}|]/.test(sign)) branching = true;
    return false;
  });
}

/** Whether a value is of the type that a schema names or means. */
export function isOfType(value: unknown, schema: ValueSchema): boolean {
  switch (typeOf(schema)) {
    case "string":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "number":
      return typeof value === "number";
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "null":
      return value === null;
    case "object":
      return isObject(value);
    default:
      return true;
  }
}

const MOST_WORDS = 12;

/** The values that there are, in words. */
export function oneOf(values: readonly unknown[]): string {
  if (values.length === 1) return wordOf(values[0]);
  const words = values.slice(0, MOST_WORDS).map(wordOf).join(", ");
  const rest = values.length - MOST_WORDS;
  return `one of ${words}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function wordOf(value: unknown): string {
  return typeof value === "string" ? quote(value, 80) : JSON.stringify(value);
}
