import type { Asset, Collection, Link } from "../../../src/models/stac/stac.ts";

/** A Collection as an openEO back-end hands it out, with these assets and links. */
export function collectionOf(
  assets: Readonly<Record<string, Asset>> | null,
  links: readonly Link[] = [],
): Collection {
  return {
    id: "j-1",
    type: "Collection",
    description: "Results of a job",
    stac_version: "1.0.0",
    license: "various",
    extent: {
      spatial: { bbox: [[5, 51, 6, 52]] },
      temporal: { interval: [[new Date("2026-06-01T00:00:00Z"), null]] },
    },
    assets,
    links,
  };
}
