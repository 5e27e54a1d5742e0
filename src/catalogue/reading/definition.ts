import * as z from "zod/mini";
import { readerOf } from "../../models/schema/model.ts";
import { formatPath } from "../../models/schema/issue.ts";
import type { ParameterFacts, ParameterKind } from "../facts.ts";

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

/** One parameter of a service, as its process definition has it. */
export interface CatalogueParameter extends ParameterFacts {
  /** What it means, in the words of the definition. */
  readonly description: string;
  /** What it has to be: one schema, or several alternatives. */
  readonly schemas: readonly ValueSchema[];
  /** The value that it has when it is left out; absent where there is none. */
  readonly default?: unknown;
}

/** A process definition as far as a request is concerned. */
export interface ProcessDefinition {
  /** Its parameters, in its own order. */
  readonly parameters: readonly CatalogueParameter[];
  /** Why Dispatch cannot run it. */
  readonly obstacle: string | undefined;
}

/** A reading of a process definition, or why it cannot be one. */
export type DefinitionReading =
  | { readonly ok: true; readonly definition: ProcessDefinition }
  | { readonly ok: false; readonly reason: string };

const MOST_PARAMETERS = 200;
const MOST_DESCRIPTION = 4_000;
const MOST_DEPTH = 8;

const readShape = readerOf(z.object({
  parameters: z.array(z.object({
    name: z.string(),
    description: z.nullish(z.string()),
    optional: z.nullish(z.boolean()),
    schema: z.unknown(),
    default: z.optional(z.unknown()),
  })),
}));

/** Reads an openEO process definition: its parameters, and whether Dispatch can run it. */
export function readDefinition(value: unknown): DefinitionReading {
  const reading = readShape(value);
  if (!reading.ok) {
    const [issue] = reading.issues;
    return {
      ok: false,
      reason: issue === undefined
        ? "it is not a process definition"
        : [formatPath(issue.path), issue.message].filter((part) => part !== "").join(": "),
    };
  }
  const parameters = reading.value.parameters.slice(0, MOST_PARAMETERS).map(
    ({ name, description, optional, schema, default: preset }): CatalogueParameter => {
      const schemas = readSchemas(Array.isArray(schema) ? schema : [schema], 0);
      return {
        name,
        description: (description ?? "").slice(0, MOST_DESCRIPTION).toWellFormed(),
        schemas,
        kinds: kindsOf(schemas),
        needed: optional !== true,
        ...(preset === undefined || optional !== true ? {} : { default: preset }),
      };
    },
  );
  return { ok: true, definition: { parameters, obstacle: obstacleIn(parameters) } };
}

/** A schema with the parts that are looked at in their right types, and no deeper than can be read. */
function readSchema(value: unknown, depth: number): ValueSchema | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value) || depth > MOST_DEPTH) {
    return undefined;
  }
  const { type, subtype, format, items, anyOf, oneOf, enum: words, minimum, maximum, ...rest }:
    Readonly<Record<string, unknown>> = { ...value };
  const alternatives: readonly unknown[] | undefined = [anyOf, oneOf].find(Array.isArray);
  const types = (Array.isArray(type) ? type : [type]).filter((one) => typeof one === "string");
  // OpenAPI's older way of saying that null is taken as well.
  if (rest["nullable"] === true && types.length > 0 && !types.includes("null")) types.push("null");
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

function readSchemas(values: readonly unknown[], depth: number): readonly ValueSchema[] {
  return values.map((value) => readSchema(value, depth)).filter((schema) => schema !== undefined);
}

/** The schemas of a parameter, alternatives within alternatives laid side by side. */
export function branchesOf(schemas: readonly ValueSchema[]): readonly ValueSchema[] {
  return schemas.flatMap((schema) =>
    schema.anyOf === undefined || schema.anyOf.length === 0
      ? Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : [schema]
      : branchesOf(schema.anyOf)
  );
}

/** The kinds of value that schemas take, each once. */
export function kindsOf(schemas: readonly ValueSchema[]): readonly ParameterKind[] {
  return [...new Set(branchesOf(schemas).map(kindOf))];
}

/** The kind of value that one schema without alternatives takes. */
export function kindOf({ type, subtype, format, items }: ValueSchema): ParameterKind {
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
    case "null":
      return type;
    case "array": {
      const kinds = items === undefined ? [] : kindsOf([items]);
      if (kinds.some((kind) => kind.startsWith("array"))) return "array of arrays";
      return kinds.length === 1 && kinds[0] === "string" ? "array of strings" : "array";
    }
    default:
      return "object";
  }
}

/**
 * Why Dispatch cannot run a process with these parameters: its reader of process definitions takes the first kind of
 * each, knows no arrays but those of texts and no objects but boxes and GeoJSON, and wants every parameter described.
 */
function obstacleIn(parameters: readonly CatalogueParameter[]): string | undefined {
  for (const { name, kinds, description } of parameters) {
    if (kinds.includes("array of arrays")) {
      return `Dispatch cannot read the definition: its parameter ${name} is an array of arrays`;
    }
    if (description === "") {
      return `Dispatch cannot read the definition: its parameter ${name} has no description`;
    }
    const useful = kinds.filter((kind) => kind !== "null" && kind !== "datacube");
    if (useful.every((kind) => kind === "object" || kind === "array")) {
      return `Dispatch cannot read the definition: its parameter ${name} is of a kind that it does not know`;
    }
  }
  return undefined;
}

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
