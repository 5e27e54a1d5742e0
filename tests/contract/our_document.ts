import * as z from "zod/mini";
import type { Operation } from "../../src/api/operations.ts";
import type { ServiceVersion } from "../../src/models/schema/kinds.ts";
import { referenceTo } from "./document.ts";
import { asOf, NEWEST } from "./versions.ts";

/** What the package holds of the contract. */
export interface Holdings {
  /** The operations, `src/api/operations.ts`. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** The schemas by the contract's names, `src/models/schemas.ts`. */
  readonly schemas: Readonly<Record<string, z.ZodMiniType>>;
}

/** The package's schemas as a document of JSON Schemas, and where in it each one is. */
export interface OurDocument {
  /** The document. */
  readonly document: unknown;
  /** A node of the document that refers to a schema. */
  readonly refer: (schema: z.ZodMiniType) => unknown;
}

/**
 * Converts the package's schemas, each under the contract's name or one of its operation; of each, what a version
 * of the service knows.
 */
export function ourDocument(
  { operations, schemas }: Holdings,
  version: ServiceVersion = NEWEST,
): OurDocument {
  const names = new Map<z.ZodMiniType, string>();
  for (const [name, schema] of Object.entries(schemas)) names.set(schema, name);
  for (const { name, request, response, query } of Object.values(operations)) {
    const parts = { request, response, ...query };
    for (const [part, schema] of Object.entries(parts)) {
      if (schema !== undefined && !names.has(schema)) names.set(schema, `${name}:${part}`);
    }
  }
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of names) registry.add(schema, { id });
  const converted = z.toJSONSchema(registry, {
    io: "input",
    unrepresentable: "any",
    uri: referenceTo,
  });
  return {
    document: { components: asOf(version, converted) },
    refer: (schema) => ({ $ref: referenceTo(names.get(schema) ?? "") }),
  };
}
