import * as z from "zod/mini";

const EXPECTED = "expected a timestamp (ISO 8601, such as 2026-11-23T15:38:21)";

const TIMESTAMP =
  /^(\d{4}-\d\d-(\d\d))(?:[Tt ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:(Z|z)|([+-]\d\d)(?::?(\d\d))?)?)?$/;

/**
 * A timestamp of the service as an instant. The service writes UTC without an offset, which
 * `new Date(text)` would read as local time; an offset is honoured when there is one. Digits
 * beyond milliseconds are dropped, because `Date` cannot hold them.
 *
 * @returns the instant, or `undefined` for text that is no timestamp.
 *
 * @example
 * ```ts
 * import { parseTimestamp } from "./kinds.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseTimestamp("2026-11-23T15:38:21")?.toISOString(), "2026-11-23T15:38:21.000Z");
 * assertEquals(parseTimestamp("2026-11-23T15:38:21+01:00")?.getUTCHours(), 14);
 * assertEquals(parseTimestamp("yesterday"), undefined);
 * ```
 */
export function parseTimestamp(text: string): Date | undefined {
  const match = TIMESTAMP.exec(text);
  if (match === null) return undefined;
  const [, date, day, minutes = "00:00", seconds = "00", fraction = "", , hours, rest = "00"] =
    match;
  const milliseconds = fraction.slice(0, 3).padEnd(3, "0");
  const local = new Date(`${date}T${minutes}:${seconds}.${milliseconds}Z`);
  // The engine lets 30 February roll over into March.
  if (Number.isNaN(local.getTime()) || local.getUTCDate() !== Number(day)) return undefined;
  if (hours === undefined) return local;
  const instant = new Date(`${date}T${minutes}:${seconds}.${milliseconds}${hours}:${rest}`);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

/** The schema of a timestamp: text on the wire, a `Date` in a model. */
export const timestampSchema = z.lazy(() =>
  z.codec(
    z.string(EXPECTED).check(z.meta({ format: "date-time" })),
    z.date(),
    {
      decode: (text, context) => {
        const instant = parseTimestamp(text);
        if (instant !== undefined) return instant;
        context.issues.push({
          code: "custom",
          input: text,
          message: EXPECTED,
        });
        return z.NEVER;
      },
      encode: (instant) => instant.toISOString(),
    },
  )
);

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
 * import { since } from "./kinds.ts";
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
