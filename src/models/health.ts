import * as z from "zod/mini";
import { defineModel, type Model } from "./schema/model.ts";

/** How one part of the service is. */
export interface ComponentHealth {
  /** `ok` or `error`. */
  readonly status: string;
  /** What is wrong, if something is. */
  readonly message?: string | null | undefined;
}

/**
 * How the service is.
 *
 * @example
 * ```ts
 * import { Health } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(Health.parse({ status: "ok", database: { status: "ok" } }).status, "ok");
 * ```
 */
export interface Health {
  /** `ok` or `error`. */
  readonly status: string;
  /** Whether the service can reach what it stores jobs in. */
  readonly database: ComponentHealth;
}

/** The schema of {@linkcode ComponentHealth}. */
export const componentHealthSchema = z.lazy(() =>
  z.object({
    status: z.string(),
    message: z.optional(z.nullable(z.string())),
  })
);

/** The schema of {@linkcode Health}. The contract leaves it open; this is what the service sends. */
export const healthSchema = z.lazy(() =>
  z.object({
    status: z.string(),
    database: componentHealthSchema,
  })
);

/** Reads a {@linkcode ComponentHealth} from unknown data. */
export const ComponentHealth: Model<ComponentHealth> = defineModel(
  "ComponentHealth",
  componentHealthSchema,
);
/** Reads a {@linkcode Health} from unknown data. */
export const Health: Model<Health> = defineModel("Health", healthSchema);
