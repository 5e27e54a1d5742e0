import type { FootprintSource } from "../../geo/geometries_of.ts";
import type { Block } from "./document.ts";
import type { Atlas } from "../../map/coast/atlas.ts";

/** Draws the map of something, if it has a place. */
export type Painter = (source: FootprintSource, dimension?: string) => Promise<Block | undefined>;

/**
 * Makes a painter of maps. What draws them is loaded when the first one is drawn, so that importing the package
 * stays quick; the coasts are kept from one map to the next. Where no map can be drawn there is none.
 */
export function createPainter(): Painter {
  let atlas: Atlas | undefined;
  return async (source, dimension) => {
    try {
      const [{ mapBlock }, { loadAtlas }] = await Promise.all([
        import("./map_block.ts"),
        import("../../map/coast/atlas.ts"),
      ]);
      // Without the coasts it still is a map.
      atlas ??= await loadAtlas().catch(() => undefined);
      const block = mapBlock(source, { dimension, atlas });
      return block.kind === "picture" ? block : undefined;
    } catch {
      return undefined;
    }
  };
}
