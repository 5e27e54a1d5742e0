import * as z from "zod/mini";
import { defineModel, type Model } from "./schema/model.ts";

/**
 * How the service words an error.
 *
 * @example
 * ```ts
 * import { ErrorResponse } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const body = ErrorResponse.parse({
 *   status: "error",
 *   error_code: "JOB_NOT_FOUND",
 *   message: "The requested job was not found.",
 *   details: null,
 *   request_id: "c-404",
 * });
 * assertEquals(body.error_code, "JOB_NOT_FOUND");
 * ```
 */
export interface ErrorResponse {
  /** Always `"error"`. */
  readonly status?: string | undefined;
  /** What kind of error: `JOB_NOT_FOUND`, `VALIDATION_ERROR`, `INTERNAL_ERROR`. */
  readonly error_code: string;
  /** The error in words; it can contain HTML. */
  readonly message: string;
  /** More about it: `errors[]` for a request that did not fit, else often `error`, the platform's words. */
  readonly details?: Readonly<Record<string, unknown>> | null | undefined;
  /** The request's correlation id. */
  readonly request_id?: string | null | undefined;
}

/**
 * One problem of a request that did not fit. The contract calls this schema `ValidationError`, which
 * here is the error that carries them.
 */
export interface ValidationErrorItem {
  /** Where: `body`, `path` or `query`, then the parts of the path. */
  readonly loc: readonly (string | number)[];
  /** What is wrong. */
  readonly msg: string;
  /** The kind of problem, as Pydantic names it. */
  readonly type: string;
  /** The value in question. */
  readonly input?: unknown;
  /** Particulars of the rule. */
  readonly ctx?: Readonly<Record<string, unknown>> | undefined;
}

/** The other wording of a request that did not fit: documented, and not sent by version 0.7.2. */
export interface HTTPValidationError {
  /** The problems. */
  readonly detail?: readonly ValidationErrorItem[] | undefined;
}

/** An error's body as far as it could be read: one of the contract's two shapes, or neither. */
export type ErrorBody = ErrorResponse | HTTPValidationError | null;

/** The schema of {@linkcode ErrorResponse}. */
export const errorResponseSchema = z.lazy(() =>
  z.object({
    status: z.optional(z.string()),
    error_code: z.string(),
    message: z.string(),
    details: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
    request_id: z.optional(z.nullable(z.string())),
  })
);

/** The schema of {@linkcode ValidationErrorItem}. */
export const validationErrorItemSchema = z.lazy(() =>
  z.object({
    loc: z.array(z.union([z.string(), z.int("expected an integer")])),
    msg: z.string(),
    type: z.string(),
    input: z.optional(z.unknown()),
    ctx: z.optional(z.record(z.string(), z.unknown())),
  })
);

/** The schema of {@linkcode HTTPValidationError}. */
export const httpValidationErrorSchema = z.lazy(() =>
  z.object({
    detail: z.optional(z.array(validationErrorItemSchema)),
  })
);

/** Reads an {@linkcode ErrorResponse} from unknown data. */
export const ErrorResponse: Model<ErrorResponse> = defineModel(
  "ErrorResponse",
  errorResponseSchema,
);
/** Reads a {@linkcode ValidationErrorItem} from unknown data. */
export const ValidationErrorItem: Model<ValidationErrorItem> = defineModel(
  "ValidationErrorItem",
  validationErrorItemSchema,
);
/** Reads an {@linkcode HTTPValidationError} from unknown data. */
export const HTTPValidationError: Model<HTTPValidationError> = defineModel(
  "HTTPValidationError",
  httpValidationErrorSchema,
);
