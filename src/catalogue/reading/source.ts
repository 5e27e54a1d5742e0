import * as z from "zod/mini";
import { readerOf } from "../../models/schema/model.ts";
import { didYouMean } from "../../core/nearest.ts";
import { isObject } from "../../core/objects.ts";
import { redactCause } from "../../core/redact.ts";
import { CatalogueError } from "../catalogue_error.ts";
import { type CatalogueCache, folderCache, keep, memoryCache, take } from "./cache.ts";
import { readJson } from "./read_json.ts";

/** Where the documents of a catalogue are. */
export interface CatalogueSource {
  /** What to call it. */
  readonly name: string;
  /** Which documents there are. */
  list(signal?: AbortSignal): Promise<Listing>;
  /** Reads a document by its path. */
  read(entry: ListedFile, signal?: AbortSignal): Promise<unknown>;
  /** Reads a document by its address, such as a process definition elsewhere. */
  readAddress(address: string, signal?: AbortSignal): Promise<unknown>;
}

/** The documents of a catalogue. */
export interface Listing {
  /** The revision, as git names it, where there is one. */
  readonly revision: string | undefined;
  /** The documents. */
  readonly files: readonly ListedFile[];
}

/** One document. */
export interface ListedFile {
  /** Its path from the root of the repository. */
  readonly path: string;
  /** What changes when it does; absent where nothing tells. */
  readonly sha?: string | undefined;
}

/** How documents are reached. */
export interface SourceOptions {
  /** What sends requests. */
  readonly fetch: typeof fetch;
  /** What keeps documents. */
  readonly cache: CatalogueCache;
}

/** Where the real catalogue is. */
export const REPOSITORY = {
  tree: "https://api.github.com/repos/ESA-APEx/apex_algorithms/git/trees/main?recursive=1",
  raw: "https://raw.githubusercontent.com/ESA-APEx/apex_algorithms/main/",
} as const;

/** An address within the real repository, whatever branch or commit it names. */
const IN_REPOSITORY =
  /^https:\/\/raw\.githubusercontent\.com\/ESA-APEx\/apex_algorithms\/(?:refs\/heads\/main|main|[0-9a-f]{40})\/(.+)$/;

const MOST_FILES = 20_000;

const readTree = readerOf(z.object({
  sha: z.nullish(z.string()),
  tree: z.array(z.object({ path: z.string(), type: z.string(), sha: z.nullish(z.string()) })),
}));

/** The documents of a repository on the web: its tree in GitHub's words, its files by path below an address. */
export function webSource(
  { tree, raw, name }: { readonly tree: string; readonly raw: string; readonly name: string },
  { fetch: send, cache }: SourceOptions,
): CatalogueSource {
  // The address is asked each time, and answers in a word that what is held is still right. Only what is right is held.
  const readFresh = async (
    address: string,
    { isRight, signal }: {
      readonly isRight: (value: unknown) => boolean;
      readonly signal?: AbortSignal | undefined;
    },
  ): Promise<unknown> => {
    const held = readHeld(await take(cache, address));
    const usable = held !== undefined && isRight(held.value) ? held : undefined;
    const document = await readJson(address, { fetch: send, signal, etag: usable?.etag });
    if (!document.changed) return usable?.value;
    const { etag, value } = document;
    if (etag !== undefined && isRight(value)) {
      await keep(cache, address, JSON.stringify({ etag, value }));
    }
    return value;
  };
  return {
    name,
    async list(signal) {
      const value = await readFresh(tree, { isRight: (one) => readTree(one).ok, signal });
      const reading = readTree(value);
      if (!reading.ok) {
        throw new CatalogueError(`Cannot read the catalogue: its list of files is not git's`, {
          reason: "invalid",
        });
      }
      return {
        revision: reading.value.sha ?? undefined,
        files: reading.value.tree.slice(0, MOST_FILES)
          .filter(({ type, path }) => type === "blob" && isPlainPath(path))
          .map(({ path, sha }) => ({ path, ...(sha == null ? {} : { sha }) })),
      };
    },
    async read({ path, sha }, signal) {
      const key = sha === undefined ? undefined : `${path}@${sha}`;
      const held = key === undefined ? undefined : parse(await take(cache, key));
      if (held !== undefined) return held;
      const address = new URL(path.split("/").map(encodeURIComponent).join("/"), raw).href;
      const document = await readJson(address, { fetch: send, signal });
      const value = document.changed ? document.value : undefined;
      if (key !== undefined && value !== undefined) await keep(cache, key, JSON.stringify(value));
      return value;
    },
    readAddress: (address, signal) => readFresh(address, { isRight: isObject, signal }),
  };
}

