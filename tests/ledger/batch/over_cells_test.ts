import { assertEquals, assertThrows } from "@std/assert";
import { upscaleArea } from "../../../mod.ts";
import { LedgerError, openLedger, overCells, submitAll } from "../../../src/ledger/mod.ts";
import { startSandbox } from "../../../src/sandbox/mod.ts";
import { test } from "../../support/test.ts";
import { clientOf, quiet, requestOf, withFolder } from "../support.ts";

const square = (west: number) => ({
  type: "Polygon",
  coordinates: [[[west, 51], [west + 1, 51], [west + 1, 52], [west, 52], [west, 51]]],
});
const features = [["north", 4], [7, 5], [undefined, 6]].map(([id, west]) => ({
  ...{ type: "Feature", properties: {}, geometry: square(Number(west)) },
  ...(id === undefined ? {} : { id }),
}));

test("overCells() names a cell by its feature's id, and submitAll() runs it as a batch", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const items = overCells(requestOf(1, "Fields"), { type: "FeatureCollection", features });
    assertEquals(items.map(({ key }) => key), ["Fields - north", "Fields - 7", "Fields - 3"]);
    assertEquals(items[1]?.request.parameters.spatial_extent, square(5));
    const options = { ledger: `${folder}/a.jsonl`, ...quiet };
    assertEquals((await submitAll(clientOf(sandbox), items, options)).jobs.length, 3);
    await submitAll(clientOf(sandbox), items, options);
    assertEquals(sandbox.platformJobs.length, 3);
  });
});

test("overCells() refuses what is not one polygon, by its place", () => {
  const point = { type: "Point", coordinates: [4, 51] };
  for (
    const [cells, words] of [
      [[], "with at least one"],
      [[square(4), point], "cell 2: expected one polygon, got 0"],
      ["here", "expected a list of polygons"],
    ] as const
  ) {
    assertThrows(() => overCells(requestOf(1), cells), LedgerError, words);
  }
});

test("upscaleArea() with a ledger makes one task, however often it is run", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const ledger = await openLedger(`${folder}/a.jsonl`);
    const area = () =>
      upscaleArea(clientOf(sandbox), {
        aoi: { west: 4, south: 51, east: 4.1, north: 51.1 },
        grid: "20x20km",
        request: { ...requestOf(1), parameters: {} },
        ...{ ledger, ...quiet },
      });
    const [first, second] = [await area(), await area()];
    assertEquals(first.task?.id, second.task?.id);
    assertEquals((await clientOf(sandbox).upscaleTasks.list()).length, 1);
  });
});
