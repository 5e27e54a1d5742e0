import type * as z from "zod/mini";
import { formatIssues } from "../../models/schema/issue.ts";
import { readerOf, toIssues } from "../../models/schema/model.ts";

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