/** The documents of a repository that lies in a folder. */
export function folderSource(folder: string, { fetch: send }: SourceOptions): CatalogueSource {
  const readPath = async (path: string): Promise<unknown> => {
    const { readFile } = await import("node:fs/promises");
    return JSON.parse((await readFile(`${folder}/${path}`, "utf8")).replace(/^\uFEFF/, ""));
  };
  return {
    name: "the folder",
    async list() {
      const { readdir } = await import("node:fs/promises");
      const { join, relative } = await import("node:path");
      const entries = await readdir(folder, { recursive: true, withFileTypes: true })
        .catch((error: unknown) => {
          throw unreadableFolder(folder, error);
        });
      return {
        revision: undefined,
        files: entries.filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
          .map(({ parentPath, name }) => ({
            path: relative(folder, join(parentPath, name)).replaceAll("\\", "/"),
          }))
          .sort((a, b) => a.path < b.path ? -1 : 1),
      };
    },
    read: ({ path }) => readPath(path),
    async readAddress(address, signal) {
      const [, path] = IN_REPOSITORY.exec(address) ?? [];
      if (path !== undefined && isPlainPath(path)) return await readPath(path);
      const document = await readJson(address, { fetch: send, signal });
      return document.changed ? document.value : undefined;
    },
  };
}

function unreadableFolder(folder: string, error: unknown): CatalogueError {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const denied = error instanceof Error && error.name === "NotCapable";
  const reason = denied
    ? "the permission is missing: run with --allow-read"
    : code === "ENOENT"
    ? `there is no such folder${didYouMean(folder, ["index", "github"])}`
    : code === "ENOTDIR"
    ? "it is a file"
    : "it cannot be read";
  return new CatalogueError(`Cannot read the catalogue in the folder ${folder}: ${reason}`, {
    reason: "unreachable",
    cause: redactCause(error, []),
  });
}

function readHeld(text: string | undefined): { etag: string; value: unknown } | undefined {
  const held = parse(text);
  return typeof held === "object" && held !== null && "etag" in held && "value" in held &&
      typeof held.etag === "string"
    ? { etag: held.etag, value: held.value }
    : undefined;
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a path stays below its root. */
function isPlainPath(path: string): boolean {
  return path.length <= 500 &&
    path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/** Opens the live repository, a copy of it on the web, or a folder that holds a clone. */
export function openSource(
  where: URL | string,
  options: {
    readonly fetch?: typeof fetch | undefined;
    readonly cache?: CatalogueCache | string | undefined;
  },
): CatalogueSource {
  const { cache = memoryCache() } = options;
  const reached: SourceOptions = {
    fetch: options.fetch ?? fetch,
    cache: typeof cache === "string" ? folderCache(cache) : cache,
  };
  if (where === "github") return webSource({ ...REPOSITORY, name: "live catalogue" }, reached);
  const url = URL.parse(where);
  // The letter of a drive looks like the beginning of an address.
  if (url === null || url.protocol === "file:" || url.protocol.length === 2) {
    const isFile = url?.protocol === "file:";
    return folderSource(isFile ? decodeURIComponent(url.pathname) : String(where), reached);
  }
  const raw = url.href.endsWith("/") ? url.href : `${url.href}/`;
  return webSource({ tree: new URL("tree.json", raw).href, raw, name: url.host }, reached);
}
