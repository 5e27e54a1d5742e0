import type { Asset, Collection } from "./stac.ts";

/** A file among the results of a job. */
export interface ResultFile extends Asset {
  /** What the file is called among the results. */
  readonly name: string;
}

/**
 * The files among the results of a job; none where there are no results.
 *
 * @example
 * ```ts
 * import { Collection, resultFiles } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const results = Collection.parse({
 *   id: "c1",
 *   type: "Collection",
 *   description: "Results",
 *   license: "proprietary",
 *   links: [],
 *   extent: { spatial: { bbox: [[12, 41, 13, 42]] }, temporal: { interval: [[null, null]] } },
 *   assets: { "index.tif": { href: "https://data.example.test/index.tif" } },
 * });
 * for (const { name, href } of resultFiles(results)) {
 *   assertEquals([name, href], ["index.tif", "https://data.example.test/index.tif"]);
 * }
 * ```
 */
export function resultFiles(results: Collection | null): readonly ResultFile[] {
  return Object.entries(results?.assets ?? {}).map(([name, asset]) => ({ ...asset, name }));
}
