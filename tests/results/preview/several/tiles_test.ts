import { assertEquals, assertRejects } from "@std/assert";
import {
  assetOf,
  firstShown,
  openTile,
  shapesOfTile,
} from "../../../../src/results/preview/several/tiles.ts";
import { inputFile } from "../../../../src/results/input.ts";
import { ResultsError } from "../../../../src/results/results_error.ts";
import { test } from "../../../support/test.ts";
import { collectionOf } from "../../support/collections.ts";
import { fixture, opening } from "../../support/fixtures.ts";

const at = (...names: string[]) => ({
  results: collectionOf(
    Object.fromEntries(names.map((name) => [name, { href: `https://data.example.test/${name}` }])),
  ),
});

test("firstShown() prefers rasters, then cubes, then shapes, wherever they are", () => {
  assertEquals(firstShown([at("a.json", "a.nc"), at("b.tif")]), { key: "b.tif", kind: "raster" });
  assertEquals(firstShown([at("a.json", "a.nc")]), { key: "a.nc", kind: "cube" });
  assertEquals(firstShown([{ results: null }, at("x.parquet", "a.geojson")])?.kind, "shapes");
  assertEquals(firstShown([at("a.zip")]), undefined);
});

test("assetOf() takes the file of the name, else the first of the kind", () => {
  const { results } = at("a.geojson", "b.geojson", "c.tif");
  assertEquals(assetOf(results, { key: "b.geojson", kind: "shapes" })?.href.at(-9), "b");
  assertEquals(assetOf(results, { key: "x", kind: "shapes" })?.href.at(-9), "a");
  assertEquals(assetOf(results, { key: "x", kind: "cube" }), undefined);
});

test("openTile() opens rasters, and of cubes the first layer of the variable", async () => {
  const tile = (path: string) => ({ name: "job 1", input: inputFile(fixture(path)) });
  const cube = await openTile(tile("tables/cube_nc4.nc"), { ...opening, of: 2, band: undefined });
  assertEquals([cube.width, cube.height, cube.bands[0]?.name], [48, 48, "NDVI"]);
  await assertRejects(
    () => openTile(tile("tables/cube_nc4.nc"), { ...opening, of: 2, band: "x" }),
    ResultsError,
    'it has no variable "x"',
  );
});

test("shapesOfTile() brings shapes of each kind to degrees, and says what is none", async () => {
  for (const name of ["parcels.geojson", "parcels_utm.parquet", "parcels_utm_crs.geojson"]) {
    const input = inputFile(fixture(`tables/${name}`), name);
    const shapes = await shapesOfTile({ name, input }, { ...opening, of: 1 });
    assertEquals(shapes.length, 60);
    assertEquals(JSON.stringify(shapes[0]?.geometry).includes("500"), false, name);
  }
  const input = inputFile(fixture("tables/timeseries.json"), "timeseries.json");
  await assertRejects(
    () => shapesOfTile({ name: "job 1", input }, { ...opening, of: 1 }),
    ResultsError,
    "there are no shapes in it",
  );
});
