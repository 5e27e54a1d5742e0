import type { Asset, Collection, Link } from "../../../models/stac/stac.ts";
import { isObject } from "../../../core/objects.ts";
import { ResultsError } from "../../results_error.ts";
import { type Checksum, readChecksum } from "./checksum.ts";
import { fileName, fitName, matches, uniqueNames } from "./names.ts";

/** One file of a result, and what to call it. */
export interface PlannedFile {
  /** What the result calls it. */
  readonly key: string;
  /** Where it is. */
  readonly address: string;
  /** What it is called. */
  readonly name: string;
  /** The folders it lies in, below the one that was named. */
  readonly folders: readonly string[];
  /** Its media type. */
  readonly type: string | undefined;
  /** How many bytes it has, where that is told. */
  readonly size: number | undefined;
  /** What it digests to, where that is told. */
  readonly checksum: Checksum | undefined;
}

/** A document with assets: a Collection, or an item of one. */
export interface PlannedDocument {
  /** The document as it came. */
  readonly value: Readonly<Record<string, unknown>>;
  /** Where it is said to be, and where it was read; nothing where neither is known. */
  readonly addresses: readonly string[];
  /** What its file is called. */
  readonly name: string;
  /** The folders it lies in. */
  readonly folders: readonly string[];
  /** Its files by key. */
  readonly files: ReadonlyMap<string, PlannedFile>;
}

/** How files are planned. */
export interface PlanOptions {
  /** Patterns of the names that are wanted; all where there are none. */
  readonly only: readonly string[] | undefined;
  /** The folders that everything lies in. */
  readonly folders: readonly string[];
  /** Turns an address that cannot be fetched into one that can. */
  readonly resolve: ((address: string) => string | URL | undefined) | undefined;
  /** Reads a document of the catalogue, such as an item. */
  readonly readDocument: (address: string) => Promise<unknown>;
}

/** What is to be brought home, and what cannot be. */
export interface Plan {
  /** The documents, items before their Collection. */
  readonly documents: readonly PlannedDocument[];
  /** What cannot be fetched, and why. */
  readonly skipped: readonly SkippedAsset[];
}

/** An asset that cannot be fetched. */
export interface SkippedAsset {
  /** What the result calls it. */
  readonly key: string;
  /** Why, in words. */
  readonly why: string;
}

/** The most items of a result. */
const MOST_ITEMS = 1_000;

/** Plans the files of a Collection: its own assets, and those of the items that it links to. */
export async function planFiles(collection: Collection, options: PlanOptions): Promise<Plan> {
  const skipped: SkippedAsset[] = [];
  const names = uniqueNames();
  const own = documentOf({ ...collection }, undefined, {
    ...options,
    name: "collection.json",
    names,
    skipped,
  });
  const items = await itemsOf(collection, options, skipped);
  const documents = items.map(({ value, address, from }) => {
    const id = typeof value.id === "string" ? fitName(value.id) ?? "item" : "item";
    return documentOf(value, address, {
      ...options,
      // A folder and a file beside it cannot have one name.
      folders: [...options.folders, names(id)],
      name: "item.json",
      names: uniqueNames(),
      from: [address, from],
      skipped,
    });
  });
  return { documents: [...documents, own], skipped };
}

interface DocumentOptions extends PlanOptions {
  readonly name: string;
  /** Gives each name once. */
  readonly names: (name: string) => string;
  /** The addresses that lead to it, where they are more than its own. */
  readonly from?: readonly string[];
  readonly skipped: SkippedAsset[];
}

