import { isObject } from "../../core/objects.ts";
import type { ParameterKind } from "../facts.ts";

/** A JSON schema with openEO's subtypes. */
export interface ValueSchema {
  /** The type or types of JSON. */
  readonly type?: string | readonly string[] | undefined;
  /** What the value stands for, by openEO's own list. */
  readonly subtype?: string | undefined;
  /** How a text is written. */
  readonly format?: string | undefined;
  /** The values that there are. */
  readonly enum?: readonly unknown[] | undefined;
  /** What each item of an array has to be. */
  readonly items?: ValueSchema | undefined;
  /** The alternatives. */
  readonly anyOf?: readonly ValueSchema[] | undefined;
  /** The least number. */
  readonly minimum?: number | undefined;
  /** The largest number. */
  readonly maximum?: number | undefined;
  /** Whatever else JSON schema knows. */
  readonly [key: string]: unknown;
}

const MOST_DEPTH = 8;

/** The one schema or the several that a parameter has. */
export function listOf(schema: unknown): readonly unknown[] {
  return Array.isArray(schema) ? schema : [schema];
}

function readSchema(value: unknown, depth: number): ValueSchema | undefined {
  if (!isObject(value) || depth > MOST_DEPTH) {
    return undefined;
  }
  const {
    type,
    subtype,
    format,
    items,
    anyOf,
    oneOf,
    enum: words,
    minimum,
    maximum,
    nullable,
    ...rest
  }: Readonly<Record<string, unknown>> = { ...value };
  const alternatives: readonly unknown[] | undefined = [anyOf, oneOf].find(Array.isArray);
  const named = listOf(type).filter((one) => typeof one === "string");
  // OpenAPI 3.0 says beside the type what JSON schema says in it.
  const types = nullable === true && named.length > 0 ? [...new Set([...named, "null"])] : named;
  return {
    ...rest,
    ...(types.length === 0 ? {} : { type: types.length === 1 ? types[0] : types }),
    ...(typeof subtype === "string" ? { subtype } : {}),
    ...(typeof format === "string" ? { format } : {}),
    ...(Array.isArray(words) ? { enum: words } : {}),
    ...(typeof minimum === "number" ? { minimum } : {}),
    ...(typeof maximum === "number" ? { maximum } : {}),
    ...(alternatives === undefined ? {} : { anyOf: readSchemas(alternatives, depth + 1) }),
    ...(items === undefined ? {} : { items: readSchema(items, depth + 1) }),
  };
}

/** The schemas among values, with the parts that are looked at in their right types, and no deeper than can be read. */
export function readSchemas(values: readonly unknown[], depth = 0): readonly ValueSchema[] {
  return values.map((value) => readSchema(value, depth)).filter((schema) => schema !== undefined);
}

/**
 * The schemas of a parameter, alternatives within alternatives laid side by side; what holds for all of them stands in
 * each.
 */
export function branchesOf(schemas: readonly ValueSchema[]): readonly ValueSchema[] {
  return schemas.flatMap(({ anyOf = [], ...common }) => {
    if (anyOf.length > 0) return branchesOf(anyOf.map((one) => ({ ...common, ...one })));
    const { type } = common;
    return Array.isArray(type) ? type.map((one) => ({ ...common, type: one })) : [common];
  });
}

/** The kinds of value that schemas take, each once; none where they take any value. */
export function kindsOf(schemas: readonly ValueSchema[]): readonly ParameterKind[] {
  return [...new Set(branchesOf(schemas).flatMap((schema) => kindOf(schema) ?? []))];
}

/** The type of a schema; where it names none, what its rules are for. */
export function typeOf(schema: ValueSchema): string | undefined {
  if (typeof schema.type === "string") return schema.type;
  const [word] = schema.enum ?? [schema["const"]];
  if (word !== undefined) return typeof word === "object" ? undefined : typeof word;
  if (schema.items !== undefined) return "array";
  if ("properties" in schema || "required" in schema) return "object";
  if (schema.minimum !== undefined || schema.maximum !== undefined) return "number";
  return schema.format !== undefined || "pattern" in schema ? "string" : undefined;
}

/** The kind of value that one schema without alternatives takes; nothing where it takes any. */
export function kindOf(schema: ValueSchema): ParameterKind | undefined {
  const { subtype, format, items } = schema;
  const type = typeOf(schema);
  if (type === "null") return type;
  switch (subtype) {
    case "bounding-box":
    case "temporal-interval":
    case "geojson":
    case "datacube":
      return subtype;
    case "raster-cube":
    case "vector-cube":
      return "datacube";
  }
  switch (type) {
    case "string": {
      const written = subtype ?? format;
      return written === "date" || written === "date-time" ? written : "string";
    }
    case "number":
    case "integer":
    case "boolean":
    case "object":
      return type;
    case "array": {
      const kinds = items === undefined ? [] : kindsOf([items]);
      if (kinds.some((kind) => kind.startsWith("array"))) return "array of arrays";
      return kinds.length > 0 && kinds.every((kind) => TEXTS.has(kind))
        ? "array of strings"
        : "array";
    }
    default:
      return type === undefined ? undefined : "object";
  }
}

/** The kinds that are written as text. */
const TEXTS: ReadonlySet<ParameterKind> = new Set(["string", "date", "date-time"]);

/** A schema for each kind, for a parameter of which an index knows no more. */
export function schemaOf(kind: ParameterKind): ValueSchema {
  switch (kind) {
    case "bounding-box":
    case "geojson":
    case "datacube":
      return { type: "object", subtype: kind };
    case "temporal-interval":
      return { type: "array", subtype: kind };
    case "date":
    case "date-time":
      return { type: "string", subtype: kind, format: kind };
    case "array":
      return { type: "array" };
    case "array of strings":
      return { type: "array", items: { type: "string" } };
    case "array of arrays":
      return { type: "array", items: { type: "array" } };
    default:
      return { type: kind };
  }
}
