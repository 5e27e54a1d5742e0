import * as z from "zod/mini";
import { isObject } from "../../core/objects.ts";
import { formatIssues } from "../../models/schema/issue.ts";
import { readerOf, toIssues } from "../../models/schema/model.ts";
import type { ParameterFacts } from "../facts.ts";
import { kindsOf, listOf, readSchemas, type ValueSchema } from "./value_schema.ts";

/** A document of the catalogue as far as it is looked at, or why it cannot be read. */
export type ShapeReading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

/** Reads documents of one shape. Of what does not fit, the first thing that is wrong is reason enough to leave it out. */
export function shapeReader<T>(schema: z.ZodMiniType<T>): (value: unknown) => ShapeReading<T> {
  const read = readerOf(schema);
  return (value) => {
    const reading = read(value);
    return reading.ok
      ? reading
      : { ok: false, reason: formatIssues(toIssues(reading.issues.slice(0, 1))) };
  };
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

const readShape = shapeReader(z.object({
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
  if (!reading.ok) return reading;
  const told = reading.value.parameters.slice(0, MOST_PARAMETERS);
  const parameters = told.map(
    ({ name, description, optional, schema, default: preset }): CatalogueParameter => {
      const schemas = readSchemas(listOf(schema));
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
  return { ok: true, definition: { parameters, obstacle: obstacleIn(told) } };
}

/** Names that Dispatch passes on beside the parameters: an openEO parameter of that name clashes. */
export const CLASHES: readonly string[] = ["namespace", "process_id"];

/** A parameter as a definition tells it. */
interface ToldParameter {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly optional?: boolean | null | undefined;
  readonly schema?: unknown;
}

/**
 * Why Dispatch cannot run a process with these parameters: its reader of process definitions takes the first schema of
 * each that it knows, looks into no alternatives, knows no arrays but those of texts and no objects but boxes and
 * GeoJSON, and wants every parameter described.
 */
export function obstacleIn(parameters: readonly ToldParameter[]): string | undefined {
  for (const { name, description, optional, schema } of parameters) {
    const headline = `Dispatch cannot read the definition: its parameter ${name}`;
    if (description == null) return `${headline} has no description`;
    const schemas = listOf(schema);
    if (!schemas.some(isReadable)) return `${headline} ${unreadable(schemas)}`;
    if (optional !== true && CLASHES.includes(name)) {
      return `Dispatch cannot pass on the parameter ${name}, which the process needs: it uses the name itself`;
    }
  }
  return undefined;
}

/** Whether the service's reader knows a schema, by the same words in the same places. */
function isReadable(schema: unknown): boolean {
  if (!isObject(schema)) return false;
  const { type, subtype, items } = schema;
  if (subtype === "bounding-box" || subtype === "geojson") return true;
  if (type === "array") {
    return subtype === "temporal-interval" || (isObject(items) && items["type"] === "string");
  }
  return type === "boolean" || type === "string" || type === "integer" || type === "number";
}

function unreadable(schemas: readonly unknown[]): string {
  const read = readSchemas(schemas);
  if (kindsOf(read).includes("array of arrays")) return "is an array of arrays";
  if (read.some(({ anyOf }) => anyOf !== undefined)) {
    return "has its alternatives in anyOf or oneOf, into which it does not look";
  }
  if (read.some(({ type }) => Array.isArray(type))) return "is of several types at once";
  return "is of a kind that it does not know";
}
