/** Keeps what was read, so that it is asked for again only when it has changed. */
export interface CatalogueCache {
  /** What was kept under a name; nothing if there is none. */
  get(key: string): Promise<string | undefined>;
  /** Keeps a text under a name. */
  set(key: string, text: string): Promise<void>;
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

/** What a cache holds; one that cannot be read holds nothing. */
export async function take(cache: CatalogueCache, key: string): Promise<string | undefined> {
  try {
    return await cache.get(key);
  } catch {
    return undefined;
  }
}

/** Keeps a text for the next time; where it cannot be kept, it is asked for again. */
export async function keep(cache: CatalogueCache, key: string, text: string): Promise<void> {
  try {
    await cache.set(key, text);
  } catch {
    return;
  }
}
