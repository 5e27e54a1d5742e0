import { rename, writeFile } from "node:fs/promises";
import { isObject } from "../../core/objects.ts";
import { redact } from "../../core/redact.ts";
import type { DownloadedFile } from "./files_view.ts";
import { makeFolder, refuseLink } from "./part_file.ts";
import type { PlannedDocument, PlannedFile } from "./plan/plan.ts";

/**
 * Writes a document of results beside its files, with their addresses rewritten to the local ones. What was not
 * fetched keeps its address, without whatever in it is secret; links to documents that hold a secret are left out.
 */
export async function writeDocument(
  folder: string,
  { value, name, folders, files }: PlannedDocument,
  home: ReadonlyMap<PlannedFile, DownloadedFile>,
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
  const links = (Array.isArray(value.links) ? value.links : []).filter((link: unknown) =>
    isObject(link) && typeof link.href === "string" && redact(link.href) === link.href
  );
  const text = JSON.stringify(
    { ...value, ...(value.assets == null ? {} : { assets: Object.fromEntries(assets) }), links },
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
