import * as z from "zod/mini";
import { readerOf } from "../../models/schema/model.ts";
import { CatalogueError } from "../catalogue_error.ts";
import { readJson } from "./read_json.ts";

/** Keeps what was read, so that it is asked for again only when it has changed. */
export interface CatalogueCache {
  /** What was kept under a name; nothing if there is none. */
  get(key: string): Promise<string | undefined>;
  /** Keeps a text under a name. */
  set(key: string, text: string): Promise<void>;
}

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
  return {
    name,
    async list(signal) {
      const held = readHeld(await cache.get(tree));
      const document = await readJson(tree, { fetch: send, signal, etag: held?.etag });
      const value = document.changed ? document.value : held?.value;
      if (document.changed && document.etag !== undefined) {
        await cache.set(tree, JSON.stringify({ etag: document.etag, value }));
      }
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
      const held = key === undefined ? undefined : parse(await cache.get(key));
      if (held !== undefined) return held;
      const address = new URL(path.split("/").map(encodeURIComponent).join("/"), raw).href;
      const document = await readJson(address, { fetch: send, signal });
      const value = document.changed ? document.value : undefined;
      if (key !== undefined && value !== undefined) await cache.set(key, JSON.stringify(value));
      return value;
    },
    async readAddress(address, signal) {
      const document = await readJson(address, { fetch: send, signal });
      return document.changed ? document.value : undefined;
    },
  };
}

/** The documents of a repository that lies in a folder. */
export function folderSource(folder: string, { fetch: send }: SourceOptions): CatalogueSource {
  const readPath = async (path: string): Promise<unknown> => {
    const { readFile } = await import("node:fs/promises");
    return JSON.parse(await readFile(`${folder}/${path}`, "utf8"));
  };
  return {
    name: "the folder",
    async list() {
      const { readdir } = await import("node:fs/promises");
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return {
        revision: undefined,
        files: entries.filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
          .map(({ parentPath, name }) => ({
            path: `${parentPath}/${name}`.slice(folder.length).replaceAll("\\", "/")
              .replace(/^\/+/, ""),
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

/** A cache for as long as the program runs. */
export function memoryCache(): CatalogueCache {
  const texts = new Map<string, string>();
  return {
    get: (key) => Promise.resolve(texts.get(key)),
    set(key, text) {
      texts.set(key, text);
      return Promise.resolve();
    },
  };
}

/** A cache in a folder: a file for each document, named by the digest of its key. */
export function folderCache(folder: string): CatalogueCache {
  const fileOf = async (key: string) => {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
    const digits = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0"));
    return `${folder}/${digits.join("").slice(0, 40)}.json`;
  };
  return {
    async get(key) {
      const { readFile } = await import("node:fs/promises");
      // What cannot be read was never kept.
      return await readFile(await fileOf(key), "utf8").catch(() => undefined);
    },
    async set(key, text) {
      const { mkdir, rename, writeFile } = await import("node:fs/promises");
      await mkdir(folder, { recursive: true });
      const file = await fileOf(key);
      const part = `${file}.${crypto.randomUUID()}`;
      await writeFile(part, text);
      await rename(part, file);
    },
  };
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
  if (url === null || url.protocol === "file:") {
    return folderSource(url === null ? String(where) : decodeURIComponent(url.pathname), reached);
  }
  const raw = url.href.endsWith("/") ? url.href : `${url.href}/`;
  return webSource({ tree: new URL("tree.json", raw).href, raw, name: url.host }, reached);
}
