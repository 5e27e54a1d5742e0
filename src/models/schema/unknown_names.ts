import type { core } from "zod/mini";
import { isObject } from "../../core/objects.ts";
import { didYouMean, nearest } from "../../core/nearest.ts";
import { formatPath } from "./issue.ts";
import { madeBy } from "./reader.ts";
import type { SchemaIssue } from "./schema_issues.ts";

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
