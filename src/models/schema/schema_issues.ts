import type { core } from "zod/mini";
import * as z from "zod/mini";
import { didYouMean, nearest } from "../../core/nearest.ts";
import { isObject } from "../../core/objects.ts";
import { count } from "../../core/units.ts";
import { adviceOn, describeValue, formatPath } from "./issue.ts";
import { madeBy } from "./reader.ts";

/**
 * Fields of a request that its schema does not know, each with the nearest one that it does: a mistyped name would be
 * passed over by the service, and the job that runs would be another one. What lies in free-form parts, such as the
 * parameters of a job or the foreign members of GeoJSON, is not looked at.
 *
 * @param extra the names that go through all the same, as one types them: `priority`, `service.region`.
 */
export function unknownNames(
  schema: core.$ZodType,
  value: unknown,
  extra: readonly string[] = [],
): SchemaIssue[] {
  const issues: SchemaIssue[] = [];
  visit(schema, value, { path: [], allowed: new Set(extra), issues });
  return issues;
}

/**
 * Compiles a schema to a function that says whether it knows every field of a request, at first sight: of one that it
 * may not know, {@linkcode unknownNames} says more.
 */
export function compileNames(schema: core.$ZodType): (value: unknown) => boolean {
  const { def } = (madeBy(schema) as core.$ZodTypes)._zod;
  if (def.type === "optional" || def.type === "nullable") return compileNames(def.innerType);
  if (def.type !== "object" || !isClosed(def)) return () => true;
  // Each is made when it is first met: a schema may hold itself.
  const inside = new Map<string, (value: unknown) => boolean>();
  const compileField = (name: string) => {
    const field = Object.hasOwn(def.shape, name) ? def.shape[name] : undefined;
    const check = field && compileNames(field);
    if (check !== undefined) inside.set(name, check);
    return check;
  };
  return (value) => {
    if (!isObject(value)) return true;
    const names = Object.keys(value);
    for (let index = 0; index < names.length; index++) {
      const name = names[index] ?? "";
      const check = inside.get(name) ?? compileField(name);
      if (check === undefined || !check(value[name])) return false;
    }
    return true;
  };
}

interface Walk {
  readonly path: readonly PropertyKey[];
  readonly allowed: ReadonlySet<string>;
  readonly issues: SchemaIssue[];
}

function visit(schema: core.$ZodType, value: unknown, walk: Walk): void {
  const { def } = (madeBy(schema) as core.$ZodTypes)._zod;
  switch (def.type) {
    case "optional":
    case "nullable":
      return visit(def.innerType, value, walk);
    case "object":
      if (isClosed(def) && isObject(value)) visitFields(def.shape, value, walk);
  }
}

/** Whether an object of a request may hold only what its schema knows. */
function isClosed({ catchall, shape }: core.$ZodObjectDef): boolean {
  return catchall === undefined && !isGeoJson(shape);
}

/** GeoJSON, which always says its type, may hold foreign members (RFC 7946, section 6.1). */
function isGeoJson({ type }: Readonly<Record<string, core.$ZodType>>): boolean {
  return type !== undefined && madeBy(type)._zod.def.type === "literal";
}

function visitFields(
  shape: Readonly<Record<string, core.$ZodType>>,
  value: Readonly<Record<string, unknown>>,
  { path, ...walk }: Walk,
): void {
  for (const [name, field] of Object.entries(value)) {
    const inside = [...path, name];
    const schema = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (schema !== undefined) visit(schema, field, { ...walk, path: inside });
    else if (field !== undefined && !walk.allowed.has(formatPath(inside))) {
      const missing = Object.keys(shape).filter((known) => !Object.hasOwn(value, known));
      const extra = `let it through with extra: [${JSON.stringify(formatPath(inside))}]`;
      const given = nearest(name, Object.keys(shape));
      const way = didYouMean(name, missing) ||
        (given === undefined
          ? `; if the service has learnt it, ${extra}`
          : `; did you mean ${JSON.stringify(given)}, which is given already? If not, ${extra}`);
      walk.issues.push({ path: inside, message: `no such field${way}` });
    }
  }
}

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
    return unionIssues(issue.errors).flatMap((inner) =>
      toIssues({ ...inner, path: [...issue.path, ...inner.path] }, root)
    );
  }
  const value = valueAt(root, issue.path);
  const message = expectation(issue);
  if (message.includes(", got ")) return [{ path: issue.path, message }];
  const found = describeValue(value) + adviceOn(value) + guess(issue, value);
  return [{ path: issue.path, message: `${message}, got ${found}` }];
}

