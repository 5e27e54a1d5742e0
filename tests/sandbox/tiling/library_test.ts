import { assert, assertEquals } from "@std/assert";
import { TopologyError } from "../../../src/sandbox/tiling/noding.ts";
import { splitTiles } from "../../../src/sandbox/tiling/tiles.ts";
import { test } from "../../support/test.ts";
import { type LibraryCase, planeArea, readCases } from "./library.ts";

const FIXTURE = new URL("../../fixtures/sandbox_tiles.jsonl", import.meta.url);

/** A folder beside the project where more of the same is kept; few have it. */
const ALL = new URL("../../../../shared/fixtures/tiles_geos.jsonl", import.meta.url);

async function compare(cases: readonly LibraryCase[]): Promise<void> {
  for (const [index, one] of cases.entries()) {
    const { kind, grid, coordinates: rings, tiles, types, area_m2: wanted, error } = one;
    const name = `${kind} on line ${index + 1}`;
    let cut;
    try {
      cut = await splitTiles({ rings, grid });
    } catch (problem) {
      assert(problem instanceof TopologyError, `${name}: ${problem}`);
      assert(error !== undefined, `${name}: ${problem}`);
      continue;
    }
    if (error !== undefined) continue;
    const geometries = cut?.geometries ?? [];
    const found: Record<string, number> = {};
    for (const { type } of geometries) found[type] = (found[type] ?? 0) + 1;
    assertEquals([geometries.length, found], [tiles, types], name);
    const area = geometries.reduce((sum, geometry) => sum + planeArea(geometry), 0);
    assert(Math.abs(area - (wanted ?? NaN)) <= 1e-6 * (wanted ?? 0), `${name}: ${area}, ${wanted}`);
  }
}

test("splitTiles() agrees with GEOS on count, types and area of polygons of eleven kinds", async () => {
  const cases = readCases(await Deno.readTextFile(FIXTURE));
  assertEquals(new Set(cases.map(({ kind }) => kind)).size, 11);
  await compare(cases);
});

Deno.test({
  name: "splitTiles() agrees with GEOS on all that is kept beside the project",
  ignore: !await Deno.stat(ALL).then(() => true, () => false),
  async fn() {
    await compare(readCases(await Deno.readTextFile(ALL)));
  },
});
