import { shownTitle } from "../../../models/titles/title_token.ts";
import type { Block } from "../../render/document.ts";
import type { Atlas } from "../../../map/coast/atlas.ts";
import type { FootprintsOptions } from "./map_block.ts";
import { inTurns } from "../../../core/waiting.ts";
import type { FootprintSource } from "../../../geo/geometries_of.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";

export type { FootprintsOptions } from "./map_block.ts";

/**
 * A map of where work takes place: tiles, the jobs of a task, jobs by themselves, GeoJSON features or bare
 * areas, each coloured and marked by its status, with the number of its job where that fits, longitudes and latitudes
 * on the edges, a legend with counts, and a globe with the country and how far the coast is when none is in view. As
 * text it says how many there are of each status, and from where to where they reach.
 *
 * It is a picture that needs no network, on a ground of its own that is readable on a light and on a dark page. Several
 * jobs over one spot share it in strips, and what lies over something else has its edges drawn. Beyond 500 footprints
 * those that touch and are alike are drawn as one. What has no place that can be read is counted. A million points take
 * a second or two, with turns for others.
 *
 * @example
 * ```ts
 * import { bboxToPolygon, footprints } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const map = await footprints([
 *   bboxToPolygon([12, 41, 12.5, 42]),
 *   bboxToPolygon([12.5, 41, 13, 42]),
 * ]);
 * assertEquals(String(map), "2 areas; 12°E to 13°E, 41°N to 42°N");
 * ```
 */
export async function footprints(
  source: FootprintSource,
  { dimension, title = titleOf(source) }: FootprintsOptions = {},
): Promise<Displayable> {
  try {
    const { mapBlockInTurns, atlas } = await loadMaps();
    const block = await inTurns(mapBlockInTurns(source, { dimension, title, atlas }));
    return displayable(() => [block]);
  } catch (error) {
    return displayable(() => {
      throw error;
    });
  }
}

function titleOf(source: FootprintSource): string | undefined {
  try {
    return "jobs" in source && typeof source.title === "string"
      ? shownTitle(source.title)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Draws the map of something, if it has a place. */
export type Painter = (
  source: FootprintSource,
  options?: Pick<FootprintsOptions, "dimension"> & { readonly compact?: boolean | undefined },
) => Promise<Block | undefined>;

/**
 * Makes a painter of maps. What draws them is loaded when the first one is drawn, so that importing the package
 * stays quick; the coasts are kept from one map to the next. Where no map can be drawn there is none.
 */
export function createPainter(): Painter {
  let known: Atlas | undefined;
  return async (source, options = {}) => {
    try {
      const { mapBlockInTurns, atlas } = await loadMaps(known);
      known = atlas;
      const block = await inTurns(mapBlockInTurns(source, { ...options, atlas }));
      return block.kind === "picture" ? block : undefined;
    } catch {
      return undefined;
    }
  };
}

/** What draws maps; without coasts where they cannot be loaded. */
interface Maps {
  readonly mapBlockInTurns: typeof import("./map_block.ts").mapBlockInTurns;
  readonly atlas: Atlas | undefined;
}

/** Loads what draws maps when one is wanted, so that importing the package stays quick; coasts that are known stay. */
async function loadMaps(known?: Atlas): Promise<Maps> {
  const [{ mapBlockInTurns }, { loadAtlasIfThere }] = await Promise.all([
    import("./map_block.ts"),
    import("../../../map/coast/atlas.ts"),
  ]);
  return { mapBlockInTurns, atlas: known ?? await loadAtlasIfThere() };
}
