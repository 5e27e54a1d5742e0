import { isObject } from "../../core/objects.ts";
import { adviceOn, describeValue } from "./issue.ts";
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
  const walk: Walk = { path: [], above: new Set(), issues: [] };
  visit(value, walk);
  return walk.issues;
}

/**
 * Whether it is plain at first sight that JSON can hold a value: almost every request is, and then there is no path to
 * note and no message to make. Of whatever looks odd, {@linkcode jsonIssues} says more; a cycle is odd at its depth.
 */
export function isPlainJson(value: unknown, depth = 0): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value === "boolean" || value === null) return true;
  if (typeof value !== "object" || depth >= MAX_DEPTH) return false;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      if (!isPlainJson(value[index], depth + 1)) return false;
    }
    return true;
  }
  return isObject(value) && arePlainFields(value, depth);
}

function arePlainFields(value: Readonly<Record<string, unknown>>, depth: number): boolean {
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  if (Object.getOwnPropertySymbols(value).length > 0) return false;
  const keys = Object.keys(value);
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index];
    if (key === undefined || key === "__proto__" || !key.isWellFormed()) return false;
    const field = value[key];
    if (field !== undefined && !isPlainJson(field, depth + 1)) return false;
  }
  return true;
}

/** A walk through a value: where it is now, what lies above, what it has found. */
interface Walk {
  readonly path: PropertyKey[];
  readonly above: Set<unknown>;
  readonly issues: SchemaIssue[];
}

function refuse({ path, issues }: Walk, message: string): void {
  issues.push({ path: [...path], message });
}

function visit(value: unknown, walk: Walk): void {
  switch (typeof value) {
    case "undefined":
    case "boolean":
      return;
    case "string":
      if (!value.isWellFormed()) refuse(walk, "expected well-formed text, got a lone surrogate");
      return;
    case "number":
      if (!Number.isFinite(value)) {
        refuse(walk, `expected a number that JSON can hold, got ${value}`);
      }
      return;
    case "object":
      if (value !== null) visitObject(value, walk);
      return;
    default:
      refuse(walk, `expected a JSON value, got ${describeValue(value)}${adviceOn(value)}`);
  }
}

function visitObject(value: object, walk: Walk): void {
  if (walk.above.has(value)) return refuse(walk, "expected a tree, got a cycle");
  if (walk.above.size >= MAX_DEPTH) {
    return refuse(walk, `expected at most ${MAX_DEPTH} levels, got more`);
  }
  if (value instanceof Date) {
    // Services take days, instants, or intervals of either as text; which one, only whoever asks can say.
    refuse(walk, `expected a JSON value, got ${describeValue(value)}${adviceOn(value)}`);
    return;
  }
  walk.above.add(value);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index];
      walk.path.push(index);
      if (item === undefined) {
        refuse(walk, "expected a JSON value, got nothing: write null where a value is missing");
      } else visit(item, walk);
      walk.path.pop();
    }
  } else if (isPlain(value)) visitFields(value, walk);
  else refuse(walk, `expected a JSON value, got ${describeValue(value)}${adviceOn(value)}`);
  walk.above.delete(value);
}

function visitFields(value: object, walk: Walk): void {
  for (const [key, field] of Object.entries(value)) {
    walk.path.push(key);
    if (key === "__proto__") refuse(walk, "expected another name: this one is reserved");
    else if (!key.isWellFormed()) {
      refuse(walk, "expected a well-formed name, got a lone surrogate");
    } else visit(field, walk);
    walk.path.pop();
  }
  for (const key of Object.getOwnPropertySymbols(value)) {
    if (!Object.prototype.propertyIsEnumerable.call(value, key)) continue;
    walk.path.push(key);
    refuse(walk, "expected a name that JSON can hold, got a symbol");
    walk.path.pop();
  }
}

/** JSON keeps the fields of plain objects, and of objects of a class; of built-ins it makes `{}`. */
function isPlain(value: object): boolean {
  return Object.prototype.toString.call(value) === "[object Object]";
}
