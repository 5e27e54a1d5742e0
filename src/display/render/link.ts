import { hasSignedPath, hasUserInfo, redact } from "../../core/redact.ts";
import { isSecretInAddress, isSignatureName } from "../../core/secrets.ts";
import { parseTimestamp } from "../../models/schema/kinds.ts";

/** What is known of where something is. */
export interface Location {
  /** The address, if it can be a link: `http:` or `https:`, and whoever follows it needs no more than a browser. */
  readonly href: string | undefined;
  /** The address as it may be read: without user, query, fragment, and what of a signature stands in its path. */
  readonly shown: string;
  /** The host, if the address names one. */
  readonly host: string | undefined;
  /** Whether the address carries a signature, so that it works for a while only, and for whoever has it. */
  readonly signed: boolean;
  /** Until when, if the address tells. */
  readonly expires: Date | undefined;
  /** Whether the address carries a token or a password. */
  readonly secret: boolean;
}

/** How an address is looked at. */
export interface LocateOptions {
  /**
   * Whether a signed address is a link, too: whoever gets to see it gets the file.
   *
   * @default {false}
   */
  readonly links?: boolean | undefined;
}

/**
 * Looks at an address that the service gave. Only `http:` and `https:` can be links; a token or a
 * password in an address is never shown, nor is a signature, unless it is asked for as a link.
 *
 * @example
 * ```ts
 * import { locate } from "./link.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(locate("javascript:alert(1)").href, undefined);
 * assertEquals(locate("https://data.example.test/a.tif?token=s3cret").shown, "https://data.example.test/a.tif");
 * assertEquals(locate("https://data.example.test/a.tif?Expires=1800000000&Signature=ab").href, undefined);
 * ```
 */
export function locate(address: string, { links = false }: LocateOptions = {}): Location {
  const url = URL.parse(address);
  if (url === null) {
    const bare = withoutQuery(address).replace(/^[/\\]{2}[^/\\]*@/, "//");
    return unlinked({ shown: redact(bare), host: undefined, secret: false });
  }
  const user = url.username !== "" || url.password !== "" || hasUserInfo(address);
  const names = [...url.searchParams.keys(), ...new URLSearchParams(url.hash.slice(1)).keys()];
  const secret = user || names.some((name) => isSecretInAddress(name) && !isSignatureName(name));
  const shown = redact(
    user ? `${url.protocol}//${url.host}${url.pathname}` : withoutQuery(address),
  );
  const host = url.host === "" ? undefined : url.host;
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return unlinked({ shown, host, secret });
  }
  const signed = names.some(isSignatureName) || hasSignedPath(url.pathname);
  return {
    href: secret || (signed && !links) ? undefined : url.href,
    shown,
    host,
    signed,
    expires: signed ? expiryOf(url.searchParams) : undefined,
    secret,
  };
}

function unlinked(known: Pick<Location, "shown" | "host" | "secret">): Location {
  return { ...known, href: undefined, signed: false, expires: undefined };
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
