import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { placedCube } from "../../../src/results/cube/read_cube.ts";
import { cubePicture, layerFile } from "../../../src/results/preview/cube_picture.ts";
import { checkSvg } from "../../display/check_svg.ts";
import { test } from "../../support/test.ts";
import { fixture } from "../support/fixtures.ts";

const options = {
  band: undefined,
  bands: undefined,
  range: undefined,
  palette: "viridis" as const,
  width: 640,
  maxBytes: 1e9,
  atlas: undefined,
  title: "cube.nc",
  signal: undefined,
};

test("cubePicture() shows each layer in the same colours, with its date", async () => {
  const placed = await placedCube(fixture("tables/cube_nc4.nc"), "cube.nc", undefined);
  const { svg, alt, width } = await cubePicture(placed, options);
  checkSvg(svg);
  assertEquals(svg.split("<image").length - 1, 4);
  for (const date of placed.cube.layers) assertStringIncludes(svg, `>${date}<`);
  assertStringIncludes(alt, "4 layers, 2024-01-01 to 2024-04-01; NDVI from -1 to 1");
  assert(width <= 660);
});

test("layerFile() puts the middles of pixels where the coordinates are", async () => {
  const placed = await placedCube(fixture("tables/cube_nc3.nc"), "cube.nc", undefined);
  const { affine } = layerFile(placed, 0);
  assertEquals(affine, [500_000, 40, 0, 5_680_000, 0, -40]);
});
