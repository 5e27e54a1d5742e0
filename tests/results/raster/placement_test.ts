import { assert, assertEquals } from "@std/assert";
import { transformationOf } from "../../../src/results/raster/crs/crs.ts";
import { inverseOf, placementOf } from "../../../src/results/raster/placement.ts";
import { openRaster } from "../../../src/results/raster/raster_file.ts";
import { test } from "../../support/test.ts";
import { fixture, opening } from "../support/fixtures.ts";

async function placed(name: string) {
  const file = await openRaster(fixture(`rasters/${name}.tif`), opening);
  return placementOf(file, await transformationOf(file.keys));
}

test("placementOf() goes on beyond 180° over the antimeridian", async () => {
  const { bounds } = await placed("dateline_utm1n");
  assert(bounds.west > 177 && bounds.east > 181 && bounds.east - bounds.west < 5);
});

test("placementOf() tells a raster around a pole", async () => {
  const { bounds, projection } = await placed("polar3995");
  assertEquals([bounds.west, bounds.east, bounds.north], [-180, 180, 90]);
  assertEquals(projection.kind, "azimuthal");
});

test("placementOf() finds the pixel at a place", async () => {
  const { toPixel } = await placed("rotated");
  const [column, row] = toPixel(2.9997122, 51.4515419);
  assert(Math.abs(column) < 0.01 && Math.abs(row) < 0.01, `${column} ${row}`);
});

test("inverseOf() undoes an affine transformation", () => {
  const affine = [500_000, 34.6, 20, 5_700_000, 20, -34.6] as const;
  const [a, b, c, d, e, f] = affine;
  const [x, y] = [a + b * 12 + c * 34, d + e * 12 + f * 34];
  const inverse = inverseOf(affine);
  assert(Math.abs(inverse[0] + inverse[1] * x + inverse[2] * y - 12) < 1e-6);
  assert(Math.abs(inverse[3] + inverse[4] * x + inverse[5] * y - 34) < 1e-6);
});
