import type { FootprintSource } from "../geo/geometries_of.ts";
import type { Block } from "./document.ts";

/**
 * The map of something, if it has a place. What draws it is loaded when the first one is drawn, so that importing the
 * package stays quick.
 */
export async function pictureOf(
  source: FootprintSource,
  dimension?: string,
): Promise<Block | undefined> {
  const [{ mapBlock }, { loadAtlas }] = await Promise.all([
    import("./map.ts"),
    import("./map_atlas.ts"),
  ]);
  const atlas = await loadAtlas().catch(() => undefined);
  const block = mapBlock(source, { dimension, atlas });
  return block.kind === "picture" ? block : undefined;
}
