import { isObject } from "../core/objects.ts";
import { formatBytes } from "../core/units.ts";
import type { Asset, Collection } from "../models/stac/stac.ts";
import { ResultsError } from "./results_error.ts";

/** What can be read: an asset, a file that was brought home, a path, an address, or bytes. */
export type FileSource =
  | Asset
  | { readonly path: string; readonly name: string }
  | {
    readonly kind: "bytes";
    readonly data: Uint8Array<ArrayBuffer>;
    readonly mediaType: string | null;
  }
  | { readonly kind: "json"; readonly data: unknown; readonly mediaType: string | null }
  | Uint8Array<ArrayBuffer>
  | URL
  | string;

/** A file to be read, wherever it is. */
export interface InputFile {
  /** What it is called; never an address. */
  readonly name: string;
  /** Its media type, where that is told. */
  readonly type: string | undefined;
  /** Where it is on the web, or its bytes, or its path. */
  readonly at:
    | { readonly kind: "address"; readonly address: string }
    | { readonly kind: "path"; readonly path: string }
    | { readonly kind: "bytes"; readonly bytes: Uint8Array<ArrayBuffer> };
}

/** How much of a file is read, by what, and until when. */
export interface ReadBytesOptions {
  /** What sends requests. */
  readonly fetch: typeof fetch;
  /** The most bytes that are read. */
  readonly maxBytes: number;
  /** Gives up at once when it aborts. */
  readonly signal: AbortSignal | undefined;
}

/** Takes whatever names a file for that file. */
export function inputFile(source: FileSource, name?: string): InputFile {
  if (source instanceof Uint8Array) return bytesInput(source, undefined, name);
  if (source instanceof URL || typeof source === "string") {
    return textInput(source, undefined, name);
  }
  if (!isObject(source)) {
    throw new ResultsError(
      "Cannot read that: give an asset of the results, a downloaded file, a path, a URL, or bytes",
      { reason: "invalid" },
    );
  }
  if (isSynchronous(source)) {
    const type = source.mediaType ?? undefined;
    const bytes = source.kind === "bytes"
      ? source.data
      : new TextEncoder().encode(JSON.stringify(source.data));
    return bytesInput(bytes, type, name);
  }
  const type = "type" in source && typeof source.type === "string" ? source.type : undefined;
  if ("path" in source && typeof source.path === "string") {
    const called = "name" in source && typeof source.name === "string" ? source.name : undefined;
    return textInput(source.path, type, name ?? called);
  }
  if ("href" in source && typeof source.href === "string") {
    return textInput(source.href, type, name);
  }
  throw new ResultsError(
    "Cannot read that: give an asset of the results (it has an href), a downloaded file, a path, a URL, or bytes",
    { reason: "invalid" },
  );
}

/** Whether a value is what a synchronous job brought. */
function isSynchronous(
  source: Exclude<FileSource, Uint8Array | URL | string>,
): source is Extract<FileSource, { readonly kind: string }> {
  return "kind" in source && "data" in source &&
    (source.kind === "json" || (source.kind === "bytes" && source.data instanceof Uint8Array));
}

function bytesInput(
  bytes: Uint8Array<ArrayBuffer>,
  type: string | undefined,
  name = "the bytes",
): InputFile {
  return { name, type, at: { kind: "bytes", bytes } };
}

function textInput(
  text: URL | string,
  type: string | undefined,
  name: string | undefined,
): InputFile {
  const url = URL.parse(text);
  // A drive letter is no scheme.
  if (url === null || /^[a-z]:$/i.test(url.protocol)) {
    const path = String(text);
    return { name: name ?? lastPart(path), type, at: { kind: "path", path } };
  }
  if (url.protocol === "file:") {
    const path = decodeURIComponent(url.pathname);
    return { name: name ?? lastPart(path), type, at: { kind: "path", path } };
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new ResultsError(
      `Cannot read ${name ?? "the file"}: its address begins with ${
        url.protocol.slice(0, 20)
      }, which wants a client of its own`,
      { reason: "unsupported" },
    );
  }
  return { name: name ?? lastPart(url.pathname), type, at: { kind: "address", address: url.href } };
}

function lastPart(path: string): string {
  const last = path.split(/[/\\]/).findLast((part) => part !== "") ?? "the file";
  try {
    return decodeURIComponent(last).slice(0, 200);
  } catch {
    return last.slice(0, 200);
  }
}

/** Whether a value is a Collection rather than a file. */
export function isCollection(value: unknown): value is Collection {
  return isObject(value) && value.type === "Collection" && Array.isArray(value.links);
}