function documentOf(
  value: Readonly<Record<string, unknown>>,
  base: string | undefined,
  { name, names, folders, from, only, resolve, skipped }: DocumentOptions,
): PlannedDocument {
  names(name);
  const here = base ?? selfOf(value);
  const files = new Map<string, PlannedFile>();
  for (const [key, asset] of Object.entries(isObject(value.assets) ? value.assets : {})) {
    if (!isAsset(asset)) continue;
    const address = addressOf(asset.href, here, resolve);
    const wanted = fileName(key, asset.href);
    if (only !== undefined && !matches(wanted, only) && !matches(key, only)) continue;
    if (!("address" in address)) {
      skipped.push({ key, why: address.why });
      continue;
    }
    files.set(key, {
      key,
      address: address.address,
      name: names(wanted),
      folders,
      type: asset.type ?? undefined,
      size: sizeOf(asset["file:size"]),
      checksum: readChecksum(asset["file:checksum"]),
    });
  }
  return { value, addresses: from ?? (here === undefined ? [] : [here]), name, folders, files };
}

interface Item {
  readonly value: Readonly<Record<string, unknown>>;
  /** Where it says that it is, else where it was read. */
  readonly address: string;
  /** Where it was read. */
  readonly from: string;
}

/** The items behind the links of a Collection: each by itself, or a FeatureCollection page by page. */
async function itemsOf(
  collection: Collection,
  { readDocument, resolve }: PlanOptions,
  skipped: SkippedAsset[],
): Promise<Item[]> {
  const found: Item[] = [];
  const links = collection.links.filter(({ rel }) => rel === "item" || rel === "items");
  const seen = new Set<string>();
  const waiting = links.map((link) => ({ link, base: selfOf({ ...collection }) }));
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { link, base } = next;
    const address = addressOf(link.href, base, resolve);
    if (!("address" in address)) {
      skipped.push({ key: link.title ?? "an item", why: address.why });
      continue;
    }
    if (seen.has(address.address)) continue;
    seen.add(address.address);
    const value = await readDocument(address.address);
    if (!isObject(value)) {
      throw new ResultsError("Cannot read an item of the results: it is no document", {
        reason: "invalid",
      });
    }
    const features = Array.isArray(value.features) ? value.features : undefined;
    found.push(
      ...(features ?? [value]).filter(isObject).map((item) => ({
        value: item,
        address: selfOf(item) ?? address.address,
        from: address.address,
      })),
    );
    if (found.length > MOST_ITEMS || seen.size > MOST_ITEMS) {
      throw new ResultsError(
        `Cannot download the results: they have more than ${MOST_ITEMS} items\n` +
          '  What to do: take a part of them: { only: ["…"] }, or the items that you need by themselves',
        { reason: "too-large" },
      );
    }
    if (features !== undefined && Array.isArray(value.links)) {
      const following = value.links.filter(isLink).find(({ rel }) => rel === "next");
      if (following !== undefined) waiting.push({ link: following, base: address.address });
    }
  }
  return found;
}

/** Where a file is, as an address that can be fetched; or why there is none. */
function addressOf(
  href: string,
  base: string | undefined,
  resolve: PlanOptions["resolve"],
): { readonly address: string } | { readonly why: string } {
  const resolved = resolve?.(href);
  const absolute = URL.parse(resolved === undefined ? href : String(resolved), base);
  if (absolute === null) {
    return { why: "its address is relative, and nothing says to what" };
  }
  if (absolute.protocol === "https:" || absolute.protocol === "http:") {
    return { address: absolute.href };
  }
  const scheme = absolute.protocol.replace(":", "").slice(0, 20);
  return {
    why:
      `its address begins with ${scheme}:, which wants a client of its own: { resolve } can turn it into one that is https`,
  };
}

function selfOf({ links }: Readonly<Record<string, unknown>>): string | undefined {
  if (!Array.isArray(links)) return undefined;
  const self = links.filter(isLink).find(({ rel, href }) => rel === "self" && URL.canParse(href));
  return self?.href;
}

function isAsset(value: unknown): value is Asset {
  return isObject(value) && typeof value.href === "string" &&
    (value.type === undefined || value.type === null || typeof value.type === "string");
}

function isLink(value: unknown): value is Link {
  return isObject(value) && typeof value.href === "string" && typeof value.rel === "string";
}

function sizeOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
