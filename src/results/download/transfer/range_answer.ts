import { ResultsError } from "../../results_error.ts";

/** What an answer to a request for a file, or for the rest of one, brings. */
export type RangeAnswer =
  /** The bytes from some place on; of how many in all, where that is told. */
  | {
    readonly kind: "bytes";
    readonly from: number;
    readonly total: number | undefined;
    /** Whether the bytes were packed for the way: their number says nothing then. */
    readonly encoded: boolean;
    readonly etag: string | undefined;
    readonly modified: string | undefined;
  }
  /** That there is nothing behind what was asked for: of how many bytes in all, where that is told. */
  | { readonly kind: "past-end"; readonly total: number | undefined }
  /** Nothing that can be used: the file is to be asked for as a whole. */
  | { readonly kind: "unusable" }
  /** That the address is no longer good for anything. */
  | { readonly kind: "ended" }
  /** A failure that may pass; after a pause in milliseconds, where one was asked for. */
  | { readonly kind: "passing"; readonly status: number; readonly pause: number | undefined }
  /** A failure that will not pass. */
  | { readonly kind: "refused"; readonly status: number };

const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Reads the head of an answer to a request for a file (RFC 9110, 14 and 15.3.7).
 *
 * @param asked the first byte that was asked for.
 * @param now the time, for a `Retry-After` that is a date.
 */
export function readAnswer(
  { status, headers }: Pick<Response, "status" | "headers">,
  asked: number,
  now: number,
): RangeAnswer {
  const type = headers.get("content-type") ?? "";
  const encoded = !/^(?:identity)?$/i.test(headers.get("content-encoding") ?? "");
  const etag = headers.get("etag");
  const about = {
    encoded,
    // A weak tag says that two bodies mean the same, not that they are the same (RFC 9110, 8.8.1).
    etag: etag === null || etag.startsWith("W/") ? undefined : etag,
    modified: headers.get("last-modified") ?? undefined,
  };
  switch (status) {
    case 200:
      return { kind: "bytes", from: 0, total: encoded ? undefined : lengthOf(headers), ...about };
    case 206: {
      if (/^multipart\//i.test(type) || encoded) return { kind: "unusable" };
      const [, from, to, total] =
        /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(headers.get("content-range") ?? "") ??
          [];
      if (from === undefined || to === undefined || Number(from) !== asked) {
        return { kind: "unusable" };
      }
      const all = total === "*" || total === undefined ? undefined : Number(total);
      return { kind: "bytes", from: asked, total: all, ...about };
    }
    case 416: {
      const [, total] = /^bytes \*\/(\d{1,15})$/.exec(headers.get("content-range") ?? "") ?? [];
      return { kind: "past-end", total: total === undefined ? undefined : Number(total) };
    }
    case 410:
      return { kind: "ended" };
    case 401:
    case 403:
    case 404:
      return { kind: "refused", status };
    default:
      return PASSING.has(status) || status >= 520
        ? { kind: "passing", status, pause: retryAfter(headers.get("retry-after"), now) }
        : { kind: "refused", status };
  }
}

function lengthOf(headers: Headers): number | undefined {
  const length = headers.get("content-length") ?? "";
  return /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}

function retryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** What HTTP calls the packings that can be undone (RFC 9110, 8.4.1), and what the platform calls them. */
const FORMATS: Readonly<Record<string, CompressionFormat>> = {
  "gzip": "gzip",
  "x-gzip": "gzip",
  "deflate": "deflate",
};

/**
 * The body of an answer as the file is. A host may pack it for the way although it was asked not to; Node.js and Bun
 * undo that by themselves, Deno does not where it was asked for something else. A body that ends early fails to be
 * undone: so it is known not to be whole, though nothing tells its length.
 *
 * @throws {ResultsError} if it is packed in a way that nobody can undo here.
 */
export function plainBody(
  { body, headers }: Response,
  { name }: { readonly name: string },
): ReadableStream<Uint8Array<ArrayBuffer>> | null {
  const packings = (headers.get("content-encoding") ?? "").toLowerCase().split(",")
    .map((one) => one.trim()).filter((one) => one !== "" && one !== "identity");
  if (body === null || packings.length === 0 || !("Deno" in globalThis)) return body;
  // Some hosts say of a file that is packed by itself that it was packed for the way.
  if (/\.(?:gz|tgz)$/i.test(name)) return body;
  let plain: ReadableStream<Uint8Array<ArrayBuffer>> = body;
  for (const packing of packings.toReversed()) {
    const format = FORMATS[packing];
    if (format === undefined) {
      body.cancel().catch(() => {});
      throw new ResultsError(
        `Cannot download ${name}: its host sends it packed with ${
          packing.slice(0, 20)
        }, which cannot be undone here\n` +
          "  What to do: fetch it from the platform itself, or tell its team: a plain file was asked for",
        { reason: "unsupported" },
      );
    }
    plain = plain.pipeThrough(new DecompressionStream(format));
  }
  return plain;
}
