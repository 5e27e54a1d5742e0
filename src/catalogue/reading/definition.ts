import * as z from "zod/mini";
import type { ParameterFacts } from "../facts.ts";
import { shapeReader } from "./shape_reader.ts";
import { obstacleIn } from "./obstacle.ts";
import { kindsOf, listOf, readSchemas, type ValueSchema } from "./value_schema.ts";

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
