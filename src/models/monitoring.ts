import * as z from "zod/mini";
import { describeValue } from "./schema/issue.ts";
import { defineModel, type Model } from "./schema/model.ts";
import { since, timestampSchema } from "./schema/kinds.ts";

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

/** How much work of one kind all users of the service have given it, counted in three ways. */
export interface EntityStatistics {
  /** How many in all, whatever has become of them. */
  readonly total: number;
  /** By status: `{ finished: 90, failed: 7 }`. A status that nothing has is left out. */
  readonly by_status: Readonly<Record<string, number>>;
  /** By the interface of the platform: `{ openeo: 80, ogc_api_process: 17 }`. */
  readonly by_interface: Readonly<Record<string, number>>;
  /** By service, each named by the last part of its application, without `.json`. */
  readonly by_service: Readonly<Record<string, number>>;
}

/** The same of upscaling tasks, and how large they are. */
export interface UpscalingStatistics extends EntityStatistics {
  /** How many jobs a task has on average. */
  readonly average_processing_jobs_per_upscaling_task: number;
}

/**
 * What the service has done for all its users so far, or between two days. There is nothing in it about anyone.
 *
 * @example
 * ```ts
 * import { PublicStatisticsResponse } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const counts = { total: 3, by_status: { finished: 3 }, by_interface: { openeo: 3 }, by_service: { ndvi: 3 } };
 * const statistics = PublicStatisticsResponse.parse({
 *   generated_at: "2026-11-23T15:38:21",
 *   processing_jobs: counts,
 *   upscaling_tasks: { ...counts, average_processing_jobs_per_upscaling_task: 12.5 },
 * });
 * assertEquals(statistics.generated_at.toISOString(), "2026-11-23T15:38:21.000Z");
 * ```
 */
export interface PublicStatisticsResponse {
  /** When they were counted: the service counts anew every 15 minutes. */
  readonly generated_at: Date;
  /** Counts of what runs on the platforms. */
  readonly processing_jobs: EntityStatistics;
  /** Counts of the tasks themselves, not of their jobs. */
  readonly upscaling_tasks: UpscalingStatistics;
}

const entityShape = () => {
  const counts = z.record(z.string(), z.int());
  return { total: z.int(), by_status: counts, by_interface: counts, by_service: counts };
};

/** The schema of {@linkcode EntityStatistics}. */
export const entityStatisticsSchema = since(
  z.lazy(() => z.object(entityShape())),
  { since: "development" },
);

/** The schema of {@linkcode UpscalingStatistics}. */
export const upscalingStatisticsSchema = since(
  z.lazy(() =>
    z.object({ ...entityShape(), average_processing_jobs_per_upscaling_task: z.number() })
  ),
  { since: "development" },
);

/** The schema of {@linkcode PublicStatisticsResponse}. */
export const publicStatisticsResponseSchema = since(
  z.lazy(() =>
    z.object({
      generated_at: timestampSchema,
      processing_jobs: entityStatisticsSchema,
      upscaling_tasks: upscalingStatisticsSchema,
    })
  ),
  { since: "development" },
);

/** The schema of a day in a query, `2026-11-23`: one that is in the calendar. */
export const daySchema = z.lazy(() =>
  z.string().check((context) => {
    if (isDay(context.value)) return;
    const message = `expected a day (YYYY-MM-DD), got ${describeValue(context.value)}`;
    context.issues.push({ code: "custom", input: context.value, message });
  })
);

/** Whether a text is a day of the calendar, `2026-11-23`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  // The engine lets 30 February roll over into March.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Reads an {@linkcode EntityStatistics} from unknown data. */
export const EntityStatistics: Model<EntityStatistics> = defineModel(
  "EntityStatistics",
  entityStatisticsSchema,
);
/** Reads an {@linkcode UpscalingStatistics} from unknown data. */
export const UpscalingStatistics: Model<UpscalingStatistics> = defineModel(
  "UpscalingStatistics",
  upscalingStatisticsSchema,
);
/** Reads a {@linkcode PublicStatisticsResponse} from unknown data. */
export const PublicStatisticsResponse: Model<PublicStatisticsResponse> = defineModel(
  "PublicStatisticsResponse",
  publicStatisticsResponseSchema,
);
