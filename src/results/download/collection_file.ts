import { rename, writeFile } from "node:fs/promises";
import { isObject } from "../../core/objects.ts";
import { redact } from "../../core/redact.ts";
import type { DownloadedFile } from "./files_view.ts";
import { makeFolder, refuseLink } from "./transfer/part_file.ts";
import type { PlannedDocument, PlannedFile } from "./plan/plan.ts";

/**
 * Writes a document of results beside its files, with their addresses rewritten to the local ones. What was not
 * fetched keeps its address, without whatever in it is secret; links to documents that hold a secret are left out.
 */
export async function writeDocument(
  folder: string,
  { value, addresses, name, folders, files }: PlannedDocument,
  home: ReadonlyMap<PlannedFile, DownloadedFile>,
  items: readonly PlannedDocument[] = [],
): Promise<void> {
  const assets = Object.entries(isObject(value.assets) ? value.assets : {}).map(([key, asset]) => {
    const file = files.get(key);
    const found = file === undefined ? undefined : home.get(file);
    if (!isObject(asset) || typeof asset.href !== "string") return [key, asset];
    return [key, {
      ...asset,
      href: found === undefined ? redact(asset.href) : `./${encodeURIComponent(found.name)}`,
    }];
  });
  const base = addresses[0];
  const local = (href: string) => {
    const address = URL.parse(href, base)?.href;
    const item = items.find((one) => address !== undefined && one.addresses.includes(address));
    return item === undefined ? undefined : placeOf(item, folders);
  };
  const told = (Array.isArray(value.links) ? value.links : []).filter(isLink);
  const links = told.flatMap((link) => {
    const place = link.rel === "item" ? local(link.href) : undefined;
    if (place !== undefined) return [{ ...link, href: place }];
    return redact(link.href) === link.href ? [link] : [];
  });
  // What was read by pages has no link of its own.
  const linked = new Set(links.map(({ href }) => href));
  const more = items.map((item) => placeOf(item, folders)).filter((place) => !linked.has(place));
  const text = JSON.stringify(
    {
      ...value,
      ...(value.assets == null ? {} : { assets: Object.fromEntries(assets) }),
      links: [...links, ...more.map((href) => ({ rel: "item", href }))],
    },
    undefined,
    2,
  );
  const place = await makeFolder(folder, folders);
  const path = `${place}/${name}`;
  await refuseLink(path);
  await refuseLink(`${path}.part`);
  await writeFile(`${path}.part`, `${text}\n`);
  await rename(`${path}.part`, path);
}

/** Where an item lies, as its Collection says it. */
function placeOf({ folders, name }: PlannedDocument, from: readonly string[]): string {
  return ["."].concat([...folders.slice(from.length), name].map(encodeURIComponent)).join("/");
}

function isLink(link: unknown): link is { readonly rel?: unknown; readonly href: string } {
  return isObject(link) && typeof link.href === "string";
}
