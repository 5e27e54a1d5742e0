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
 * import { parseTimestamp } from "./timestamp.ts";
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
