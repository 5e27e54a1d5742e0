import * as z from "zod/mini";
import { describeValue } from "./issue.ts";

/** One problem with its path in parts, as zod and Standard Schema have it. */
export interface SchemaIssue {
  /** Where. */
  readonly path: readonly PropertyKey[];
  /** What was expected and what was found. */
  readonly message: string;
}

/** Everything that a schema finds wrong with a value, in our words; empty when it fits. */
export function schemaIssues(schema: z.ZodMiniType, value: unknown): SchemaIssue[] {
  const result = z.safeParse(schema, value);
  return result.success ? [] : result.error.issues.flatMap((issue) => toIssues(issue, value));
}

function toIssues(issue: z.core.$ZodIssue, root: unknown): SchemaIssue[] {
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const best = bestBranch(issue.errors);
    if (best !== undefined) {
      return best.flatMap((inner) =>
        toIssues({ ...inner, path: [...issue.path, ...inner.path] }, root)
      );
    }
  }
  const found = describeValue(valueAt(root, issue.path));
  return [{ path: issue.path, message: wording(issue, found) }];
}

function wording(issue: z.core.$ZodIssue, found: string): string {
  switch (issue.code) {
    case "custom":
      return /, got /.test(issue.message) ? issue.message : `${issue.message}, got ${found}`;
    case "invalid_type":
      return `expected ${KINDS[issue.expected] ?? issue.expected}, got ${found}`;
    case "invalid_value":
      return `expected ${oneOf(issue.values)}, got ${found}`;
    case "too_small":
      return `expected at least ${issue.minimum} ${unit(issue.origin)}, got ${found}`;
    case "too_big":
      return `expected at most ${issue.maximum} ${unit(issue.origin)}, got ${found}`;
    default:
      return `expected something else (${issue.code}), got ${found}`;
  }
}

const KINDS: Readonly<Record<string, string>> = {
  array: "an array",
  boolean: "a boolean",
  int: "an integer",
  null: "null",
  number: "a finite number",
  object: "an object",
  record: "an object",
  string: "a string",
  tuple: "an array",
};

function unit(origin: string): string {
  return origin === "string" ? "characters" : origin === "array" ? "items" : "";
}

function oneOf(values: readonly unknown[]): string {
  const words = values.map((value) => JSON.stringify(value));
  return words.length === 1 ? `${words[0]}` : `one of ${words.join(", ")}`;
}

/** Of the branches of a union, the one that came furthest: its first problem lies deepest. */
function bestBranch(
  branches: readonly (readonly z.core.$ZodIssue[])[],
): readonly z.core.$ZodIssue[] | undefined {
  const depth = (issues: readonly z.core.$ZodIssue[]) =>
    Math.max(0, ...issues.map((issue) => issue.path.length));
  const wrongTag = (issues: readonly z.core.$ZodIssue[]) =>
    issues.some((issue) => issue.path.length === 1 && issue.code === "invalid_value");
  const candidates = branches.filter((issues) => issues.length > 0);
  const tagged = candidates.filter((issues) => !wrongTag(issues));
  return [...(tagged.length > 0 ? tagged : candidates)]
    .sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
