import * as z from "zod/mini";

/**
 * The versions of the service that this package knows, the oldest first. `development` is what the service's
 * source holds after its last release.
 */
export const SERVICE_VERSIONS = ["0.7.2", "development"] as const;

/** A version of the service that this package knows. */
export type ServiceVersion = typeof SERVICE_VERSIONS[number];

/** What a schema says of the version that brought it, or some of its words. */
export interface Since {
  /** The version that brought the schema. */
  readonly since?: ServiceVersion;
  /** The versions that brought words, by word, where they came after the rest. */
  readonly wordsSince?: Readonly<Record<string, ServiceVersion>>;
}

/**
 * Says since which version of the service a model, a field or, of an enum, some words are there. Where nothing is
 * said, it is the oldest known one. Reading takes no notice of it: it is for whoever holds the package against a
 * version, as `deno task contract` does.
 *
 * @example
 * ```ts
 * import { since } from "./since.ts";
 * import { assertEquals } from "@std/assert";
 * import * as z from "zod/mini";
 *
 * const schema = z.object({ note: since(z.optional(z.string()), { since: "development" }) });
 * assertEquals(z.toJSONSchema(schema).properties?.note, { type: "string", since: "development" });
 * ```
 */
export function since<Schema extends z.ZodMiniType>(schema: Schema, said: Since): Schema {
  z.globalRegistry.add(schema, { ...said });
  return schema;
}
