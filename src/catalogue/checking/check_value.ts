import { isEqual } from "../../core/objects.ts";
import { count } from "../../core/units.ts";
import { didYouMean } from "../../core/nearest.ts";
import { geojsonIssues, issue, type Path } from "../../geo/read/geojson_issues.ts";
import { boxIssues, dateIssues, intervalIssues } from "../../geo/read/places_and_times.ts";
import { describeValue, type Issue } from "../../models/schema/issue.ts";
import type { CatalogueParameter } from "../reading/definition.ts";
import { branchesOf, kindOf, kindsOf, type ValueSchema } from "../reading/value_schema.ts";
import { brokenRules, isOfType, oneOf, ruleWords, takes } from "./schema_words.ts";

/**
 * What is wrong with the value of a parameter. A value equal to the default is always right, whatever the schema says:
 * some definitions break their own. What a JSON schema cannot say — corners, dates, GeoJSON — is looked at by hand.
 */
export function valueIssues(parameter: CatalogueParameter, value: unknown): Issue[] {
  const { name, schemas, kinds } = parameter;
  const path = [name];
  if ("default" in parameter && isEqual(value, parameter.default)) return [];
  // Dispatch takes the first kind that it knows. One that is a box it takes apart itself, whatever else the process takes.
  const isBox = kinds.find((kind) => !PASSED_OVER.has(kind)) === "bounding-box" &&
    kindsOf(schemas).find((kind) => !PASSED_OVER.has(kind)) === "bounding-box";
  if (value === null) {
    if (kinds.includes("null") && !isBox) return [];
    const advice = parameter.needed ? "" : ": leave it out and it has its default";
    return [issue(path, `expected ${takes(parameter)}, got null${advice}`)];
  }
  return isBox ? boxIssues(value, path) : alternativeIssues(parameter, value, path);
}

/** Kinds that Dispatch's reader of process definitions passes over. */
const PASSED_OVER: ReadonlySet<string> = new Set(["null", "datacube", "object", "array"]);

/** What is wrong with a value that may be one of several things: nothing where it is one of them. */
function alternativeIssues(
  { kinds, schemas }: Pick<CatalogueParameter, "kinds" | "schemas">,
  value: unknown,
  path: Path,
): Issue[] {
  const branches = branchesOf(schemas);
  const known = branches.filter((schema) => {
    const kind = kindOf(schema);
    return kind !== "null" && kind !== "datacube";
  });
  const tried = (known.length === 0 ? branches : known).map((schema) => ({
    likeness: likenessTo(schema, value),
    schema,
    issues: branchIssues(schema, value, path),
  }));
  if (tried.length === 0 || tried.some(({ issues }) => issues.length === 0)) return [];
  // Of several, the one that the value is nearest to says what is wrong.
  const best = Math.max(...tried.map(({ likeness }) => likeness));
  const nearest = tried.filter(({ likeness }) => likeness === best);
  const [only] = nearest;
  if (only !== undefined && best > 0) {
    if (nearest.length === 1) return only.issues;
    const words = nearest.map(({ schema }) => schema.enum);
    if (words.every((list) => list !== undefined)) return choiceIssues(words.flat(), value, path);
  }
  const wanted = takes({ kinds, schemas });
  return [issue(path, `expected ${wanted}, got ${describeValue(value)}`)];
}

/** How much a value looks like what a schema is for: 0 where it is of another type, 2 where its shape fits as well. */
function likenessTo(schema: ValueSchema, value: unknown): number {
  if (!isOfType(value, schema)) return 0;
  switch (kindOf(schema)) {
    case "geojson":
      return typeof value === "object" && value !== null && "type" in value ? 2 : 1;
    case "bounding-box":
      return typeof value === "object" && value !== null && "west" in value ? 2 : 1;
    case "date":
      return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? 2 : 1;
    case "date-time":
      return typeof value === "string" && /^\d{4}-\d\d-\d\d[Tt ]/.test(value) ? 2 : 1;
    default:
      return 1;
  }
}

function branchIssues(schema: ValueSchema, value: unknown, path: Path): Issue[] {
  const kind = kindOf(schema);
  switch (kind) {
    case "bounding-box":
      return boxIssues(value, path);
    case "geojson":
      return geojsonIssues(value, path);
    case "temporal-interval":
      return intervalIssues(value, path, { open: takesOpenEnd(schema) });
    case "date":
    case "date-time": {
      const issues = dateIssues(value, path, kind);
      return issues.length > 0 ? issues : schemaIssues(schema, value, path);
    }
    default:
      return schemaIssues(schema, value, path);
  }
}

/** Whether a span of time may have an open end: the schema of its items takes `null`, or says nothing of them. */
function takesOpenEnd({ items }: ValueSchema): boolean {
  return items === undefined || kindsOf([items]).includes("null");
}

function schemaIssues(schema: ValueSchema, value: unknown, path: Path): Issue[] {
  const broken = brokenRules(schema, value);
  if (Array.isArray(value) && schema.items !== undefined) {
    const items = [schema.items];
    const inner = value.flatMap((part: unknown, index) =>
      alternativeIssues({ kinds: kindsOf(items), schemas: items }, part, [...path, index])
    );
    if (inner.length > 0) return inner;
  }
  if (broken.length === 0) return [];
  const wanted = takes({ kinds: kindsOf([schema]), schemas: [schema] });
  const got = describeValue(value);
  if (!isOfType(value, schema)) return [issue(path, `expected ${wanted}, got ${got}`)];
  if (broken.includes("enum")) return choiceIssues(schema.enum ?? [], value, path);
  if (broken.includes("uniqueItems")) {
    return [issue(path, "expected items that differ, got one of them twice")];
  }
  const limit = limitIn(schema, broken);
  if (limit !== undefined) return [issue(path, `expected ${limit}, got ${sizeOf(value)}`)];
  return [issue(path, `expected ${wanted}${ruleWords(broken.at(-1) ?? "", schema)}, got ${got}`)];
}

/** The limit of a size that was broken, in words. */
function limitIn(schema: ValueSchema, broken: readonly string[]): string | undefined {
  const { minimum, maximum, minItems, maxItems } = schema;
  if (broken.includes("minimum")) return `at least ${minimum}`;
  if (broken.includes("maximum")) return `at most ${maximum}`;
  if (broken.includes("minItems") && typeof minItems === "number") {
    return `at least ${count(minItems, "item")}`;
  }
  return broken.includes("maxItems") && typeof maxItems === "number"
    ? `at most ${count(maxItems, "item")}`
    : undefined;
}

function choiceIssues(choices: readonly unknown[], value: unknown, path: Path): Issue[] {
  const words = choices.filter((word) => typeof word === "string");
  const guess = typeof value === "string" ? didYouMean(value, words) : "";
  return [issue(path, `expected ${oneOf(choices)}, got ${describeValue(value)}${guess}`)];
}

/** A value as far as its size matters: a number itself, how many items there are. */
function sizeOf(value: unknown): string {
  if (typeof value === "number") return String(value);
  return Array.isArray(value) ? String(value.length) : describeValue(value);
}
