import { isObject } from "../../core/objects.ts";
import { quote } from "../../core/text.ts";
import { type Schema, Validator } from "@cfworker/json-schema";
import { typeOf, type ValueSchema } from "../reading/value_schema.ts";

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
