/** How failed calls are repeated. */
export interface RetryOptions {
  /**
   * How often a call that may be repeated is repeated.
   *
   * @default {2}
   */
  readonly limit?: number | undefined;
  /**
   * The longest `Retry-After` that is waited for, in milliseconds; the error of a longer one says so.
   *
   * @default {60_000}
   */
  readonly maxRetryAfter?: number | undefined;
}

/** What a call does; a `create` is never repeated, because a second one is a second paid job. */
export type Effect = "read" | "compute" | "delete" | "create";

/** The first pause in milliseconds; it doubles from repeat to repeat. */
const FIRST_PAUSE = 500;

/** The longest pause in milliseconds. */
const LONGEST_PAUSE = 8_000;

/**
 * What passes by itself: too slow or too many ([RFC 9110, section 15](https://www.rfc-editor.org/rfc/rfc9110#section-15)),
 * and what Cloudflare and its like answer (520 to 524) when the server behind them is away. A certificate (525, 526), a name
 * (530) or a full disk (507) do not.
 */
const TRANSIENT: ReadonlySet<number> = new Set([
  408,
  429,
  502,
  503,
  504,
  520,
  521,
  522,
  523,
  524,
]);

/** Whether a call may be sent again after this status. */
export function mayRepeatStatus(
  status: number,
  call: { readonly effect: Effect; readonly notReadyIs500?: boolean | undefined },
): boolean {
  if (call.effect === "create") return false;
  return TRANSIENT.has(status) || (status === 500 && call.notReadyIs500 !== true);
}

/**
 * The pause before a repeat in milliseconds: min(8 s, 0.5 s · 2ⁿ), less up to a quarter by chance, so that
 * clients that failed together do not come back together.
 *
 * @param repeat how many repeats there were before: n.
 *
 * @example
 * ```ts
 * import { retryPause } from "./retry.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(retryPause(0, () => 1), 500);
 * assertEquals(retryPause(1, () => 0), 750);
 * assertEquals(retryPause(9, () => 1), 8000);
 * ```
 */
export function retryPause(repeat: number, random: () => number): number {
  return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** repeat) * (0.75 + 0.25 * random());
}

/**
 * What a `Retry-After` header asks for, in milliseconds from now
 * ([RFC 9110, section 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)): seconds or a date, and what
 * servers make of them, such as a fraction of a second; of a header that comes twice, the longer time.
 *
 * @example
 * ```ts
 * import { retryAfter } from "./retry.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(retryAfter("1.5", 0), 1500);
 * assertEquals(retryAfter("Thu, 01 Jan 1970 00:00:09 GMT", 4000), 5000);
 * assertEquals(retryAfter("5, 2", 0), 5000);
 * assertEquals(retryAfter("soon", 0), undefined);
 * ```
 */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  // A date holds a comma after its day, and headers that came twice are joined by one.
  const parts = header.slice(0, LONGEST_HEADER).match(/[A-Za-z]{3,9},[^,]*|[^,]+/g) ?? [];
  const waits = parts.map((part) => waitOf(part.trim(), now)).filter((wait) => wait !== undefined);
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** No `Retry-After` that means something is longer, in characters. */
const LONGEST_HEADER = 200;

function waitOf(text: string, now: number): number | undefined {
  if (/^\d+(?:\.\d*)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  // A bare number or a word would be read as a date by the engine, and the oldest form as local time.
  const date = /^[A-Za-z]{3,9},/.test(text)
    ? Date.parse(text)
    : /^[A-Za-z]{3} [A-Za-z]{3} [ \d]\d [\d:]{8} \d{4}$/.test(text)
    ? Date.parse(`${text} GMT`)
    : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
