import { type Schema, Validator } from "@cfworker/json-schema";
import { didYouMean } from "../../core/nearest.ts";
import { describeValue, type Issue } from "../../models/schema/issue.ts";
import {
  branchesOf,
  type CatalogueParameter,
  kindOf,
  type ValueSchema,
} from "../reading/definition.ts";
import {
  boxIssues,
  dateIssues,
  geojsonIssues,
  intervalIssues,
  issue,
  type Path,
} from "../../geo/read/places_and_times.ts";
import type { ParameterKind } from "../facts.ts";
import { ruleWords, takes } from "./schema_words.ts";

/**
 * What is wrong with the value of a parameter. A value equal to the default is always right, whatever the schema says:
 * some definitions break their own. What a JSON schema cannot say — corners, dates, GeoJSON — is looked at by hand.
 */
export function valueIssues(parameter: CatalogueParameter, value: unknown): Issue[] {
  const { name, schemas, kinds } = parameter;
  const path = [name];
  if ("default" in parameter && isEqual(value, parameter.default)) return [];
  if (value === null) {
    if (kinds.includes("null")) return [];
    const advice = parameter.needed ? "" : ": leave it out and it has its default";
    return [issue(path, `expected ${takes(parameter)}, got null${advice}`)];
  }
  // Dispatch reads the value of a place as a place, whatever else the definition takes.
  if (kinds.includes("bounding-box")) return boxIssues(value, path);
  if (kinds.includes("geojson")) return geojsonIssues(value, path);
  const branches = branchesOf(schemas);
  const inTime = kinds.filter(isTime).map((kind) => ({
    // What is written like this kind of time is told what is wrong with it as such.
    fits: Array.isArray(value) === (kind === "temporal-interval"),
    issues: kind === "temporal-interval"
      ? intervalIssues(value, path, { open: branches.some(takesOpenEnd) })
      : dateIssues(value, path, kind),
  }));
  const others = branches.filter((schema) => !isTime(kindOf(schema)));
  if (inTime.length === 0) return schemaIssues(others, value, path);
  if (inTime.some(({ issues }) => issues.length === 0)) return [];
  const useful = others.filter((schema) => !["null", "datacube"].includes(kindOf(schema)));
  if (useful.some((schema) => brokenRules(schema, value).length === 0)) return [];
  if (inTime.length + useful.length > 1) {
    return [issue(path, `expected ${takes(parameter)}, got ${describeValue(value)}`)];
  }
  return (inTime.find(({ fits }) => fits) ?? inTime[0])?.issues ?? [];
}

type TimeKind = "temporal-interval" | "date" | "date-time";

function isTime(kind: ParameterKind): kind is TimeKind {
  return kind === "temporal-interval" || kind === "date" || kind === "date-time";
}

/** Whether a span of time may have an open end: the schema of its items takes `null`, or says nothing of them. */
function takesOpenEnd({ subtype, items }: ValueSchema): boolean {
  return subtype === "temporal-interval" &&
    (items === undefined || branchesOf([items]).some(({ type }) => type === "null"));
}

function schemaIssues(schemas: readonly ValueSchema[], value: unknown, path: Path): Issue[] {
  const branches = branchesOf(schemas);
  if (branches.length === 0 || branches.some((schema) => brokenRules(schema, value).length === 0)) {
    return [];
  }
  // Of several kinds, the one that the value is nearest to says what is wrong.
  const nearest = branches.find((schema) => isOfType(value, schema.type)) ??
    branches.find(({ type }) => type !== "null") ?? branches[0];
  return nearest === undefined ? [] : problemsOf(nearest, value, path);
}

/** The rules of a schema that a value breaks; a schema that cannot be made sense of has none. */
function brokenRules(schema: ValueSchema, value: unknown): readonly string[] {
  try {
    const rules: Schema = JSON.parse(JSON.stringify(schema));
    return new Validator(rules, "2020-12").validate(value).errors.map(({ keyword }) => keyword);
  } catch {
    return [];
  }
}

function problemsOf(schema: ValueSchema, value: unknown, path: Path): Issue[] {
  if (!isOfType(value, schema.type)) {
    return [
      issue(
        path,
        `expected ${takes({ kinds: [kindOf(schema)], schemas: [schema] })}, got ${
          describeValue(value)
        }`,
      ),
    ];
  }
  if (schema.enum !== undefined && !schema.enum.some((word) => isEqual(word, value))) {
    const words = schema.enum.filter((word) => typeof word === "string");
    const guess = typeof value === "string" ? didYouMean(value, words) : "";
    return [issue(path, `expected ${oneOf(schema.enum)}, got ${describeValue(value)}${guess}`)];
  }
  if (typeof value === "number") {
    const { minimum, maximum } = schema;
    if (minimum !== undefined && value < minimum) {
      return [issue(path, `expected at least ${minimum}, got ${value}`)];
    }
    if (maximum !== undefined && value > maximum) {
      return [issue(path, `expected at most ${maximum}, got ${value}`)];
    }
  }
  if (Array.isArray(value)) {
    const { items } = schema;
    const inner = items === undefined
      ? []
      : value.flatMap((part: unknown, index) => schemaIssues([items], part, [...path, index]));
    if (inner.length > 0) return inner;
    const { minItems, maxItems } = schema;
    if (typeof minItems === "number" && value.length < minItems) {
      return [issue(path, `expected at least ${minItems} items, got ${value.length}`)];
    }
    if (typeof maxItems === "number" && value.length > maxItems) {
      return [issue(path, `expected at most ${maxItems} items, got ${value.length}`)];
    }
    if (schema.uniqueItems === true) {
      return [issue(path, "expected items that differ, got one of them twice")];
    }
  }
  const rule = brokenRules(schema, value).at(-1);
  const kind = takes({ kinds: [kindOf(schema)], schemas: [schema] });
  const words = rule === undefined ? "" : ruleWords(rule, schema);
  return [issue(path, `expected ${kind}${words}, got ${describeValue(value)}`)];
}

function isOfType(value: unknown, type: ValueSchema["type"]): boolean {
  switch (type) {
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
      return typeof value === "object" && value !== null && !Array.isArray(value);
    default:
      return true;
  }
}

const MOST_WORDS = 12;

function oneOf(values: readonly unknown[]): string {
  const words = values.slice(0, MOST_WORDS).map((value) => JSON.stringify(value)).join(", ");
  const rest = values.length - MOST_WORDS;
  return `one of ${words}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** Whether two values are the same in JSON's eyes. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  return left.length === Object.keys(b).length &&
    left.every(([key, value]) => Object.hasOwn(b, key) && isEqual(value, Reflect.get(b, key)));
}
