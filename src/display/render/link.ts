import { parseTimestamp } from "../../models/schema/timestamp.ts";
import { holdsSecret } from "../../core/secrets.ts";

/** What is known of where something is. */
export interface Location {
  /** The address, if it can be a link: `http:` or `https:`, and it holds no secret. */
  readonly href: string | undefined;
  /** The address as it may be read: without user, query and fragment. */
  readonly shown: string;
  /** Whether the address carries a signature, so that it works for a while only. */
  readonly signed: boolean;
  /** Until when, if the address tells. */
  readonly expires: Date | undefined;
  /** Whether the address carries a token or a password. */
  readonly secret: boolean;
}

const SIGNATURES = /^(?:x-(?:amz|goog)-(?:signature|expires)|signature|sig|signed|expires|exp)$/i;

/**
 * Looks at an address that the service gave. Only `http:` and `https:` can be links; a token or a
 * password in an address is never shown.
 *
 * @example
 * ```ts
 * import { locate } from "./link.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(locate("javascript:alert(1)").href, undefined);
 * assertEquals(locate("https://data.example.test/a.tif?token=s3cret").shown, "https://data.example.test/a.tif");
 * assertEquals(locate("https://data.example.test/a.tif?Expires=1800000000").signed, true);
 * ```
 */
export function locate(address: string): Location {
  const url = URL.parse(address);
  if (url === null) return unlinked(address.replace(/^\/\/[^/]*@/, "//"), false);
  const user = url.username !== "" || url.password !== "";
  const secret = user || holdsSecret(url.href);
  const shown = user ? `${url.protocol}//${url.host}${url.pathname}` : withoutQuery(address);
  if (url.protocol !== "http:" && url.protocol !== "https:") return unlinked(shown, secret);
  const signed = [...url.searchParams.keys()].some((name) => SIGNATURES.test(name));
  return {
    href: secret ? undefined : url.href,
    shown,
    signed,
    expires: signed ? expiryOf(url.searchParams) : undefined,
    secret,
  };
}

function unlinked(shown: string, secret: boolean): Location {
  return { href: undefined, shown, signed: false, expires: undefined, secret };
}

function withoutQuery(address: string): string {
  return address.replace(/[?#].*$/s, "");
}

/** The words of S3 and Google Cloud Storage (begin and seconds), Azure (`se`), and others (a Unix time). */
function expiryOf(query: URLSearchParams): Date | undefined {
  const words = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]));
  for (const vendor of ["amz", "goog"]) {
    const begin = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(
      words.get(`x-${vendor}-date`) ?? "",
    );
    const seconds = Number(words.get(`x-${vendor}-expires`) ?? NaN);
    if (begin === null || !Number.isFinite(seconds)) continue;
    const [, year, month, day, hours, minutes, rest] = begin;
    const instant = parseTimestamp(`${year}-${month}-${day}T${hours}:${minutes}:${rest}Z`);
    if (instant !== undefined) return validDate(instant.getTime() + seconds * 1_000);
  }
  const end = words.get("se");
  if (end !== undefined) return parseTimestamp(end);
  const time = words.get("expires") ?? words.get("exp") ?? "";
  return /^\d{9,10}$/.test(time) ? validDate(Number(time) * 1_000) : undefined;
}

function validDate(time: number): Date | undefined {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
