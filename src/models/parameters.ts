import * as z from "zod/mini";
import {
  defineEnum,
  defineModel,
  defineRequest,
  type EnumOf,
  type Model,
  type Open,
  openWordsOf,
  type WordOf,
  type Written,
} from "./schema/model.ts";
import {
  checkApplication,
  type ProcessTypeEnum,
  processTypeSchema,
  type ServiceDetails,
  serviceDetailsRequestSchema,
} from "./service.ts";

/** The kind of a parameter. */
export type ParamTypeEnum = WordOf<typeof ParamTypeEnum>;

/**
 * The kind of a parameter, as far as the service tells: openEO's `number` arrives as `integer`, an OGC
 * API's `number`, `array` and objects as `string`.
 *
 * @example
 * ```ts
 * import { ParamTypeEnum } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(ParamTypeEnum.BOUNDING_BOX, "bounding-box");
 * ```
 */
export const ParamTypeEnum: EnumOf<{
  /** A date and time (ISO 8601). */
  readonly DATETIME: "datetime";
  /** Begin and end, each a date or `null`. */
  readonly DATE_INTERVAL: "date-interval";
  /** `{ west, south, east, north }` in degrees. */
  readonly BOUNDING_BOX: "bounding-box";
  /** A GeoJSON polygon. */
  readonly POLYGON: "polygon";
  /** `true` or `false`. */
  readonly BOOLEAN: "boolean";
  /** A number, not always a whole one. */
  readonly INTEGER: "integer";
  /** A number. */
  readonly DOUBLE: "double";
  /** Text, or something that the service has no word for. */
  readonly STRING: "string";
  /** Several texts. */
  readonly ARRAY_STRING: "array-string";
}> = defineEnum("ParamTypeEnum", {
  DATETIME: "datetime",
  DATE_INTERVAL: "date-interval",
  BOUNDING_BOX: "bounding-box",
  POLYGON: "polygon",
  BOOLEAN: "boolean",
  INTEGER: "integer",
  DOUBLE: "double",
  STRING: "string",
  ARRAY_STRING: "array-string",
});

/**
 * A question: which parameters does this service take?
 *
 * @example
 * ```ts
 * import { ParamRequest } from "@apex-dispatch/client";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => ParamRequest.parse({ label: "openeo" }), Error, "service: expected an object");
 * ```
 */
export interface ParamRequest {
  /** The kind of the service. */
  readonly label: ProcessTypeEnum;
  /** Which service, by its platform and its application. */
  readonly service: ServiceDetails;
}

/** A {@linkcode ParamRequest} as somebody may have written it, see {@linkcode Written}. */
export interface WrittenParamRequest<Label extends string> extends Omit<ParamRequest, "label"> {
  /** The kind of the service. */
  readonly label: Written<Label, ProcessTypeEnum>;
}

/** One parameter of a service. */
export interface Parameter {
  /** The key under which a request's `parameters` hold it. */
  readonly name: string;
  /** Its kind. */
  readonly type: Open<ParamTypeEnum>;
  /** Whether it can be left out. */
  readonly optional: boolean;
  /** What it means. */
  readonly description: string;
  /** The value it has when it is left out; always `null` with an OGC API. */
  readonly default?: unknown;
  /** The values it can have, if they are limited. */
  readonly options?: readonly unknown[] | undefined;
}

/** The schema of {@linkcode ParamTypeEnum} in an answer. */
export const openParamTypeSchema = z.lazy(() => openWordsOf(ParamTypeEnum));

/** The schema of {@linkcode ParamRequest}. */
export const paramRequestSchema = z.lazy(() =>
  z.object({
    label: processTypeSchema,
    service: serviceDetailsRequestSchema,
  }).check(checkApplication)
);

/** The schema of {@linkcode Parameter}. */
export const parameterSchema = z.lazy(() =>
  z.object({
    name: z.string(),
    type: openParamTypeSchema,
    optional: z.boolean(),
    description: z.string(),
    default: z.optional(z.unknown()),
    options: z.optional(z.array(z.unknown())),
  })
);

/** Checks a {@linkcode ParamRequest}, as `unitJobs.parameters` does before it sends anything. */
export const ParamRequest: Model<ParamRequest> = defineRequest("ParamRequest", paramRequestSchema);

/** Reads a {@linkcode Parameter} from unknown data. */
export const Parameter: Model<Parameter> = defineModel("Parameter", parameterSchema);