/** Reads a whole file, within a budget. No message holds an address. */
export async function readBytes(
  { name, at }: InputFile,
  { fetch: send, maxBytes, signal }: ReadBytesOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  signal?.throwIfAborted();
  if (at.kind === "bytes") return at.bytes;
  if (at.kind === "path") return await readPath(name, at.path, maxBytes);
  const host = URL.parse(at.address)?.host ?? "its host";
  let response: Response;
  try {
    response = await send(at.address, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    const missing = error instanceof Error && error.name === "NotCapable";
    throw new ResultsError(
      missing
        ? `Cannot read ${name}: Deno was started without the permission to reach ${host}\n  What to do: run with --allow-net=${host}`
        : `Cannot read ${name}: ${host} cannot be reached\n  What to do: try again`,
      { reason: missing ? "permission" : "unreachable" },
    );
  }
  if (response.status !== 200) {
    await response.body?.cancel();
    const ended = response.status === 410 || response.status === 403;
    throw new ResultsError(
      `Cannot read ${name}: ${host} answers ${response.status}\n  What to do: ${
        ended ? "its address may have ended: ask" : "ask"
      } for the results again, client.unitJobs.results(job)`,
      { reason: ended ? "expired" : "refused" },
    );
  }
  const told = Number(response.headers.get("content-length") ?? NaN);
  if (told > maxBytes) {
    await response.body?.cancel();
    throw tooLarge(name, told, maxBytes);
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  try {
    for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
      size += next.value.length;
      if (size > maxBytes) throw tooLarge(name, size, maxBytes);
      parts.push(next.value);
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ResultsError) throw error;
    throw new ResultsError(`Cannot read ${name}: the connection broke\n  What to do: try again`, {
      reason: "unreachable",
    });
  } finally {
    reader?.cancel().catch(() => {});
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

async function readPath(
  name: string,
  path: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { readFile, stat } = await import("node:fs/promises");
  try {
    const { size } = await stat(path);
    if (size > maxBytes) throw tooLarge(name, size, maxBytes);
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (error instanceof ResultsError) throw error;
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const missing = error instanceof Error && error.name === "NotCapable";
    throw new ResultsError(
      missing
        ? `Cannot read ${name}: Deno was started without the permission to read it\n  What to do: run with --allow-read=${path}`
        : `Cannot read ${name}: ${
          code === "ENOENT" ? "there is no such file" : "it cannot be read"
        }`,
      { reason: missing ? "permission" : "invalid" },
    );
  }
}

function tooLarge(name: string, size: number, maxBytes: number): ResultsError {
  return new ResultsError(
    `Cannot read ${name}: it has ${formatBytes(size)}, and ${formatBytes(maxBytes)} are allowed\n` +
      "  What to do: allow more, { maxBytes: Infinity }, or download it",
    { reason: "too-large" },
  );
}

/** The kinds of file that can be told apart by their first bytes. */
export type FileKind =
  | "tiff"
  | "png"
  | "jpeg"
  | "netcdf3"
  | "hdf5"
  | "parquet"
  | "json"
  | "page"
  | "text"
  | "unknown";

/** What kind of file it is, by its first bytes: names and media types are often wrong. */
export function kindOfBytes(bytes: Uint8Array): FileKind {
  const at = (index: number) => bytes[index] ?? -1;
  const begin = String.fromCharCode(...bytes.subarray(0, 8));
  if (/^(?:II[*+]\0|MM\0[*+])/.test(begin)) return "tiff";
  if (begin.startsWith("\x89PNG")) return "png";
  if (at(0) === 0xff && at(1) === 0xd8) return "jpeg";
  if (begin.startsWith("CDF") && [1, 2, 5].includes(at(3))) return "netcdf3";
  if (begin.startsWith("\x89HDF\r\n")) return "hdf5";
  if (begin.startsWith("PAR1")) return "parquet";
  const text = decodeText(bytes.subarray(0, 512)).trimStart();
  if (/^[{[]/.test(text)) return "json";
  if (/^<(?:!doctype|html|\?xml|head|body|script)/i.test(text)) return "page";
  if (wideIn(bytes) !== undefined) return "text";
  return bytes.length > 0 && !bytes.subarray(0, 512).some((byte) => byte < 9) ? "text" : "unknown";
}

/** Text in UTF-8 or UTF-16 by its first bytes, else in Windows' western letters, without a byte order mark. */
export function decodeText(bytes: Uint8Array): string {
  const wide = wideIn(bytes);
  if (wide !== undefined) return new TextDecoder(wide).decode(bytes);
  try {
    // A part of a text may end within a letter: that is no reason to take it for another.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function wideIn([first, second]: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  return first === 0xff && second === 0xfe
    ? "utf-16le"
    : first === 0xfe && second === 0xff
    ? "utf-16be"
    : undefined;
}

/** What kind of file it is by what it is called, for one whose bytes are not to be read yet. */
export function kindOfName({ name, type }: InputFile): FileKind {
  const said = (type ?? "").toLowerCase();
  if (/geotiff|image\/tiff/.test(said) || /\.tiff?$/i.test(name)) return "tiff";
  if (/parquet/.test(said) || /\.(?:geo)?parquet$/i.test(name)) return "parquet";
  if (/netcdf/.test(said) || /\.nc4?$/i.test(name)) return "hdf5";
  if (/json/.test(said) || /\.(?:geo)?json$/i.test(name)) return "json";
  if (/image\/png/.test(said) || /\.png$/i.test(name)) return "png";
  if (/image\/jpe?g/.test(said) || /\.jpe?g$/i.test(name)) return "jpeg";
  if (/csv|text\/plain/.test(said) || /\.(?:csv|tsv|txt)$/i.test(name)) return "text";
  return "unknown";
}
