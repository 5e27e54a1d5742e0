import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { fromArrayBuffer } from "geotiff";
import { affineOf } from "../../../src/results/raster/affine.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { test } from "../../support/test.ts";
import { fixture } from "../support/fixtures.ts";

const imageOf = async (path: string) =>
  await (await fromArrayBuffer(fixture(path).slice().buffer)).getImage();

test("affineOf() reads scale and tie point, a transformation, and control points that lie evenly", async () => {
  assertEquals(await affineOf(await imageOf("rasters/utm31n_ndvi_nan.tif")), [
    499_980,
    40,
    0,
    5_700_040,
    0,
    -40,
  ]);
  assertEquals(await affineOf(await imageOf("rasters/rotated.tif")), [
    499_980,
    34.6,
    20,
    5_700_040,
    20,
    -34.6,
  ]);
  const fitted = await affineOf(await imageOf("kinds/control_points.tif"));
  for (const [at, value] of [500_000, 160, 0, 5_700_000, 0, -160].entries()) {
    assertAlmostEquals(fitted[at] ?? NaN, value, 1e-6);
  }
});

test("affineOf() says why a raster has no place", async () => {
  await assertRejects(
    async () => await affineOf(await imageOf("kinds/bent_control_points.tif")),
    ResultsError,
    "its 4 control points bend it",
  );
  const image = await imageOf("rasters/utm31n_ndvi_nan.tif");
  for (
    const [scale, says] of [[[0, 0, 0], "its pixels have no size there"]] as const
  ) {
    const broken = Object.create(image, {
      fileDirectory: {
        value: {
          hasTag: (tag: string) => tag !== "ModelTransformation",
          loadValue: (tag: string) =>
            Promise.resolve(tag === "ModelPixelScale" ? scale : [0, 0, 0, 5, 51, 0]),
        },
      },
    });
    await assertRejects(() => affineOf(broken), ResultsError, says);
  }
});
