import { loadAtlas } from "../../src/map/coast/atlas.ts";
import { mapBlock } from "../../src/display/views/results/map_block.ts";
import { gridTiles, taskOver } from "../map/map_tiles.ts";
import type { Comparison } from "./cases.ts";

/** The most characters that the picture of ten thousand tiles may have. */
const MOST = 300_000;

/** Sets up the comparisons of maps: a task of ten thousand tiles, the coasts loaded. */
export async function mapComparisons(): Promise<readonly Comparison[]> {
  const grid = gridTiles({ corner: [-10, 36], columns: 100, rows: 100, size: 35_000 });
  const task = taskOver(grid);
  const atlas = await loadAtlas();
  return [{
    name: "map of 10,000 tiles",
    ours: {
      name: "footprints",
      run: () => {
        const block = mapBlock(task, { atlas });
        const size = block.kind === "picture" ? block.src.length * 3 / 4 : 0;
        if (size === 0 || size > MOST) throw new Error(`Cannot accept a picture of ${size} bytes`);
        return block;
      },
    },
    most: 200,
    others: [],
    rounds: 40,
  }];
}
