import { describeValue } from "./issue.ts";
import type { SchemaIssue } from "./schema_issues.ts";

/** A value that JSON can hold. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

const MAX_DEPTH = 500;

/**
 * Everything in a value that JSON would lose, change or choke on: `NaN` (which becomes `null`),
 * `BigInt`, functions, cycles, `Map` and typed arrays (which become `{}`), lone surrogates (on which
 * the service fails after the platform's job was made) and `__proto__` keys.
 */
export function jsonIssues(value: unknown): SchemaIssue[] {
  const issues: SchemaIssue[] = [];
  visit(value, [], new Set(), issues);
  return issues;
}

function visit(
  value: unknown,
  path: readonly PropertyKey[],
  above: Set<unknown>,
  issues: SchemaIssue[],
): void {
  const refuse = (message: string) => void issues.push({ path, message });
  switch (typeof value) {
    case "undefined":
    case "boolean":
      return;
    case "string":
      if (!value.isWellFormed()) refuse("expected well-formed text, got a lone surrogate");
      return;
    case "number":
      if (!Number.isFinite(value)) refuse(`expected a number that JSON can hold, got ${value}`);
      return;
    case "object":
      if (value !== null) visitObject(value, path, above, issues);
      return;
    default:
      refuse(`expected a JSON value, got ${describeValue(value)}${advice(value)}`);
  }
}

function visitObject(
  value: object,
  path: readonly PropertyKey[],
  above: Set<unknown>,
  issues: SchemaIssue[],
): void {
  const refuse = (message: string, key?: PropertyKey) =>
    void issues.push({ path: key === undefined ? path : [...path, key], message });
  if (above.has(value)) return refuse("expected a tree, got a cycle");
  if (above.size >= MAX_DEPTH) return refuse(`expected at most ${MAX_DEPTH} levels, got more`);
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) refuse("expected a valid date, got an invalid Date");
    return;
  }
  above.add(value);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      if (value[index] === undefined) {
        refuse("expected a JSON value, got nothing: write null where a value is missing", index);
      } else visit(value[index], [...path, index], above, issues);
    }
  } else if (isPlain(value)) {
    for (const [key, field] of Object.entries(value)) {
      if (key === "__proto__") refuse("expected another name: this one is reserved", key);
      else if (!key.isWellFormed()) {
        refuse("expected a well-formed name, got a lone surrogate", key);
      } else visit(field, [...path, key], above, issues);
    }
  } else {
    refuse(`expected a JSON value, got ${describeValue(value)}${advice(value)}`);
  }
  above.delete(value);
}

/** JSON keeps the fields of plain objects, and of objects of a class; of built-ins it makes `{}`. */
function isPlain(value: object): boolean {
  return Object.prototype.toString.call(value) === "[object Object]";
}

function advice(value: unknown): string {
  if (typeof value === "bigint") return ": use Number() or a string";
  if (ArrayBuffer.isView(value) || value instanceof Set) return ": use Array.from()";
  if (value instanceof Map) return ": use Object.fromEntries()";
  return "";
}