/** The known word that was most likely meant. */
function guess(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code !== "invalid_value" || issue.values.length === 1) return "";
  if (typeof value !== "string") return "";
  return didYouMean(value, issue.values.filter((word) => typeof word === "string"));
}

/** What was expected: a rule's own words where it has some, else the schema's kind. */
function expectation(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith("expected ")) return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return `expected ${KINDS[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `expected ${oneOf(issue.values)}`;
    case "invalid_key":
      return "expected a name that JSON can hold, got a symbol";
    case "too_small":
      return `expected at least ${amount(issue.minimum, issue.origin)}`;
    case "too_big":
      return `expected at most ${amount(issue.maximum, issue.origin)}`;
    case "not_multiple_of":
      return `expected a multiple of ${issue.divisor}`;
    case "unrecognized_keys":
      return `expected no field called ${either(issue.keys.map((key) => JSON.stringify(key)))}`;
    case "invalid_format":
      return `expected text of the format ${issue.format}`;
    default:
      return `expected something else (${issue.code})`;
  }
}

const KINDS: Readonly<Record<string, string>> = {
  array: "an array",
  boolean: "a boolean",
  int: "an integer",
  nonoptional: "a value",
  null: "null",
  number: "a finite number",
  object: "an object",
  record: "an object",
  string: "a string",
  tuple: "an array",
};

function amount(limit: number | bigint, origin: string): string {
  return origin === "array" ? count(Number(limit), "item") : String(limit);
}

function oneOf(values: readonly unknown[]): string {
  const words = values.map((value) => JSON.stringify(value));
  return words.length === 1 ? `${words[0]}` : `one of ${words.join(", ")}`;
}

type Issues = readonly z.core.$ZodIssue[];

/**
 * What to say when no branch of a union fits. If the value as a whole fits none, what each one
 * expects; if its `type` is the word of none, the words that there are; else the problems of the
 * branch that came furthest, whose `type` is right.
 */
function unionIssues(branches: readonly Issues[]): Issues {
  const wholes = branches.flatMap((issues) => issues.find(({ path }) => path.length === 0) ?? []);
  if (wholes.length === branches.length) return [wholeIssue(wholes)];
  const tags = branches.flatMap((issues) => issues.find(isTag) ?? []);
  const [tag] = tags;
  if (tag !== undefined && tags.length === branches.length) {
    return [{ ...tag, values: [...new Set(tags.flatMap(({ values }) => values))] }];
  }
  const tagged = branches.filter((issues) => !issues.some(isTag));
  const depth = (issues: Issues) => Math.max(0, ...issues.map(({ path }) => path.length));
  return [...tagged].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
}

function isTag(issue: z.core.$ZodIssue): issue is z.core.$ZodIssueInvalidValue {
  return issue.path.length === 1 && issue.code === "invalid_value";
}

/** One issue for a value that fits no branch as a whole: `expected 4 or 6 items`. */
function wholeIssue(wholes: Issues): z.core.$ZodIssue {
  const lengths = wholes.flatMap((issue) =>
    issue.code === "too_small" ? issue.minimum : issue.code === "too_big" ? issue.maximum : []
  );
  if (lengths.length === wholes.length) {
    return { code: "custom", path: [], message: `expected ${either(lengths.map(String))} items` };
  }
  // Where any string will do, the known words go without saying.
  const text = wholes.some((issue) => issue.code === "invalid_type" && issue.expected === "string");
  const kinds = wholes.filter((issue) => !text || issue.code !== "invalid_value")
    .map((issue) => expectation(issue).replace(/^expected /, ""));
  return { code: "custom", path: [], message: `expected ${either(kinds)}` };
}

function either(words: readonly string[]): string {
  return [...new Set(words)].join(" or ");
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
